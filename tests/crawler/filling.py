"""Routes with their parameters filled in: one's own objects, foreign ones, and such as there are not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote, urlsplit

from tests.crawler.plan import Address, Plan

CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
OWN, FOREIGN, ABSENT, PLAIN = "own", "foreign", "absent", "plain"
HUGE = "9" * 25  # more than a column can hold


class NoValuesError(Exception):
    """A parameter of an address that the plan gives no values for."""


@dataclass(frozen=True)
class Filled:
    """An address to ask for, and whose object it names: plain when it names none."""

    address: Address
    path: str
    kind: str


def template_of(route: str) -> str:
    """Returns a route with each parameter as {name}: of the short form, and of a regular expression."""
    if "(?P<" not in route:
        return CONVERTED.sub(r"{\1}", route)
    rest, made = route.removeprefix("^").removesuffix("$").removesuffix(r"\Z"), ""
    while rest:
        if rest.startswith("(?P<"):
            name, end = rest[4 : rest.index(">")], _closing(rest)
            made += "{" + name + "}"
            rest = rest[end + 1 :]
        else:
            step = 2 if rest.startswith("\\") else 1
            made += rest[step - 1]
            rest = rest[step:]
    return made


def parameters_of(address: Address) -> list[str]:
    """Returns the names of the parameters of a route, in their order."""
    return re.findall(r"\{(\w+)\}", template_of(address.route))


def require_values(plan: Plan) -> None:
    """Raises NoValuesError, naming every address with a parameter that the plan gives no values for."""
    missing = [
        f"{address.name} ({address.route}): {name}"
        for address in plan.addresses
        for name in parameters_of(address)
        if not address.values.get(name) or not address.absent.get(name)
    ]
    if missing:
        raise NoValuesError(f"No values for {'; '.join(missing)}. Add them where the plan is made.")


def fill(address: Address, who: str) -> list[Filled]:
    """Returns the paths of an address for a person: every own, every foreign and every absent object."""
    names = parameters_of(address)
    if not names:
        return [Filled(address, "/" + template_of(address.route), PLAIN)]
    own = {name: [v.text for v in address.values.get(name, ()) if who in v.owners] for name in names}
    foreign = {name: [v.text for v in address.values.get(name, ()) if who not in v.owners] for name in names}
    absent = {name: list(address.absent.get(name, ())) for name in names}
    found = [Filled(address, path, OWN) for path in _paths(address, own)]
    found += [Filled(address, path, FOREIGN) for path in _mixed(address, foreign, own)]
    return found + [Filled(address, path, ABSENT) for path in _mixed(address, absent, own)]


def address_of(plan: Plan, target: str) -> Address:
    """Returns the address that a path leads to, query or not; a nameless one when there is none."""
    path = urlsplit(target).path
    for address in plan.addresses:
        parts = re.split(r"(\{\w+\})", "/" + template_of(address.route))
        if re.fullmatch("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in parts), path):
            return address
    return Address(path, path)


def _mixed(address: Address, values: dict[str, list[str]], own: dict[str, list[str]]) -> Iterator[str]:
    """Paths in which everything, or one parameter alone, is not one's own."""
    yield from _paths(address, values)
    if len(values) > 1:
        for name, foreign in values.items():
            yield from _paths(address, own | {name: foreign})


def _paths(address: Address, values: dict[str, list[str]]) -> Iterator[str]:
    template = template_of(address.route)
    for chosen in product(*values.values()):
        filled = template
        for name, text in zip(values, chosen, strict=True):
            filled = filled.replace("{" + name + "}", quote(text, safe="-:"))
        yield "/" + filled


def _closing(text: str) -> int:
    """Returns where the parenthesis that opens a text is closed."""
    depth = 0
    for place, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0) if text[place - 1 : place] != "\\" else 0
        if depth == 0:
            return place
    raise ValueError(f"A parenthesis is not closed: {text}")
