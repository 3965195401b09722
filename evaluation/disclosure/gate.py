"""
Rule 9: a solver tries to get every hidden number back, as each reader could, before a release leaves.

A reader is a hub: it holds everything that is out and its own numbers exactly. What anybody else holds is less, so what
is safe from every hub is safe from them; only a country of one hub is read by nobody but the public. A hidden number
must keep five values, each shown by a whole table of numbers that adds up (`Solver.is_solution`): the solver proposes,
and is not believed. Where one does not, more is hidden: its smallest neighbour that helps, a hub's before the country's;
else the table is withheld.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evaluation.disclosure.rules import (
    FEWEST_FEASIBLE,
    SMALLEST_SHOWN,
    interval,
    round_to_base,
)
from evaluation.disclosure.solver import ENDLESS, SOLVER, Solver, Whole
from evaluation.disclosure.system import BOTH, OVERLAP, TOTAL, Sheet, System, cell_of, hub_of, true_counts
from evaluation.disclosure.truth import Counted, Spot, Truth
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS

# solutions sought for many numbers at once before each is asked for on its own
AT_ONCE = 24
# from so many numbers on that still miss values it pays to seek for many at once
MANY = 4

# a block of the system and a spot of it
Cell = tuple[int, Spot]


@dataclass(frozen=True)
class Reader:
    """
    Somebody who tries: a hub by its slug, or the public (empty).

    `overlap`: whether they allow for children of two hubs. `changed`: whether those by whom an earlier release of the
    period differs are their own or of other hubs (None where there is none).
    """

    hub: str
    overlap: bool
    changed: str | None = None


@dataclass
class Gate:
    """
    Hides what must be hidden beside `hidden`, and withholds tables.

    `evidence` counts what was tried and found; nothing in it is of a child or of one hub.
    """

    truth: Truth
    hidden: set[Spot]
    term: str = ""
    sheets: Sequence[Sheet] = ()
    withheld: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        layout, counts = true_counts(self.truth)
        self.system = System(layout, counts, self.term, self.sheets)
        self.most = 4 * max([50, *counts.values()])
        self.counted = dict(_counted(self.truth))
        # numbers that earlier releases gave away by themselves, so that nothing in this one can help
        self.given: set[Cell] = set()
        self.added: set[Spot] = set()

    def run(self) -> None:
        """Tries every reader until none gets anything back."""
        attempts = [Attempt(self, reader) for reader in self._readers()]
        attempts = [attempt for attempt in attempts if attempt.is_possible]
        while True:
            before = len(self.hidden), len(self.withheld)
            for attempt in attempts:
                self._satisfy(attempt, attempts)
            if before == (len(self.hidden), len(self.withheld)):
                break
        fewest = [attempt.fewest for attempt in attempts if attempt.fewest is not None]
        self.evidence = {
            "solver": SOLVER,
            "readers": len({attempt.reader.hub for attempt in attempts}),
            "assumptions": len(attempts),
            "solves": sum(attempt.solver.solves for attempt in attempts),
            "solutions": sum(attempt.solutions for attempt in attempts),
            "fewest_values": min(fewest, default=None),
            "given_away_before": len(self.given),
        }

    def is_shown(self, spot: Spot) -> bool:
        """Returns whether the new release shows a number there."""
        return spot in self.system.counts and spot not in self.hidden and spot[0] not in self.withheld

    def _readers(self) -> Iterator[Reader]:
        hubs = self.system.layout.hubs if len(self.system.layout.hubs) > 1 else [""]
        # who counts each child in one hub alone is right, or could be
        overlaps = (False,) if not self.truth.twice.count else (True, False) if not self.is_shown(BOTH) else (True,)
        for hub in hubs:
            for overlap in overlaps:
                for changed in ("theirs", "others") if self.system.changed else (None,):
                    yield Reader(hub, overlap, changed)

    def _satisfy(self, attempt: "Attempt", attempts: "Sequence[Attempt]") -> None:
        while (failing := attempt.failing()) is not None:
            block, spot = failing
            cure = self._cure(attempt, failing)
            if cure:
                self.hidden.update(cure)
                self.added.update(cure)
                self._tell(attempts, cure)
                continue
            if failing not in attempt.relaxed:
                attempt.relaxed.add(failing)
                continue
            table = self._table_to_withhold(attempt, failing)
            if table is None:
                self.given.add(failing)
                continue
            self.withheld[table] = "earlier release" if block or self._is_out(cell_of(spot)) else "solver"
            self._tell(attempts, [one for one in self.system.counts if one[0] == table])

    def _tell(self, attempts: "Sequence[Attempt]", spots: Iterable[Spot]) -> None:
        for spot in spots:
            for attempt in attempts:
                attempt.learn_less(spot)

    def _is_out(self, spot: Spot) -> bool:
        return any(sheet.term == self.term and spot in sheet.shown for sheet in self.sheets)

    def _cure(self, attempt: "Attempt", failing: Cell) -> list[Spot]:
        """Returns what to hide next: the first neighbour that is enough alone, or as few as are enough together."""
        candidates = [spot for spot in self._neighbours(cell_of(failing[1])) if self._may_help(attempt, spot)]
        for spot in candidates:
            if attempt.is_enough(failing, [spot]):
                return [spot]
        if failing not in attempt.relaxed or not candidates or not attempt.is_enough(failing, candidates):
            return []
        needed = candidates
        for spot in reversed(candidates):
            fewer = [one for one in needed if one != spot]
            if attempt.is_enough(failing, fewer):
                needed = fewer
        return needed

    def _may_help(self, attempt: "Attempt", spot: Spot) -> bool:
        return self.is_shown(spot) and attempt.is_news(spot)

    def _table_to_withhold(self, attempt: "Attempt", failing: Cell) -> str | None:
        block, (table, _, _) = failing[0], cell_of(failing[1])
        dimension = next((key for key in DIMENSIONS if table in (tables.by(key), tables.programmes_by(key))), "")
        wanted = [tables.programmes_by(dimension), tables.by(dimension)] if dimension else []
        if dimension:
            linked = [DIMENSIONS[dimension].coarser, *(k for k, one in DIMENSIONS.items() if one.coarser == dimension)]
            wanted[1:1] = [tables.programmes_by(key) for key in filter(None, linked)]
        wanted += [of(key) for of in (tables.programmes_by, tables.by) for key in self.system.layout.categories]
        wanted.append(tables.BY_PROGRAMME)
        there = {spot[0] for spot in self.system.counts} - set(self.withheld)
        wanted = [one for one in dict.fromkeys(wanted) if one in there]
        for count in range(1, len(wanted) + 1):
            gone = set(wanted[:count])
            if (not block and table in gone) or attempt.is_enough(
                failing, [spot for spot in self.system.counts if spot[0] in gone]
            ):
                return wanted[count - 1] if count == 1 else wanted[0]
        return None

    def _neighbours(self, spot: Spot) -> list[Spot]:
        """Those that stand beside a spot, in the order in which they are hidden for it; not only the visible ones."""
        layout, counts = self.system.layout, self.system.counts
        table, row, column = spot

        def smallest(spots: Iterable[Spot]) -> list[Spot]:
            # a zero is the last to go: that there is nobody is worth knowing
            return sorted((one for one in spots if one in counts), key=lambda one: (not counts[one], counts[one], one))

        def in_row(dimension: str, hub: str) -> list[Spot]:
            return smallest((tables.programmes_by(dimension), hub, one) for one in layout.categories[dimension])

        def in_column(dimension: str, category: str) -> list[Spot]:
            return smallest((tables.programmes_by(dimension), hub, category) for hub in layout.hubs)

        totals = smallest((tables.BY_PROGRAMME, hub, "") for hub in layout.hubs)
        found: list[Spot] = [spot]
        for dimension in layout.categories:
            if table == tables.programmes_by(dimension):
                found += in_row(dimension, row) + in_column(dimension, column)
                for other, group in _beside(dimension, column):
                    found += smallest([(tables.programmes_by(other), row, group)])
                found += [(tables.BY_PROGRAMME, row, ""), (tables.by(dimension), column, "")]
            elif table == tables.by(dimension):
                found += in_column(dimension, row)
                for other, group in _beside(dimension, row):
                    if other in layout.categories:
                        found += in_column(other, group)
                for other, group in _beside(dimension, row):
                    found += smallest([(tables.by(other), group, "")])
                found += smallest((tables.by(dimension), one, "") for one in layout.categories[dimension])
        if table == tables.BY_PROGRAMME:
            inside = [in_row(dimension, row)[:1] for dimension in layout.categories]
            found += totals + smallest(one for few in inside for one in few)
        if table == tables.CHILDREN:
            found += totals
        return [one for one in dict.fromkeys(found) if one in counts]


def _beside(dimension: str, category: str) -> list[tuple[str, str]]:
    """The coarser category that this one is in, or the finer ones in it."""
    found = []
    coarser = DIMENSIONS[dimension].coarser
    if coarser:
        found.append((coarser, DIMENSIONS[dimension].groups[category]))
    for key, other in DIMENSIONS.items():
        if other.coarser == dimension:
            found += [(key, one) for one, group in other.groups.items() if group == category]
    return found


def _counted(truth: Truth) -> Iterator[tuple[Spot, Counted]]:
    """The national counts by spot of which each hub knows a part."""
    yield TOTAL, truth.total
    for spread in truth.spreads:
        for category, counted in spread.national.items():
            yield (tables.by(spread.dimension), category, ""), counted


class Attempt:
    """One reader's attempt: the system with all they know, and the solutions found for it so far."""

    def __init__(self, gate: Gate, reader: Reader) -> None:
        self.gate, self.reader = gate, reader
        system = gate.system
        self.names: dict[int, Cell] = {variable: key for key, variable in system.at.items()}
        bounds = [self._bounds(*self.names[variable]) for variable in range(system.sums.size)]
        self.solver = Solver(system.sums, [low for low, _ in bounds], [high for _, high in bounds])
        self.seen: list[set[int]] = [set() for _ in bounds]
        self.solutions = 0
        self.random = np.random.default_rng(7)
        self.passed: set[Cell] = set()
        # numbers that are asked for among all values, since nothing helps among the few
        self.relaxed: set[Cell] = set()
        self._loose: dict[int, tuple[int, int]] = {}
        self._start: Whole = np.zeros(0, dtype=np.int64)
        self.is_possible = self._begin()

    def _bounds(self, block: int, spot: Spot) -> tuple[int, int]:
        gate, reader = self.gate, self.reader
        if spot[0] == OVERLAP or (spot == BOTH and not reader.overlap):
            if not reader.overlap:
                return 0, 0
            return (min(0, gate.system.true(spot)), gate.most) if not block else (0, gate.most)
        if block:
            said = gate.sheets[block - 1].shown.get(spot)
            if said is None or said.value is None:
                return 0, gate.most
            return interval(int(said.value))
        if spot not in gate.system.counts:
            return 0, gate.most
        true = gate.system.counts[spot]
        if reader.hub and hub_of(spot) == reader.hub:
            return true, true
        known = self._known(spot)
        if gate.is_shown(spot):
            low, high = interval(round_to_base(true))
            # of the others there are none, or ten and more
            least = known + SMALLEST_SHOWN if true >= known + SMALLEST_SHOWN else known
            return min(true, max(low, least)), high
        if spot[0] in gate.withheld:
            return 0, gate.most
        return (max(1, known) if true else 0), gate.most

    def _known(self, spot: Spot) -> int:
        """How many of a national count are the reader's own, as far as there are not fewer in it."""
        counted = self.gate.counted.get(spot)
        known = counted.by_hub.get(self.reader.hub, 0) if counted else 0
        return known if counted and known <= counted.count else 0

    def _begin(self) -> bool:
        """Finds a first solution; what readers may be wrong about goes where it is not possible with the rest."""
        system, size = self.gate.system, len(self.seen)
        truth = np.array(
            [system.true(self.names[v][1]) if not self.names[v][0] else 0 for v in range(size)], dtype=np.int64
        )
        if not self.gate.sheets:
            if self.solver.is_solution(truth):
                self._add(truth)
                return True
            start = self.solver.solution(np.zeros(size))
            if start is not None:
                self._add(start)
            return start is not None
        self._whose_change()
        cost = np.zeros(size)
        for row, _ in system.changed.values():
            cost[system.sums.rows[row][0]] = 1.0
        start = self.solver.solution(cost)
        for rows in system.assumed:
            if start is not None:
                break
            for row in rows:
                self.solver.bound_row(row, -ENDLESS, ENDLESS)
            start = self.solver.solution(cost)
        if start is None:
            return False
        for row, _ in system.changed.values():
            self.solver.bound_row(row, 0, int(start[system.sums.rows[row][0]].sum()))
        for (block, spot), variable in system.at.items():
            # they know what their own numbers were then, too
            if block and self.reader.hub and (hub_of(spot) == self.reader.hub or self._is_their_change(spot)):
                self.solver.bound(variable, int(start[variable]), int(start[variable]))
        for variable in self._changes():
            self._loose[variable] = int(self.solver.low[variable]), int(self.solver.high[variable])
            self.solver.bound(variable, int(start[variable]), int(start[variable]))
        self._start = start
        self._add(start)
        return True

    def _changes(self) -> list[int]:
        return [v for _, by_hub in self.gate.system.changed.values() for few in by_hub.values() for v in few]

    @contextmanager
    def _whatever_changed(self) -> Iterator[None]:
        """Most numbers are as free with the changes of one solution; only where they are not, any are tried."""
        for variable, bounds in self._loose.items():
            self.solver.bound(variable, *bounds)
        yield
        for variable in self._loose:
            self.solver.bound(variable, int(self._start[variable]), int(self._start[variable]))

    def _is_their_change(self, spot: Spot) -> bool:
        return spot[0].startswith(("added", "gone")) and spot[1] == self.reader.hub

    def _whose_change(self) -> None:
        for _, by_hub in self.gate.system.changed.values():
            for hub, variables in by_hub.items():
                if (hub == self.reader.hub) == (self.reader.changed == "others"):
                    for variable in variables:
                        self.solver.bound(variable, 0, 0)

    def learn_less(self, spot: Spot) -> None:
        """The release shows a number no longer."""
        variable = self.gate.system.at[0, spot]
        self.solver.bound(variable, *self._bounds(0, spot))

    def is_news(self, spot: Spot) -> bool:
        """Returns whether the reader knows this number from the release alone."""
        return not self.reader.hub or hub_of(spot) != self.reader.hub

    def _add(self, solution: Whole) -> None:
        self.solutions += 1
        for seen, value in zip(self.seen, solution.tolist(), strict=True):
            seen.add(value)

    def _cells(self) -> Iterator[Cell]:
        """Every number that is hidden from the reader."""
        for spot in sorted(self.gate.hidden):
            if spot[0] not in self.gate.withheld and self.is_news(spot):
                yield 0, spot
        for block, spot in self.gate.system.at:
            cell = cell_of(spot)
            if cell != spot and cell[0] not in self.gate.withheld and self.is_news(spot):
                yield block, spot
        for block, sheet in enumerate(self.gate.sheets, 1):
            for spot, shown in sheet.shown.items():
                if shown.value is None and (block, spot) in self.gate.system.at and self.is_news(spot):
                    yield block, spot

    def window(self, cell: Cell) -> tuple[int, int]:
        """Returns between which values the reader looks: where few children are in question, at few first."""
        block, spot = cell
        is_right = self.reader.overlap or not self.gate.truth.twice.count
        if block or not is_right or cell in self.relaxed:
            return 0, self.gate.most
        known = self._known(spot)
        rest = self.gate.system.true(spot) - known
        if rest < SMALLEST_SHOWN and (known or rest):
            return known + min(rest, 1), known + SMALLEST_SHOWN - 1
        return 0, self.gate.most

    def _values(self, cell: Cell) -> set[int]:
        low, high = self.window(cell)
        return {value for value in self.seen[self.gate.system.at[cell]] if low <= value <= high}

    def _wanting(self) -> list[Cell]:
        fixed = {(0, BOTH)} if not self.reader.overlap else set()
        found = []
        for cell in self._cells():
            if cell in self.passed or cell in self.gate.given or cell in fixed or (cell[1] == BOTH and fixed):
                continue
            if len(self._values(cell)) >= FEWEST_FEASIBLE:
                self.passed.add(cell)
            else:
                found.append(cell)
        return found

    @property
    def fewest(self) -> int | None:
        """The fewest values that a number was shown to have."""
        counts = [
            len(self._values(cell))
            for cell in self._cells()
            if cell in self.passed and (not cell[0] or cell not in self.gate.given)
        ]
        return min(counts, default=None)

    def failing(self) -> Cell | None:
        """Returns a hidden number that the reader gets back, None where there is none."""
        wanting = self._wanting()
        for _ in range(AT_ONCE):
            if len(wanting) < MANY:
                break
            found = self.solver.solution(self._cost(wanting))
            if found is None:
                break
            self._add(found)
            wanting = self._wanting()
        while wanting:
            if not self._reach(wanting[0], wanting):
                if not self._loose:
                    return wanting[0]
                with self._whatever_changed():
                    if not self._reach(wanting[0], wanting):
                        return wanting[0]
            wanting = self._wanting()
        return None

    def _cost(self, wanting: Sequence[Cell]) -> "np.ndarray[Any, np.dtype[np.float64]]":
        cost = np.zeros(len(self.seen))
        cost[[self.gate.system.at[cell] for cell in wanting]] = self.random.choice([-1.0, 1.0], len(wanting))
        return cost

    def _reach(self, cell: Cell, wanting: Sequence[Cell]) -> bool:
        """Looks for five values of one number; returns whether there are."""
        variable = self.gate.system.at[cell]
        low, high = self._limits(cell)
        if high - low < FEWEST_FEASIBLE - 1:
            return False
        bounds = int(self.solver.low[variable]), int(self.solver.high[variable])
        middle = next(iter(sorted(self.seen[variable])), low)
        for value in sorted(range(low, high + 1), key=lambda one: (abs(one - middle), one))[: 4 * FEWEST_FEASIBLE]:
            values = self._values(cell)
            if len(values) >= FEWEST_FEASIBLE:
                break
            if value not in values:
                self.solver.bound(variable, value, value)
                found = self.solver.solution(self._cost([one for one in wanting if one != cell]))
                self.solver.bound(variable, *bounds)
                if found is not None:
                    self._add(found)
        return len(self._values(cell)) >= FEWEST_FEASIBLE

    def _limits(self, cell: Cell) -> tuple[int, int]:
        least, most = self.window(cell)
        low, high, met = self.solver.limits(self.gate.system.at[cell])
        for solution in met:
            self._add(solution)
        return max(low, least), min(high, most)

    def is_enough(self, cell: Cell, spots: Sequence[Spot]) -> bool:
        """Returns whether a number could have five values if these were hidden as well."""
        variables = [self.gate.system.at[0, spot] for spot in spots]
        before = [(int(self.solver.low[variable]), int(self.solver.high[variable])) for variable in variables]
        for variable, spot in zip(variables, spots, strict=True):
            if self.is_news(spot):
                known = self._known(spot)
                self.solver.bound(variable, max(1, known) if self.gate.system.counts[spot] else 0, self.gate.most)
        least, most = self.window(cell)
        with self._whatever_changed():
            low, high, _ = self.solver.limits(self.gate.system.at[cell])
        for variable, (was_low, was_high) in zip(variables, before, strict=True):
            self.solver.bound(variable, was_low, was_high)
        return min(high, most) - max(low, least) >= FEWEST_FEASIBLE - 1
