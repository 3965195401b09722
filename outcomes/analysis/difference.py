"""
Difference in differences of schools: those that take part against comparison schools, before and after.

The interval is made by asking of every arrangement of the same schools what difference it would have shown, and keeping
each difference that the one that happened does not rule out. It needs no shape of the numbers, only schools that could
as well have stood in the other group.

Fisher (1935), The Design of Experiments; Garthwaite (1996), Biometrics 52, on intervals from such tests.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from outcomes.analysis.evidence import (
    FEWEST_SCHOOLS,
    FOUND_OF_ATTAINMENT,
    AnalysisRefusedError,
    Direction,
    Interval,
    TooFewError,
    require_numbers,
    told,
)

# arrangements up to which every one is looked at, and how many are drawn where there are more
EVERY = 20_000
DRAWN = 10_000
TAIL = 0.025
ROUNDING = 1e-9
SEED = 2008


@dataclass(frozen=True)
class SchoolRow:
    """One school with the same number before and after, and whether it takes part; `school` is any key of its own."""

    school: str
    takes_part: bool
    before: float
    after: float


@dataclass(frozen=True)
class GroupChange:
    """A group of schools: how many, their mean before and after. Each school counts once, whatever its roll."""

    schools: int
    before: float
    after: float

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class DifferenceInDifferences:
    """
    The change of schools that take part less that of the others, in points of the number.

    `p_value` is two-sided: twice the smaller tail. `arrangements` were looked at; where not all, `seed` repeats them.
    The interval is None where so few arrangements are possible that 95 % cannot be said.
    """

    what: str
    in_harmony: GroupChange
    comparison: GroupChange
    difference: float
    interval: Interval | None
    p_value: float
    arrangements: int
    seed: int | None
    assumptions: tuple[str, ...]
    words: str

    @property
    def direction(self) -> Direction:
        """Returns which way the schools that take part went against the others, as far as the interval says."""
        return self.interval.direction if self.interval else Direction.UNCLEAR


def difference_in_differences(
    schools: Iterable[SchoolRow], *, what: str, seed: int = SEED, is_attainment: bool = False
) -> DifferenceInDifferences:
    """
    Returns how much more `what` changed in schools that take part than in comparison schools.

    `is_attainment` bounds the words by what the evaluations found. The order of the schools is of no consequence.
    Raises AnalysisRefusedError: under two schools in a group, a school twice, values that are no numbers.
    """
    rows = sorted(schools, key=lambda row: row.school)
    _require(rows, what)
    part = np.array([row.takes_part for row in rows])
    changes = np.array([row.after - row.before for row in rows])
    arrangements, drawn_with = _arrangements(len(rows), int(part.sum()), part, seed)
    shifts, same = _shifts(changes, part, arrangements)
    low, high, p_value = _limits(shifts, same)
    how = _how(len(arrangements), drawn_with)
    interval = Interval(low, high, how) if np.isfinite(low) and np.isfinite(high) else None
    groups = _group(rows, takes_part=True), _group(rows, takes_part=False)
    difference = float(changes[part].mean() - changes[~part].mean())
    return DifferenceInDifferences(
        what,
        *groups,
        difference=difference,
        interval=interval,
        p_value=p_value,
        arrangements=len(arrangements),
        seed=drawn_with,
        assumptions=_assumptions(how, interval, len(arrangements), is_attainment),
        words=_words(what, groups, difference, interval, is_attainment),
    )


def _require(rows: Sequence[SchoolRow], what: str) -> None:
    require_numbers([value for row in rows for value in (row.before, row.after)], what)
    if len({row.school for row in rows}) < len(rows):
        raise AnalysisRefusedError("A school stands twice among these: give each one row, and in one group.")
    taking = sum(row.takes_part for row in rows)
    if min(taking, len(rows) - taking) < FEWEST_SCHOOLS:
        raise TooFewError(
            f"{taking} of the schools take part and {len(rows) - taking} are for comparison: at least two of each are "
            "needed, with the number before and after."
        )


def _group(rows: Sequence[SchoolRow], *, takes_part: bool) -> GroupChange:
    own = [row for row in rows if row.takes_part == takes_part]
    return GroupChange(len(own), *(float(np.mean([getattr(row, at) for row in own])) for at in ("before", "after")))


def _arrangements(many: int, taking: int, part: NDArray[np.bool_], seed: int) -> tuple[NDArray[np.bool_], int | None]:
    """Returns which schools would take part, row by row: all ways there are, or the one that is and drawn ones."""
    if comb(many, taking) <= EVERY:
        chosen = np.array(list(combinations(range(many), taking)))
        drawn_with = None
    else:
        chosen = np.random.default_rng(seed).random((DRAWN, many)).argsort(axis=1)[:, :taking]
        chosen = np.vstack([np.flatnonzero(part), chosen])
        drawn_with = seed
    arrangements = np.zeros((len(chosen), many), dtype=bool)
    np.put_along_axis(arrangements, chosen, values=True, axis=1)
    return arrangements, drawn_with


def _shifts(
    changes: NDArray[np.float64], part: NDArray[np.bool_], arrangements: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], int]:
    """
    Returns the difference at which each arrangement would show as much as the one that is; and how many are that one.

    Were the true difference d, taking it off those who take part would leave schools that differ by chance alone. Of
    what is left, an arrangement shows a - d * b, the one that is e - d; the two are equal at (e - a) / (1 - b).
    """
    taking, others = int(part.sum()), int((~part).sum())
    centred = changes - changes.mean()
    sums = arrangements @ centred
    shown = sums / taking + sums / others  # what is left adds up to nothing
    estimate = centred[part].mean() - centred[~part].mean()
    shared = arrangements @ part.astype(float)
    overlap = shared / taking - (taking - shared) / others
    other = shared < taking
    shifts = (estimate - shown[other]) / (1 - overlap[other])
    shifts[np.abs(shifts) <= ROUNDING * max(np.abs(changes).max(), np.abs(centred).max())] = 0.0
    return np.sort(shifts), int((~other).sum())


def _limits(shifts: NDArray[np.float64], same: int) -> tuple[float, float, float]:
    """Returns the least and the most difference that neither tail rules out, and the two-sided p value of none."""
    many = len(shifts) + same
    spare = int(TAIL * many + ROUNDING) - same
    low, high = (-np.inf, np.inf) if spare < 0 else (shifts[spare], shifts[-1 - spare])
    tails = same + (shifts <= 0).sum(), same + (shifts >= 0).sum()
    return float(low), float(high), min(1.0, 2 * int(min(tails)) / many)


def _how(many: int, seed: int | None) -> str:
    looked = f"all {many:,} ways" if seed is None else f"{many:,} of the ways (drawn with seed {seed})"
    return (
        f"Interval and p value come from {looked} in which as many of these schools could take part (permutation test, "
        "turned round)."
    )


def _assumptions(how: str, interval: Interval | None, many: int, is_attainment: bool) -> tuple[str, ...]:
    said = [
        (
            "Without the programme the schools that take part would have changed as the comparison schools did "
            "(parallel trends). Two points in time cannot show whether that is so; earlier years can make it more or "
            "less likely."
        ),
        (
            "Schools were not drawn by lot. They take part because somebody chose them, and what led to the choice may "
            "also have led to the change."
        ),
        (
            "Nothing else that matters came to one group alone in these years, and nobody in the comparison schools "
            "took part."
        ),
        "Each school counts once, whatever its roll. The children of the two years are not the same children.",
        how,
    ]
    if interval is None:
        said.append(
            f"Only {many} ways are possible: with so few schools no 95 % interval can be given (40 are needed)."
        )
    if is_attainment:
        said.append(FOUND_OF_ATTAINMENT)
    return tuple(said)


def _words(
    what: str,
    groups: tuple[GroupChange, GroupChange],
    difference: float,
    interval: Interval | None,
    is_attainment: bool,
) -> str:
    ours, theirs, apart = told(groups[0].change)[0], told(groups[1].change)[0], told(difference)[0]
    told_first = (
        f"{what} changed by {ours} on average in the {groups[0].schools} In Harmony schools and by {theirs} in the "
        f"{groups[1].schools} comparison schools"
    )
    if interval is None:
        return f"{told_first}: no clear difference ({apart}), for with so few schools no interval can be given."
    if interval.direction is Direction.UNCLEAR:
        return f"{told_first}: no clear difference ({apart}; {interval.words})."
    if is_attainment:
        return f"{told_first}, {apart} apart ({interval.words}). {FOUND_OF_ATTAINMENT}"
    return f"{told_first}: against those it {interval.direction} by {told(abs(difference))[0]} ({interval.words})."
