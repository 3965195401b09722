"""
What adds up in releases, as sums over their cells: what any reader of them may count with.

A hub's categories add to the hub, hubs to the country and the children who came to two, coarser categories are sums of
finer ones. A second release of the same period is the first with as few children changed as may be; a year is at least
each of its terms and at most all of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evaluation.disclosure.rules import Shown, is_small
from evaluation.disclosure.solver import ENDLESS, Sums
from evaluation.disclosure.truth import Spot, Truth
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL, TWICE

TOTAL: Spot = (tables.CHILDREN, ALL, "")
BOTH: Spot = (tables.CHILDREN, TWICE, "")
# not shown anywhere: children of two hubs by dimension and category; changes by dimension, hub and category
OVERLAP, ADDED, GONE = "overlap", "added", "gone"
# before the name of a table: those who are not in a cell of it
REST = "rest of "
TERMS = 3
# of these a child may be in one category in a term and in another in the year
UNSTEADY = frozenset({"instrument", "leaving"})


def hub_of(spot: Spot) -> str:
    """Returns the hub whose own number this is; empty of the country's."""
    # those who are not of a hub are the others'
    of_hub = spot[0] == tables.BY_PROGRAMME or spot[0].removeprefix(REST).startswith("programmes_by_")
    return spot[1] if of_hub else ""


def cell_of(spot: Spot) -> Spot:
    """Returns the cell that a rest is of; of any other spot, itself."""
    return (spot[0].removeprefix(REST), *spot[1:])


def whole_of(spot: Spot) -> Spot:
    """Returns the spot of those whom a cell is a part of."""
    return (tables.BY_PROGRAMME, spot[1], "") if spot[0].startswith("programmes_by_") else TOTAL


@dataclass(frozen=True)
class Sheet:
    """What an earlier release shows of children, and its term; empty of the year."""

    term: str
    shown: Mapping[Spot, Shown]


@dataclass(frozen=True)
class Layout:
    """The hubs of a release and the categories of each dimension in it, in an order that is always the same."""

    hubs: Sequence[str]
    categories: Mapping[str, Sequence[str]]

    def spots(self) -> Iterable[Spot]:
        """Every count that leaves."""
        yield TOTAL
        yield BOTH
        for hub in self.hubs:
            yield (tables.BY_PROGRAMME, hub, "")
        for dimension, categories in self.categories.items():
            for category in categories:
                yield (tables.by(dimension), category, "")
            for hub in self.hubs:
                for category in categories:
                    yield (tables.programmes_by(dimension), hub, category)


def layout_of(shown: Iterable[Spot]) -> Layout:
    """Returns the layout of what a release shows."""
    hubs: set[str] = set()
    categories: dict[str, set[str]] = {}
    for table, row, column in shown:
        if hub_of((table, row, column)):
            hubs.add(row)
        for dimension in DIMENSIONS:
            if table == tables.by(dimension):
                categories.setdefault(dimension, set()).add(row)
            elif table == tables.programmes_by(dimension):
                categories.setdefault(dimension, set()).add(column)
    return Layout(sorted(hubs), {key: sorted(categories[key]) for key in sorted(categories)})


def true_counts(truth: Truth, sheets: Iterable[Sheet] = ()) -> tuple[Layout, dict[Spot, int]]:
    """
    Returns the layout of a truth and its counts; a category that nobody is in has no place.

    Of those that `sheets` show it has one all the same: that nobody is left in it says something, too.
    """
    known = [layout_of(sheet.shown).categories for sheet in sheets]
    hubs = sorted(truth.hubs)
    counts: dict[Spot, int] = {TOTAL: truth.total.count, BOTH: truth.twice.count}
    counts |= {(tables.BY_PROGRAMME, hub, ""): truth.hubs[hub].count for hub in hubs}
    categories: dict[str, list[str]] = {}
    for spread in sorted(truth.spreads, key=lambda one: one.dimension):
        key = spread.dimension
        inside = {(hub, category): counted.count for (hub, category), counted in spread.inside.items()}
        there = [
            category
            for category, counted in sorted(spread.national.items())
            if counted.count
            or any(inside.get((hub, category)) for hub in hubs)
            or any(category in one.get(key, ()) for one in known)
        ]
        categories[key] = there
        for category in there:
            counts[tables.by(key), category, ""] = spread.national[category].count
            counts |= {(tables.programmes_by(key), hub, category): inside.get((hub, category), 0) for hub in hubs}
    return Layout(hubs, categories), counts


@dataclass
class System:
    """
    The sums of a new release (block 0) and of the earlier ones (from 1).

    `at` finds a variable by block and spot. `changed` are the rows that count the children by which an earlier release
    of the period differs, with the variables they add, by hub. `assumed` are rows that readers may well be wrong about,
    the least sure first.
    """

    layout: Layout
    counts: Mapping[Spot, int]
    term: str
    sheets: Sequence[Sheet]
    sums: Sums = field(default_factory=Sums)
    at: dict[tuple[int, Spot], int] = field(default_factory=dict)
    blocks: list[Layout] = field(default_factory=list)
    changed: dict[int, tuple[int, dict[str, list[int]]]] = field(default_factory=dict)
    assumed: list[list[int]] = field(default_factory=lambda: [[], []])

    def __post_init__(self) -> None:
        self._structure(0, self.layout, self._holds)
        self._rests(0, self.layout)
        self.blocks = [self.layout]
        for block, sheet in enumerate(self.sheets, 1):
            layout = layout_of(sheet.shown)
            self.blocks.append(layout)
            self._structure(block, layout, lambda _: True)
            if sheet.term == self.term:
                self._changes(block, layout)
                self._rests(block, layout)
        self._periods()

    def variable(self, block: int, spot: Spot) -> int:
        """Returns the number of a variable, which it has from here on."""
        key = (block, spot)
        if key not in self.at:
            self.at[key] = self.sums.size
            self.sums.size += 1
        return self.at[key]

    def overlap(self, dimension: str, category: str) -> int:
        """Returns by how many the hubs' cells of a category are truly more than the country's."""
        inside = sum(self.counts[tables.programmes_by(dimension), hub, category] for hub in self.layout.hubs)
        return inside - self.counts[tables.by(dimension), category, ""]

    def true(self, spot: Spot) -> int:
        """Returns the true count of a spot of the new release, shown or not."""
        if spot[0] == OVERLAP:
            return self.overlap(spot[1], spot[2])
        cell = cell_of(spot)
        return self.counts[cell] if cell == spot else self.counts[whole_of(cell)] - self.counts[cell]

    def _holds(self, parts: Mapping[Spot, int]) -> bool:
        return sum(value * self.true(spot) for spot, value in parts.items()) == 0

    def _structure(self, block: int, layout: Layout, holds: Callable[[Mapping[Spot, int]], bool]) -> None:
        for spot in layout.spots():
            self.variable(block, spot)
        for parts in _sums_of(layout):
            # what the truth does not add up to, no reader can count on
            if holds(parts):
                self.sums.add({self.variable(block, spot): value for spot, value in parts.items()}, 0, 0)

    def _rests(self, block: int, layout: Layout) -> None:
        """Those not in a cell, where they are few."""
        for spot in sorted((set(layout.spots()) & set(self.counts)) - {TOTAL, BOTH}):
            if is_small(self.counts[whole_of(spot)] - self.counts[spot]):
                rest = self.variable(block, (REST + spot[0], *spot[1:]))
                whole = self.variable(block, whole_of(spot))
                self.sums.add({whole: 1, self.variable(block, spot): -1, rest: -1}, 0, 0)

    def _changes(self, block: int, layout: Layout) -> None:
        """The new release is the earlier one with some children more and some less, the same in every dimension."""
        by_hub: dict[str, list[int]] = {}
        # a coarser dimension changes with the finer one
        derived = {_COARSE_OF.get(dimension) for dimension in layout.categories}
        for hub in [hub for hub in layout.hubs if hub in self.layout.hubs]:
            by_hub[hub] = [self.variable(block, (sign, hub, "")) for sign in (ADDED, GONE)]
            for dimension, categories in self.layout.categories.items():
                if dimension in layout.categories and dimension not in derived:
                    every = sorted({*categories, *layout.categories[dimension]})
                    by_hub[hub] += self._changes_of(block, hub, dimension, every)
        for dimension, categories in self.layout.categories.items():
            # nobody new in two hubs
            for category in sorted(set(categories) & set(layout.categories.get(dimension, ()))):
                spot = (OVERLAP, dimension, category)
                row = {self.variable(0, spot): 1, self.variable(block, spot): -1}
                self.assumed[0].append(self.sums.add(row, 0, 0))
        # of releases without a hub in common no child can have changed
        if by_hub:
            ends = {variable: 1 for variables in by_hub.values() for variable in variables[:2]}
            self.changed[block] = self.sums.add(ends, 0, ENDLESS), by_hub

    def _changes_of(self, block: int, hub: str, dimension: str, categories: Sequence[str]) -> list[int]:
        """Those of a hub by category add up to those of the hub."""
        added = [self.variable(block, (f"{ADDED}_{dimension}", hub, category)) for category in categories]
        gone = [self.variable(block, (f"{GONE}_{dimension}", hub, category)) for category in categories]
        for category, more, less in zip(categories, added, gone, strict=True):
            row = {more: -1, less: 1}
            spot = (tables.programmes_by(dimension), hub, category)
            row |= {self.at[at]: sign for at, sign in (((0, spot), 1), ((block, spot), -1)) if at in self.at}
            self.sums.add(row, 0, 0)
        for end, variables in ((ADDED, added), (GONE, gone)):
            self.sums.add(dict.fromkeys(variables, 1) | {self.variable(block, (end, hub, "")): -1}, 0, 0)
        return added + gone

    def _periods(self) -> None:
        """Who came in a term came in the year, and who came in the year came in one of its terms."""
        of: dict[str, list[int]] = {}
        for block, term in enumerate((self.term, *(sheet.term for sheet in self.sheets))):
            of.setdefault(term, []).append(block)
        years = of.pop("", [])
        for year in years:
            for block in (block for blocks in of.values() for block in blocks):
                self._at_most([block], [year])
        if years and len(of) == TERMS:
            # the newest of each
            newest = [0 if 0 in blocks else max(blocks) for blocks in (years, *of.values())]
            self._at_most(newest[:1], newest[1:])

    def _at_most(self, less: Sequence[int], more: Sequence[int]) -> None:
        blocks = [*less, *more]
        for spot in sorted(set(self.blocks[less[0]].spots()) - {BOTH}):
            if any(spot[0].endswith(f"_by_{key}") for key in UNSTEADY) or not all(
                self._has(one, spot) for one in blocks
            ):
                continue
            row = {self.at[block, spot]: -1 if block in less else 1 for block in blocks if (block, spot) in self.at}
            self.assumed[1].append(self.sums.add(row, 0, ENDLESS))

    def _has(self, block: int, spot: Spot) -> bool:
        """Whether a release says anything of a spot: of a category that it does not name, that nobody is in it."""
        layout = self.blocks[block]
        if hub_of(spot) and hub_of(spot) not in layout.hubs:
            return False
        return (
            any(spot[0].endswith(f"_by_{key}") for key in layout.categories)
            or spot in {TOTAL, BOTH}
            or (spot[0] == tables.BY_PROGRAMME)
        )


_COARSE_OF = {key: dimension.coarser for key, dimension in DIMENSIONS.items() if dimension.coarser}


def _sums_of(layout: Layout) -> Iterable[dict[Spot, int]]:
    hubs = layout.hubs
    yield dict.fromkeys(((tables.BY_PROGRAMME, hub, "") for hub in hubs), 1) | {TOTAL: -1, BOTH: -1}
    for dimension, categories in layout.categories.items():
        inside = tables.programmes_by(dimension)
        for hub in hubs:
            yield dict.fromkeys(((inside, hub, one) for one in categories), 1) | {(tables.BY_PROGRAMME, hub, ""): -1}
        for one in categories:
            yield dict.fromkeys(((inside, hub, one) for hub in hubs), 1) | {
                (tables.by(dimension), one, ""): -1,
                (OVERLAP, dimension, one): -1,
            }
        yield {(OVERLAP, dimension, one): 1 for one in categories} | {BOTH: -1}
        coarse = _COARSE_OF.get(dimension, "")
        if coarse in layout.categories:
            groups = DIMENSIONS[dimension].groups
            for group in layout.categories[coarse]:
                members = [one for one in categories if groups[one] == group]
                yield {(tables.by(dimension), one, ""): 1 for one in members} | {(tables.by(coarse), group, ""): -1}
                for hub in hubs:
                    yield dict.fromkeys(((inside, hub, one) for one in members), 1) | {
                        (tables.programmes_by(coarse), hub, group): -1
                    }
