"""
Whole-number solutions of a system of sums, by HiGHS; no solution counts that is not checked in whole numbers here.

One model is loaded once and asked many questions: between them only bounds and the objective change, so that each
starts where the last one ended.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

import highspy
import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

SOLVER = f"HiGHS by highspy {version('highspy')}"
# as far from a whole number as a solution of the solver may be to be tried as one
NEAR = 1e-5
# the simplex method that goes on from where the last question ended
PRIMAL = 4
# what stands for "no bound" in whole numbers
ENDLESS = 10**9


@dataclass
class Sums:
    """Rows over variables, each between two whole numbers: what any solution must satisfy."""

    size: int = 0
    rows: list[tuple[list[int], list[int]]] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)

    def add(self, parts: Mapping[int, int], low: int, high: int) -> int:
        """Adds a row, coefficients by variable; returns its number."""
        self.rows.append((list(parts), list(parts.values())))
        self.low.append(low)
        self.high.append(high)
        return len(self.rows) - 1


class Solver:
    """One system, loaded once; `low` and `high` are the bounds of its variables."""

    def __init__(self, sums: Sums, low: Sequence[int], high: Sequence[int]) -> None:
        self.solves = 0
        self.low = np.array(low, dtype=np.int64)
        self.high = np.array(high, dtype=np.int64)
        self._row_low = np.array(sums.low, dtype=np.int64)
        self._row_high = np.array(sums.high, dtype=np.int64)
        self._starts = np.cumsum([0, *(len(index) for index, _ in sums.rows)])[:-1]
        self._index = np.array([i for index, _ in sums.rows for i in index], dtype=np.int64)
        self._values = np.array([v for _, values in sums.rows for v in values], dtype=np.int64)
        self._every = np.arange(sums.size, dtype=np.int32)
        self._linear = self._loaded(sums.size, is_whole=False)
        self._whole: _Highs | None = None

    def _loaded(self, size: int, *, is_whole: bool) -> _Highs:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, len(self._row_low)
        model.col_cost_ = np.zeros(size)
        model.col_lower_, model.col_upper_ = self.low.astype(float), self.high.astype(float)
        model.row_lower_, model.row_upper_ = self._row_low.astype(float), self._row_high.astype(float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.append(self._starts, len(self._index)).astype(np.int32)
        model.a_matrix_.index_ = self._index.astype(np.int32)
        model.a_matrix_.value_ = self._values.astype(float)
        if is_whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * size
        # the class beneath `Highs`, which writes its name to standard output when it is made
        highs = _Highs()
        highs.setOptionValue("output_flag", False)
        # one thread and a fixed seed: the same truth is protected in the same way again
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("random_seed", 7)
        if not is_whole:
            highs.setOptionValue("presolve", "off")
            highs.setOptionValue("solver", "simplex")
            highs.setOptionValue("simplex_strategy", PRIMAL)
        highs.passModel(model)
        return highs

    def bound(self, variable: int, low: int, high: int) -> None:
        """Sets what a variable may be."""
        self.low[variable], self.high[variable] = low, high
        for highs in filter(None, (self._linear, self._whole)):
            highs.changeColBounds(variable, float(low), float(high))

    def bound_row(self, row: int, low: int, high: int) -> None:
        """Sets what a row may add up to."""
        self._row_low[row], self._row_high[row] = low, high
        for highs in filter(None, (self._linear, self._whole)):
            highs.changeRowBounds(row, float(low), float(high))

    def is_solution(self, found: Whole) -> bool:
        """Returns whether these whole numbers satisfy every bound and every row."""
        if (found < self.low).any() or (found > self.high).any():
            return False
        if not len(self._row_low):
            return True
        sums = np.add.reduceat(self._values * found[self._index], self._starts)
        return bool((sums >= self._row_low).all() and (sums <= self._row_high).all())

    def limits(self, variable: int) -> tuple[int, int, list[Whole]]:
        """
        Returns the least and the greatest whole number that a variable could be with all others of any kind, and the
        solutions met on the way; the least is above the greatest where there is none.
        """
        met: list[Whole] = []
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(len(self.low))
            cost[variable] = sign
            found = self._run(self._linear, cost)
            if found is None:
                return 0, -1, []
            ends.append(float(found[variable]))
            met.extend(self._checked(found))
        return math.ceil(ends[0] - NEAR), math.floor(ends[1] + NEAR), met

    def solution(self, cost: Real, *, at_any_price: bool = True) -> Whole | None:
        """
        Returns a solution in whole numbers that makes the cost least; None where there is none.

        Without the price of a search: None as well where the solver's first one is not in whole numbers.
        """
        found = self._run(self._linear, cost)
        if found is None:
            return None
        for whole in self._checked(found):
            return whole
        if not at_any_price:
            return None
        if self._whole is None:
            self._whole = self._loaded(len(self.low), is_whole=True)
        found = self._run(self._whole, cost)
        return next(iter(self._checked(found)), None) if found is not None else None

    def _checked(self, found: Real) -> Iterable[Whole]:
        whole = np.rint(found).astype(np.int64)
        return [whole] if self.is_solution(whole) else []

    def _run(self, highs: _Highs, cost: Real) -> Real | None:
        self.solves += 1
        highs.changeColsCost(len(cost), self._every, cost)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(highs.getSolution().col_value)
