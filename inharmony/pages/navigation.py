"""The entries of the masthead: what a person may do decides which of them they see."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

from inharmony.access.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """One entry: its word, icon and address, who sees it, and the view names under which it is the current one.

    An entry that is `rare` gives way on a narrow screen when there are more than fit; the account page has them all.
    """

    label: str
    icon: str
    page: str
    permission: Permission
    covers: tuple[str, ...]
    rare: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as one person sees it on one page."""

    label: str
    icon: str
    href: str
    is_current: bool
    is_rare: bool


FIT_A_PHONE = 5

# of whoever brings hubs in, not of the people who work in one
HUB_PAGES = ("programmes:hub", "programmes:agreement", "programmes:partnership")

ENTRIES = (
    Entry("Hub", "hub", "evaluation:hub", Permission.SEE_HUB_FIGURES, ("evaluation:hub", "outcomes:")),
    Entry(
        "Today",
        "today",
        "programmes:today",
        Permission.SEE_OWN_DAY,
        ("programmes:today", "participants:register"),
    ),
    Entry(
        "Overview",
        "country",
        "evaluation:national",
        Permission.SEE_NATIONAL_FIGURES,
        ("evaluation:national", "outcomes:"),
    ),
    Entry("Children", "children", "participants:children", Permission.SEE_CHILDREN, ("participants:child",)),
    Entry(
        "Ensembles",
        "note",
        "participants:ensembles",
        Permission.SEE_OWN_DAY,
        ("participants:ensemble", "participants:instruments", "programmes:ensemble", "programmes:session"),
        rare=True,
    ),
    Entry(
        "Timetable",
        "today",
        "programmes:timetable",
        Permission.KEEP_ENSEMBLES,
        ("programmes:timetable", "programmes:venue"),
        rare=True,
    ),
    Entry(
        "Term dates",
        "today",
        "programmes:dates",
        Permission.KEEP_ENSEMBLES,
        ("programmes:dates", "programmes:term", "programmes:closure"),
        rare=True,
    ),
    Entry(
        "Imports",
        "sheet",
        "participants:roster-list",
        Permission.IMPORT_ROSTER,
        (
            *("participants:roster", "participants:roll", "participants:leavers", "participants:left"),
            "participants:list-check",
            "participants:past-register",
        ),
    ),
    Entry(
        "Surveys",
        "note",
        "outcomes:waves",
        Permission.KEEP_WAVES,
        ("outcomes:wave", "outcomes:group", "outcomes:keying"),
        rare=True,
    ),
    Entry("Photos", "photo", "participants:photos", Permission.KEEP_PHOTOS, ("participants:photo",), rare=True),
    Entry(
        "Stories",
        "record",
        "outcomes:stories",
        Permission.WRITE_STORIES,
        ("outcomes:stor", "outcomes:hub-stories"),
        rare=True,
    ),
    Entry(
        "Schools",
        "sheet",
        "schools:contexts",
        Permission.SEE_SCHOOL_CONTEXT,
        ("schools:context", "outcomes:comparison"),
        rare=True,
    ),
    Entry("Reports", "report", "evaluation:reports", Permission.SEE_REPORTS, ("evaluation:report",)),
    Entry(
        "People",
        "person",
        "accounts:people",
        Permission.MANAGE_PEOPLE,
        # the pages of other people, not the person's own
        ("accounts:people", "accounts:person", "accounts:role", "accounts:access", "accounts:inv", "programmes:leads"),
        rare=True,
    ),
    Entry("Trail", "registers", "audit:trail", Permission.SEE_TRAIL, ("audit:", "participants:trail"), rare=True),
    Entry(
        "Record",
        "record",
        "programmes:record",
        Permission.KEEP_RECORD,
        ("programmes:record", "programmes:entries", "programmes:entry"),
        rare=True,
    ),
    Entry("Messages", "mail", "programmes:messages", Permission.ANSWER_MESSAGES, ("programmes:message",), rare=True),
    Entry("Hubs", "hub", "programmes:hubs", Permission.KEEP_HUBS, HUB_PAGES),
    Entry("Outbox", "mail", "demonstration:outbox", Permission.SEE_OUTBOX, ("demonstration:outbox",), rare=True),
)


def links(permissions: frozenset[Permission], current: str) -> list[Link]:
    """Returns the entries that carry one of the permissions, in their order; `current` is the page's view name."""
    shown = [(entry, href) for entry in ENTRIES if entry.permission in permissions and (href := address(entry.page))]
    crowded = len(shown) > FIT_A_PHONE
    here = max((entry for entry, _ in shown), key=lambda entry: _nearness(entry, current), default=None)
    return [
        Link(
            label=entry.label,
            icon=entry.icon,
            href=href,
            is_current=entry is here and _nearness(entry, current) > 0,
            is_rare=entry.rare and crowded,
        )
        for entry, href in shown
    ]


@cache
def address(page: str) -> str:
    """Returns the address of a named page, or "" where this installation has no such page (no outbox outside DEMO)."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _nearness(entry: Entry, current: str) -> int:
    """How much of a view's name an entry covers: of two that do, the one that says more of it is the current one."""
    return max((len(page) for page in entry.covers if current.startswith(page)), default=0)
