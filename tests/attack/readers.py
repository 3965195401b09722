"""
What each reader makes of what is out: unknowns, sums and bounds, in one system.

Everything here is certain: it follows from what the numbers are of. Overlap is allowed for throughout, since a child who
came to two hubs is counted by both, each by its own records. Guesses are apart (`guess_*`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.attack.country import NESTED, SENSITIVE, TERMS, YEAR, Counts
from tests.attack.published import LIMIT, Cell, Published, Text
from tests.attack.system import Name, System

# a category that a hub says of a child, and that the tables of the country do not name
UNSAID = "~"
# what the year makes of a child may be another thing than what a term did
CHANGING = frozenset({"instrument", "leaving"})


@dataclass(frozen=True)
class Out:
    """One release that is out: when it is of (any name that tells releases apart), and its rule's text."""

    when: str
    published: Published
    text: Text = field(default_factory=Text)
    term: str = YEAR


def known_to_anybody(outs: Sequence[Out]) -> System:
    """Returns what follows from releases, each by itself."""
    system = System()
    for out in outs:
        _Release(system, out, categories(outs)).add()
    return system


def categories(outs: Sequence[Out]) -> dict[str, list[str]]:
    """Returns the categories by characteristic that any of the releases names."""
    names: dict[str, set[str]] = {}
    for out in outs:
        for dimension in out.published.dimensions:
            names.setdefault(dimension, set()).update(out.published.categories(dimension))
    return {dimension: sorted(found) for dimension, found in names.items()}


class _Release:
    def __init__(self, system: System, out: Out, names: Mapping[str, list[str]]) -> None:
        self.system, self.out, self.names = system, out, names
        self.hubs = list(out.published.programmes or out.published.hubs)

    def add(self) -> None:
        cells, when = self.out.published, self.out.when
        self._unknown(("all",), cells.total)
        self._unknown(("twice",), cells.twice)
        is_shown = isinstance(cells.total, int)
        for hub in self.hubs:
            self._unknown(("hub", hub), cells.hubs.get(hub), may_be_none=not is_shown)
        self._sum([("hub", hub) for hub in self.hubs], {("all",): 1, ("twice",): 1})
        for dimension in self.names:
            self._add_dimension(dimension)
        for dimension in self.names:
            if dimension in NESTED and NESTED[dimension][0] in self.names:
                self._nest(dimension)
        for (dimension, category), share in cells.shares.items():
            if not isinstance(share, str):
                self._share((when, "country", dimension, category), dimension, category, share)

    def _unknown(self, name: Name, cell: Cell | None, *, may_be_none: bool = False) -> None:
        """A cell that is not there says nothing; None."""
        low, high = (0, LIMIT) if cell is None else self.out.text.bounds(cell, may_be_none=may_be_none)
        self.system.unknown((self.out.when, *name), low, high)

    def _sum(self, parts: Iterable[Name], whole: Mapping[Name, int], low: float = 0, high: float = 0) -> None:
        when = self.out.when
        terms = {(when, *part): 1 for part in parts} | {(when, *name): -times for name, times in whole.items()}
        self.system.bind(terms, low, high)

    def _add_dimension(self, dimension: str) -> None:
        cells = self.out.published
        named = set(cells.categories(dimension))
        has_national = any(place[0] == dimension for place in cells.national)
        for category in self.names[dimension]:
            is_named = category in named or not named
            if (dimension, category) not in cells.national and (has_national or not is_named):
                self.system.unknown((self.out.when, "country", dimension, category), 0, 0)
            else:
                cell = cells.national.get((dimension, category))
                self._unknown(("country", dimension, category), cell, may_be_none=not isinstance(cells.total, int))
            for hub in self.hubs:
                inside = cells.inside.get((dimension, hub, category))
                # of a hub none is hidden too, where it is sensitive or a neighbour needs it
                self._unknown(("inside", dimension, hub, category), inside, may_be_none=True)
        # a release that says anything of a dimension names every category that anybody is in
        self.system.unknown((self.out.when, "country", dimension, UNSAID), 0, 0 if named else LIMIT)
        for hub in self.hubs:
            self._unknown(("inside", dimension, hub, UNSAID), None)
        every = [*self.names[dimension], UNSAID]
        self._sum([("country", dimension, category) for category in every], {("all",): 1})
        for hub in self.hubs:
            self._sum([("inside", dimension, hub, category) for category in every], {("hub", hub): 1})
        for category in every:
            inside_all = [("inside", dimension, hub, category) for hub in self.hubs]
            self._sum(inside_all, {("country", dimension, category): 1}, 0, LIMIT)

    def _nest(self, fine: str) -> None:
        coarse, group_of = NESTED[fine]
        for group in self.names[coarse]:
            members = [category for category in self.names[fine] if group_of[category] == group]
            national = [("country", fine, one) for one in members]
            self._sum(national, {("country", coarse, group): 1}, -LIMIT, 0)
            self._sum([*national, ("country", fine, UNSAID)], {("country", coarse, group): 1}, 0, LIMIT)
            for hub in self.hubs:
                inside = [("inside", fine, hub, one) for one in members]
                self._sum(inside, {("inside", coarse, hub, group): 1}, -LIMIT, 0)
                self._sum([*inside, ("inside", fine, hub, UNSAID)], {("inside", coarse, hub, group): 1}, 0, LIMIT)

    def _share(self, name: Name, dimension: str, category: str, share: int) -> None:
        """A percentage says of which numbers it can be made."""
        whole, text = self.out.published.total, self.out.text
        sensitive_step = 5 if dimension in SENSITIVE and isinstance(whole, int) and whole < 100 else 1
        if text.shares == "true":
            for sign in (-1, 1):
                times = {name: 100, (self.out.when, "all"): -(share + sign * sensitive_step / 2)}
                self.system.bind(times, *((0, LIMIT * 100) if sign < 0 else (-LIMIT * 100, 0)))
        elif isinstance(whole, int) and whole:
            parts = [
                part
                for part in range(0, whole + text.base, text.base)
                if abs(100 * part / whole - share) <= sensitive_step / 2 + 1e-9
            ]
            if parts:
                half = text.base // 2
                self.system.unknown(name, max(parts[0] - half, 0), parts[-1] + half)


def with_own(system: System, when: str, hub: str, own: Counts) -> None:
    """Adds a hub's exact numbers of itself."""
    for name in system.names:
        if name[0] != when:
            continue
        if name[1:] == ("hub", hub):
            value = own.hubs[hub].count
        elif name[1] == "inside" and name[3] == hub and name[4] != UNSAID:
            value = own.inside[name[2], hub, name[4]].count if (name[2], hub, name[4]) in own.inside else 0
        else:
            continue
        system.unknown(name, value, value)


def by_one_child(system: System, before: str, after: str, sign: int) -> None:
    """Adds that the second release counts one child more (`sign` 1) or less than the first; nobody knows of which hub."""
    same = [name[1:] for name in list(system.names) if name[0] == before]
    for name in same:
        system.unknown(("change", *name), 0, 1)
        system.bind({(after, *name): 1, (before, *name): -1, ("change", *name): -sign})
    system.unknown(("change", "all"), 1, 1)
    for name in same:
        if name[0] == "country":
            inside = {("change", *other): 1 for other in same if other[0] == "inside" and other[1::2] == name[1:]}
            system.bind({**inside, ("change", *name): -1}, 0, LIMIT)


def terms_of_a_year(system: System, outs: Sequence[Out]) -> None:
    """Adds that who came in a term came in the year, and who came in the year came in one of its terms."""
    (year,) = (out.when for out in outs if not out.term)
    terms = [out.when for out in outs if out.term]
    for name in [name[1:] for name in list(system.names) if name[0] == year]:
        if name[0] == "twice" or UNSAID in name or (len(name) > 1 and name[1] in CHANGING):
            continue
        # a child of two hubs may be counted as another in a term when it came to one of them alone
        slack = {(year, "twice"): 1} if name[0] == "country" else {}
        for term in terms:
            system.bind({(year, *name): 1, (term, *name): -1, **slack}, 0, LIMIT)
        if len(terms) == len(TERMS):
            system.bind({(year, *name): -1, **{(term, *name): 1 for term in terms}, **slack}, 0, LIMIT)


def guess_small(system: System, outs: Sequence[Out]) -> None:
    """Guesses that what is hidden is 1 to 9: mostly right, never certain."""
    for out in outs:
        for name, cell in out.published.cells.items():
            if isinstance(cell, str):
                system.unknown((out.when, *name), 1, out.text.smallest - 1)


def guess_apart(system: System, outs: Sequence[Out]) -> None:
    """Guesses that no child is in two hubs."""
    for out in outs:
        system.unknown((out.when, "twice"), 0, 0)
