"""Every address of the portal, from its resolver, with values for each parameter: for the crawler's plan."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import URLPattern, get_resolver, include, path

from inharmony.access.gates import gate_of
from tests.crawler.filling import HUGE, parameters_of, template_of
from tests.crawler.plan import Address, Value

ABSENT_NUMBERS = ("999999983", HUGE)
ABSENT_WORDS = ("nowhere",)
# what stands before a parameter in a route says what it is; each is a key of Planted.values
NOUNS = {
    "sessions": "session",
    "ensembles": "ensemble",
    "imports": "import",
    "registers": "past register",
    "reports": "job",
    "children": "child",
    "twice": "child",
    "doubles": "merge",
    "people": "user",
    "roles": "role",
    "invitations": "invitation",
    "invitation": "secret",
    "hub": "slug",
    "hubs": "slug",
    "child": "child",
    "agreements": "agreement",
    "schools": "partnership",
    "breaches": "breach",
    "closures": "closure",
    "terms": "term",
    "contacts": "contact",
    "passkeys": "passkey",
    "consent": "purpose",
    "with": "provider",
    "undo": "membership act",
    "absences": "known absence",
    "calendar": "calendar secret",
    "shared-with": "ensemble",
    "venues": "venue",
    "new-year": "roll forward",
    "rows": "row of a list",
    "class-list": "list secret",
    "list-checks": "checked school",
    "links": "list check",
    "said": "list proposal",
    "answer": "slip mark",
    "photos": "photo",
    "stories": "story",
    "files": "width",
    "pictures": "photo key",
    "record": "kind of entry",
    "messages": "message",
    "received": "message number",
    "context": "school in context",
    "figures": "figure of a hub",
    "tables": "table of a hub",
    "waves": "wave",
    "groups": "asked group",
    "awards": "award",
    "measures": "measure",
    "targets": "hub with targets",
    "papers": "paper of a hub",
    "words": "paper of a hub",
}
# parameters of addresses whose route does not say it: (name of the address, parameter)
NAMED = {
    ("account_confirm_email", "key"): "confirmation",
    ("account_reset_password_from_key", "uidb36"): "reset user",
    ("account_reset_password_from_key", "key"): "reset key",
    ("accounts:session-end", "pk"): "own session",
    ("participants:public-photo", "width"): "width",
    ("outcomes:answer-question", "place"): "place of a question",
    ("programmes:leads", "slug"): "slug",
    ("schools:context-keep", "year"): "academic year",
    **{
        (f"outcomes:comparison{what}", "slug"): "hub compared"
        for what in ("", "-export", "-find", "-choose", "-results", "-enter", "-end")
    },
    ("outcomes:comparison-choose", "urn"): "school to compare with",
    ("outcomes:comparison-end", "pk"): "comparison school",
    ("outcomes:comparison-results", "pk"): "compared school",
    ("outcomes:comparison-enter", "pk"): "comparison school",
    ("outcomes:comparison-enter", "year"): "academic year",
    ("outcomes:hub-stories", "slug"): "hub with stories",
    ("outcomes:story-new", "slug"): "hub with stories",
    ("programmes:ensemble-new", "slug"): "slug",
    ("programmes:venue-new", "slug"): "slug",
    # of the one kind that stands in the plan: a key is of an entry together with its kind
    **{(f"programmes:entry{act}", "pk"): "entry" for act in ("", "-change", "-publish", "-withdraw", "-restore")},
    ("outcomes:measure", "version"): "version of a measure",
    ("public:programme", "slug"): "public hub",
    ("evaluation:national-programme", "slug"): "public hub",
    ("evaluation:national-figure", "key"): "figure",
    **{
        (f"evaluation:national-{what}", name): noun
        for what in ("table", "chart")
        for name, noun in (
            ("year", "released year"),
            ("period", "released period"),
            ("number", "released number"),
            ("key", "released table"),
            ("kind", f"kind of {what}"),
        )
    },
    ("public:figures-published", "kind"): "kind of file",
    ("evaluation:hub-table", "kind"): "kind of file of a hub",
    ("evaluation:hub-paper", "kind"): "kind of paper of a hub",
    ("evaluation:hub-words", "question"): "question to a hub",
    ("public:figures-release", "year"): "released year",
    ("public:figures-release", "period"): "released period",
    ("public:figures-release", "number"): "released number",
    ("public:figures-release-file", "year"): "released year",
    ("public:figures-release-file", "period"): "released period",
    ("public:figures-release-file", "number"): "released number",
    ("public:figures-release-file", "kind"): "kind of file",
}
# who holds such a link may act: that is what it is for
BY_LINK = {
    *("accounts:accept", "participants:list-link", "programmes:calendar", "public:contact-received"),
    *("outcomes:answer", "outcomes:answer-question", "outcomes:answer-done"),
}
# addresses that show something of a hub, never a child, to whoever opens them
SHOWS = {
    "accounts:accept": ("staff",),
    "demonstration:outbox": ("staff",),
    "participants:list-link": ("staff",),
    "programmes:calendar": ("ensemble",),
}


class NoNounError(Exception):
    """A parameter of which nobody has said what it stands for."""


@dataclass(frozen=True)
class Entry:
    """One entry of the resolver: its name with the name spaces, its whole route, and to whom it is open."""

    name: str
    route: str
    is_open: bool  # to everybody
    is_enrolling: bool = False  # to who has no second factor yet


def entries() -> list[Entry]:
    """Returns every address of the portal, those of the demonstration included."""
    found = list(_walk(get_resolver().url_patterns, "", ""))
    if not settings.DEMO:
        demonstration = path("demonstration/", include("inharmony.accounts.demonstration_urls"))
        found += _walk([demonstration], "", "")
    return found


def _walk(patterns, space: str, before: str) -> Iterator[Entry]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            gate = gate_of(entry.callback)
            is_open, is_enrolling = bool(gate and gate.open_because), bool(gate and gate.before_second_factor)
            yield Entry(f"{space}{entry.name}", route, is_open, is_enrolling)
        else:
            yield from _walk(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space, route)


def noun_of(entry: Entry, parameter: str) -> str:
    """Returns what a parameter stands for; raises NoNounError naming the address and where to say it."""
    if (entry.name, parameter) in NAMED:
        return NAMED[(entry.name, parameter)]
    before = template_of(entry.route).partition("{" + parameter + "}")[0].strip("/").rpartition("/")[2]
    if before not in NOUNS:
        raise NoNounError(
            f"{entry.name} ({entry.route}) has the parameter {parameter}, and nobody has said what it stands for. Add"
            f" “{before}” to NOUNS, or the address to NAMED, in tests/prove/addresses.py, and values for it to"
            " values_of in tests/prove/planted.py: the crawler needs own, foreign and absent ones."
        )
    return NOUNS[before]


def addresses(values: dict[str, list[Value]]) -> tuple[Address, ...]:
    """Returns the addresses of the plan; `values` are by noun. Raises NoNounError for a parameter without any."""
    return (*(_address(entry, values) for entry in entries()), Address("no such page", "no-such-page/"))


def _address(entry: Entry, values: dict[str, list[Value]]) -> Address:
    nouns = {name: noun_of(entry, name) for name in parameters_of(Address(entry.name, entry.route))}
    return Address(
        name=entry.name,
        route=entry.route,
        values={name: tuple(values[noun]) for name, noun in nouns.items()},
        absent={name: ABSENT_NUMBERS if f"<int:{name}>" in entry.route else ABSENT_WORDS for name in nouns},
        shows=SHOWS.get(entry.name, ()),
        by_link=entry.name in BY_LINK,
    )
