"""One reader's attempt to get hidden numbers back: all they know, and solutions that show what each could be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from evaluation.disclosure.draft import Draft
from evaluation.disclosure.rules import FEWEST_FEASIBLE, SMALLEST_SHOWN, Shown, interval, round_to_base
from evaluation.disclosure.solver import ENDLESS, Real, Solver, Whole
from evaluation.disclosure.system import ADDED, BOTH, GONE, OVERLAP, TOTAL, cell_of, hub_of
from evaluation.disclosure.truth import Spot
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS

# solutions sought for many numbers at once before each is asked for on its own
AT_ONCE = 24
# from so many numbers on that still miss values it pays to seek for many at once
MANY = 4
# values of one number that are tried, from the nearest on
TRIED = 4 * FEWEST_FEASIBLE

# a block of the system and a spot of it
Cell = tuple[int, Spot]


@dataclass(frozen=True)
class Reader:
    """
    Somebody who tries: a hub by its slug, or the public (empty).

    `overlap`: whether they allow for children of two hubs. `changed` and `by`: by whom an earlier release of the period
    differs, if by anybody: by one child more or less of "theirs" or of "others", or by as few as may be (None) of
    "others" or of "anybody". Of several earlier releases all do, or the newest alone (`newest`) and the others anyhow.
    """

    hub: str
    overlap: bool
    changed: str = ""
    by: int | None = 0
    newest: bool = False


class Attempt:
    """
    The system with all that a reader knows, loaded once.

    `is_possible`: what they take for granted can be true. `given` are numbers that earlier releases gave away by
    themselves, so that nothing in this one can help; `relaxed` those asked for among all values.
    """

    def __init__(self, draft: Draft, reader: Reader) -> None:
        self.draft, self.reader, self.at = draft, reader, draft.system.at
        self._names: dict[int, Cell] = {variable: cell for cell, variable in self.at.items()}
        bounds = [self._bounds(*self._names[variable]) for variable in range(len(self._names))]
        self.solver = Solver(draft.system.sums, [low for low, _ in bounds], [high for _, high in bounds])
        self.solutions = 0
        self.given: set[Cell] = set()
        self.relaxed: set[Cell] = set()
        self._seen: list[set[int]] = [set() for _ in bounds]
        self._passed: set[Cell] = set()
        self._listed: tuple[tuple[int, int], list[Cell]] = (-1, -1), []
        self._random = np.random.default_rng(7)
        start = self._first() if draft.sheets else self._alone()
        self.is_possible = start is not None
        self._start: Whole = np.zeros(0, dtype=np.int64) if start is None else start
        # sets of variables that are held while others are sought; at last none is
        self._holds: list[list[int]] = [*self._of_earlier(), []] if draft.sheets else [[]]

    # what they know

    def _bounds(self, block: int, spot: Spot) -> tuple[int, int]:
        if block:
            return self._bounds_then(block, spot)
        draft = self.draft
        if spot[0] == OVERLAP or (spot == BOTH and not self.reader.overlap):
            return self._bounds_both(spot)
        if spot not in draft.counts or (spot[0] in draft.withheld and not self._is_own(spot)):
            return 0, draft.most
        true = draft.counts[spot]
        if self._is_own(spot):
            return true, true
        return self._bounds_shown(spot, true) if draft.is_shown(spot) else self._bounds_hidden(spot)

    def _bounds_both(self, spot: Spot) -> tuple[int, int]:
        """Of children of two hubs, where their number is not told: none, for who takes that for granted."""
        draft = self.draft
        if self.reader.overlap:
            return min(0, draft.system.true(spot)), draft.most
        return (-draft.most, draft.most) if spot != BOTH and self._is_shifted(spot[1]) else (0, 0)

    def _is_shifted(self, dimension: str) -> bool:
        """
        Whether children of no second hub are another thing in the country than in theirs: who came to another hub in an
        earlier year is new in the one and returning in the other. To take it for granted that nobody is would be wrong.
        """
        system = self.draft.system
        overlaps = (system.true((OVERLAP, dimension, each)) for each in system.layout.categories[dimension])
        return system.true(BOTH) == 0 and any(overlaps)

    def _bounds_then(self, block: int, spot: Spot) -> tuple[int, int]:
        """Of an earlier release: what it shows."""
        if not self.reader.overlap and (spot[0] == OVERLAP or spot == BOTH):
            return 0, 0
        shown = self.draft.sheets[block - 1].shown
        said = shown.get(spot)
        if said is None or said.value is None:
            return int(said is not None and _is_somebody(spot, shown)), self.draft.most
        return interval(int(said.value))

    def _bounds_shown(self, spot: Spot, true: int) -> tuple[int, int]:
        low, high = interval(round_to_base(true))
        known = self.draft.known(self.reader.hub, spot)
        # of the others there are none, or ten and more
        least = known + SMALLEST_SHOWN if true >= known + SMALLEST_SHOWN else known
        return min(true, max(low, least)), max(true, high)

    def _bounds_hidden(self, spot: Spot) -> tuple[int, int]:
        known = self.draft.known(self.reader.hub, spot)
        return (max(1, known) if self.draft.counts[spot] else 0), self.draft.most

    def _is_own(self, spot: Spot) -> bool:
        return bool(self.reader.hub) and hub_of(spot) == self.reader.hub

    def learn_less(self, spot: Spot) -> None:
        """The release shows a number no longer."""
        self.solver.bound(self.at[0, spot], *self._bounds(0, spot))

    def needs(self, spot: Spot) -> bool:
        """Returns whether the reader knows this number from the release alone."""
        return not self._is_own(spot)

    # where they begin

    def _alone(self) -> Whole | None:
        truth = np.array([self.draft.system.true(self._names[v][1]) for v in range(len(self._names))], dtype=np.int64)
        start = truth if self.solver.is_solution(truth) else self.solver.solution(np.zeros(len(truth)))
        if start is not None:
            self._add(start)
        return start

    def _first(self) -> Whole | None:
        """A first solution with earlier releases; what readers may be wrong about goes where there is none with it."""
        system = self.draft.system
        self._whose_change()
        cost = np.zeros(len(self._names))
        for row, _ in system.changed.values():
            cost[system.sums.rows[row][0]] = 1.0
        start = self._near_the_truth(cost)
        for rows in system.assumed:
            if start is not None:
                break
            for row in rows:
                self.solver.bound_row(row, -ENDLESS, ENDLESS)
            start = self._near_the_truth(cost)
        if start is None:
            return None
        if self.reader.by is None:
            for row, _ in self._changed().values():
                self.solver.bound_row(row, 0, int(start[system.sums.rows[row][0]].sum()))
        for (block, spot), variable in self.at.items():
            # they know what their own numbers were then, too
            if block and self.reader.hub and self.reader.hub in (hub_of(spot), _hub_of_change(spot)):
                self.solver.bound(variable, int(start[variable]), int(start[variable]))
        self._add(start)
        return start

    def _near_the_truth(self, cost: Real) -> Whole | None:
        """With the true numbers of now, if they can be; from there most can move both ways."""
        start = self.solver.solution(cost)
        if start is None:
            return None
        now = {variable: self.draft.system.true(spot) for (block, spot), variable in self.at.items() if not block}
        bounds = {variable: self._bound_of(variable) for variable in now}
        if any(not low <= now[variable] <= high for variable, (low, high) in bounds.items()):
            return start
        with self._set(now):
            true = self.solver.solution(cost)
        return start if true is None or cost @ true > cost @ start else true

    def _changed(self) -> dict[int, tuple[int, dict[str, list[int]]]]:
        """The changes that the reader takes something for granted of."""
        changed = self.draft.system.changed
        return {max(changed): changed[max(changed)]} if changed and self.reader.newest else changed

    def _whose_change(self) -> None:
        reader = self.reader
        for row, by_hub in self._changed().values():
            if reader.by is not None:
                self.solver.bound_row(row, abs(reader.by), abs(reader.by))
            for hub, (added, gone, *_) in by_hub.items():
                stays = reader.changed != "anybody" and (hub == reader.hub) == (reader.changed == "others")
                if reader.by in (0, -1) or stays:
                    self.solver.bound(added, 0, 0)
                if reader.by in (0, 1) or stays:
                    self.solver.bound(gone, 0, 0)

    def _of_earlier(self) -> Iterator[list[int]]:
        """Most numbers are as free when half of the system stays where it is, and that is sooner solved."""
        system = self.draft.system
        changes = [v for _, by_hub in system.changed.values() for variables in by_hub.values() for v in variables]
        others = [variable for (block, _), variable in self.at.items() if block and block not in system.changed]
        yield changes + others
        if others:
            yield sorted(set(range(len(self._names))) - set(others))

    def _bound_of(self, variable: int) -> tuple[int, int]:
        return int(self.solver.low[variable]), int(self.solver.high[variable])

    @contextmanager
    def _set(self, values: dict[int, int]) -> Iterator[None]:
        before = {variable: self._bound_of(variable) for variable in values}
        for variable, value in values.items():
            self.solver.bound(variable, value, value)
        try:
            yield
        finally:
            for variable, bounds in before.items():
                self.solver.bound(variable, *bounds)

    # what they are left with

    def _add(self, solution: Whole) -> None:
        self.solutions += 1
        for seen, value in zip(self._seen, solution.tolist(), strict=True):
            seen.add(value)

    def _cells(self) -> list[Cell]:
        """Every number that is hidden from the reader, and the few who are not in a cell."""
        state = len(self.draft.hidden), len(self.draft.withheld)
        if self._listed[0] != state:
            self._listed = state, [cell for cell in self._hidden() if self.needs(cell[1])]
        return self._listed[1]

    def _hidden(self) -> Iterator[Cell]:
        for spot in sorted(self.draft.hidden):
            if spot[0] not in self.draft.withheld:
                yield 0, spot
        for block, spot in self.at:
            if cell_of(spot) != spot and cell_of(spot)[0] not in self.draft.withheld:
                yield block, spot
        for block, sheet in enumerate(self.draft.sheets, 1):
            for spot, shown in sheet.shown.items():
                if shown.value is None and (block, spot) in self.at:
                    yield block, spot

    def _wanting(self) -> list[Cell]:
        found = []
        for cell in self._cells():
            if cell in self._passed or cell in self.given:
                continue
            if (cell[1] == BOTH and not self.reader.overlap) or self._is_all_theirs(cell):
                continue
            if len(self._values(cell)) >= FEWEST_FEASIBLE:
                self._passed.add(cell)
            else:
                found.append(cell)
        return found

    def _is_all_theirs(self, cell: Cell) -> bool:
        """Whether the country's number is the reader's own children: they know it, and learn of nobody by it."""
        known = self.draft.known(self.reader.hub, cell[1])
        return known > 0 and known == self.draft.system.true(cell[1])

    def _window(self, cell: Cell) -> tuple[int, int]:
        """Between which values the reader looks: where few children are in question, at few first."""
        block, spot = cell
        is_right = self.reader.overlap or not self.draft.has_overlap
        if block or not is_right or cell in self.relaxed:
            return 0, self.draft.most
        known = self.draft.known(self.reader.hub, spot)
        rest = self.draft.system.true(spot) - known
        if rest < SMALLEST_SHOWN and (known or rest):
            return known + min(rest, 1), known + SMALLEST_SHOWN - 1
        return 0, self.draft.most

    def _values(self, cell: Cell) -> set[int]:
        low, high = self._window(cell)
        return {value for value in self._seen[self.at[cell]] if low <= value <= high}

    @property
    def fewest(self) -> int | None:
        """The fewest values that a number was shown to have."""
        return min((len(self._values(cell)) for cell in self._cells() if cell in self._passed), default=None)

    def failing(self) -> Cell | None:
        """Returns a hidden number that the reader gets back, None where there is none."""
        for held in self._holds:
            with self._set({variable: int(self._start[variable]) for variable in held}):
                self._seek_many()
                failing = self._seek_each(is_final=not held)
        return failing

    def _free(self) -> list[Cell]:
        return [cell for cell in self._wanting() if self.solver.low[self.at[cell]] < self.solver.high[self.at[cell]]]

    def _seek_many(self) -> None:
        for _ in range(AT_ONCE):
            wanting = self._free()
            if len(wanting) < MANY:
                break
            found = self.solver.solution(self._cost(wanting), at_any_price=False)
            if found is not None:
                self._add(found)

    def _seek_each(self, *, is_final: bool) -> Cell | None:
        tried: set[Cell] = set()
        while wanting := [cell for cell in (self._wanting() if is_final else self._free()) if cell not in tried]:
            tried.add(wanting[0])
            if not self._reach(wanting[0], wanting) and is_final:
                return wanting[0]
        return None

    def _cost(self, wanting: Sequence[Cell]) -> Real:
        cost = np.zeros(len(self._seen))
        cost[[self.at[cell] for cell in wanting]] = self._random.choice([-1.0, 1.0], len(wanting))
        return cost

    def _reach(self, cell: Cell, wanting: Sequence[Cell]) -> bool:
        """Looks for five values of one number; returns whether there are."""
        variable = self.at[cell]
        low, high = self._limits(cell)
        if high - low < FEWEST_FEASIBLE - 1:
            return False
        middle = min(self._seen[variable], default=low)
        for value in sorted(range(low, high + 1), key=lambda one: (abs(one - middle), one))[:TRIED]:
            values = self._values(cell)
            if len(values) >= FEWEST_FEASIBLE:
                break
            if value not in values:
                with self._set({variable: value}):
                    found = self.solver.solution(self._cost([one for one in wanting if one != cell]))
                if found is not None:
                    self._add(found)
        return len(self._values(cell)) >= FEWEST_FEASIBLE

    def _limits(self, cell: Cell) -> tuple[int, int]:
        least, most = self._window(cell)
        low, high, met = self.solver.limits(self.at[cell])
        for solution in met:
            self._add(solution)
        return max(low, least), min(high, most)

    def is_enough(self, cell: Cell, spots: Iterable[Spot]) -> bool:
        """Returns whether a number could have five values if these were hidden as well."""
        variables = {self.at[0, spot]: self._bounds_hidden(spot) for spot in spots if self.needs(spot)}
        before = {variable: self._bound_of(variable) for variable in variables}
        for variable, bounds in variables.items():
            self.solver.bound(variable, *bounds)
        least, most = self._window(cell)
        low, high, _ = self.solver.limits(self.at[cell])
        for variable, bounds in before.items():
            self.solver.bound(variable, *bounds)
        return min(high, most) - max(low, least) >= FEWEST_FEASIBLE - 1


def _is_somebody(spot: Spot, shown: Mapping[Spot, Shown]) -> bool:
    """
    Whether what an earlier release hides is one child or more: a zero of the country stays, and that of a hub without
    children, unless so few came at all that nothing is told. Of a category of a hub none may be hidden, too: rule 3.
    """
    is_of_whole = spot[0] == tables.BY_PROGRAMME or spot[0] in {tables.by(one) for one in DIMENSIONS}
    whole = shown.get(TOTAL)
    return is_of_whole and whole is not None and whole.value is not None


def _hub_of_change(spot: Spot) -> str:
    return spot[1] if spot[0].startswith((ADDED, GONE)) else ""
