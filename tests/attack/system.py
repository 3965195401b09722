"""Unknown whole numbers, their bounds and the sums between them; and how far each can still move."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Name = tuple[str, ...]
# values that an unknown number must still be able to have
ENOUGH = 5
TRIES = 6


class Range(NamedTuple):
    """The least and the greatest value a number can have; `at_least` when it was not followed to its ends."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """How many values there are."""
        return self.high - self.low + 1


class Contradiction(Exception):  # noqa: N818
    """What the reader believes cannot all be true."""


class System:
    """Unknowns are added with `unknown`, what binds them with `bind`; then `ranges` solves."""

    def __init__(self) -> None:
        self.names: dict[Name, int] = {}
        self._low: list[float] = []
        self._high: list[float] = []
        self._sums: list[tuple[dict[int, float], float, float]] = []

    def unknown(self, name: Name, low: float = 0, high: float = np.inf) -> None:
        """Adds a whole number, or narrows one that is there."""
        if name not in self.names:
            self.names[name] = len(self._low)
            self._low.append(low)
            self._high.append(high)
        else:
            at = self.names[name]
            self._low[at], self._high[at] = max(self._low[at], low), min(self._high[at], high)

    def bind(self, terms: Mapping[Name, float], low: float = 0, high: float = 0) -> None:
        """Says between what the sum of unknowns, each so many times, lies."""
        self._sums.append(({self.names[name]: times for name, times in terms.items()}, low, high))

    def broken_by(self, values: Mapping[Name, int]) -> list[str]:
        """Returns what the true values break: a reader who is told nothing false has an empty list."""
        truth = [values[name] for name in self.names]
        named = list(self.names)
        broken = [
            f"{name} is {value}, not {low:g} to {high:g}"
            for name, value, low, high in zip(named, truth, self._low, self._high, strict=True)
            if not low <= value <= high
        ]
        for terms, low, high in self._sums:
            value = sum(truth[at] * times for at, times in terms.items())
            if not low - 1e-6 <= value <= high + 1e-6:
                broken.append(f"{[(named[at], times) for at, times in terms.items()]} is {value}, not {low} to {high}")
        return broken

    def ranges(self, names: Iterable[Name], enough: int = ENOUGH) -> dict[Name, Range]:
        """
        Returns how far each of these can move; of one that has `enough` values no further is asked.

        Every solution is a witness for all numbers at once, so most are settled by a few that pull at all of them in
        any direction; the rest is taken to its ends one by one. Raises Contradiction where nothing is possible.
        """
        solver = _Solver(self)
        wanted = list(names)
        if not wanted:
            return {}
        at = np.array([self.names[name] for name in wanted])
        point = solver.solve(np.zeros(len(self._low)))
        low, high = point[at].copy(), point[at].copy()

        def see(point: np.ndarray) -> None:
            np.minimum(low, point[at], out=low)
            np.maximum(high, point[at], out=high)

        chance = Random(len(wanted))
        for _ in range(TRIES):
            open_ = np.flatnonzero(high - low + 1 < enough)
            if not len(open_):
                break
            pull = np.zeros(len(self._low))
            for each in open_:
                pull[at[each]] = chance.choice((-1, 1)) * chance.randint(1, 9)
            see(solver.solve(pull))
            see(solver.solve(-pull))
        for each in range(len(wanted)):
            for sign in (1, -1):
                if high[each] - low[each] + 1 < enough:
                    pull = np.zeros(len(self._low))
                    pull[at[each]] = sign
                    see(solver.solve(pull))
        return {name: Range(int(low[n]), int(high[n])) for n, name in enumerate(wanted)}


class _Solver:
    """The system as matrices."""

    def __init__(self, system: System) -> None:
        self.bounds = Bounds(np.array(system._low), np.array(system._high))
        rows = [(n, at, times) for n, (terms, *_) in enumerate(system._sums) for at, times in terms.items()]
        data = ([times for *_, times in rows], ([n for n, *_ in rows], [at for _, at, _ in rows]))
        matrix = csr_array(data, shape=(len(system._sums), len(system._low)))
        self.sums = LinearConstraint(matrix, [low for _, low, _ in system._sums], [high for _, _, high in system._sums])
        self.whole = np.ones(len(system._low))

    def solve(self, pull: np.ndarray) -> np.ndarray:
        """Returns the solution that makes the sum of `pull` least."""
        found = milp(pull, integrality=self.whole, bounds=self.bounds, constraints=self.sums)
        if found.status == 2:
            raise Contradiction
        if found.x is None:
            raise RuntimeError(found.message)
        return np.rint(found.x)
