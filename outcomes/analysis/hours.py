"""
Hours received and change, child by child: a straight line within schools and year groups, and a table of quarters.

It says what goes together. Children were not given hours by lot, and a line between the two is no more than that.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from outcomes.analysis.clusters import Coefficient, NoLineError, coefficient
from outcomes.analysis.evidence import (
    FEWEST,
    FEWEST_SCHOOLS,
    Direction,
    Interval,
    NothingToTellError,
    require_enough,
    require_numbers,
    schools_of,
    told,
)

STEP = 10  # hours that the slope is told for
QUARTERS = 4
ALIKE = 1e-9


@dataclass(frozen=True)
class Received:
    """One child: hours by the registers from 1 September to the later answer, and the change between the two."""

    school: Hashable
    year_group: str
    hours: float
    change: float


@dataclass(frozen=True)
class Quarter:
    """Children with about as many hours: how many, and the means of their hours and of their change."""

    children: int
    schools: int
    hours: float
    change: float


@dataclass(frozen=True)
class HoursAgainstOutcome:
    """
    The slope of the line, in points for each `STEP` hours, within schools and year groups; and the quarters by hours.

    There are fewer than four quarters where four would be of under ten children, or of one school.
    """

    what: str
    children: int
    schools: int
    slope: float
    interval: Interval
    quarters: tuple[Quarter, ...]
    assumptions: tuple[str, ...]
    words: str

    @property
    def direction(self) -> Direction:
        """Returns whether more hours go together with more or with less, as far as the interval says."""
        return self.interval.direction


def hours_against_outcome(rows: Iterable[Received], *, what: str) -> HoursAgainstOutcome:
    """
    Returns how hours received and the change of `what` go together.

    The order of the rows is of no consequence. Raises AnalysisRefusedError: under ten children or two schools, values
    that are no numbers, hours that do not differ within a school and year group.
    """
    children = list(rows)
    require_numbers([value for row in children for value in (row.hours, row.change)], what)
    schools = [row.school for row in children]
    require_enough(len(children), schools_of(schools))
    fit = _line(children, schools)
    interval = Interval(fit.low * STEP, fit.high * STEP, _how(fit))
    return HoursAgainstOutcome(
        what,
        children=len(children),
        schools=len(set(schools)),
        slope=fit.value * STEP,
        interval=interval,
        quarters=_quarters(children),
        assumptions=_assumptions(interval),
        words=_words(what, len(children), len(set(schools)), fit.value * STEP, interval),
    )


def _line(rows: Sequence[Received], schools: Sequence[Hashable]) -> Coefficient:
    """Returns the slope for one hour, with the level of each school and year group taken off."""
    hours, change = (np.array([getattr(row, name) for row in rows], dtype=float) for name in ("hours", "change"))
    names = {school: number for number, school in enumerate(dict.fromkeys(schools))}
    of = np.array([names[school] for school in schools])
    years = [
        _within(np.array([row.year_group == year for row in rows], dtype=float), of)
        for year in sorted({row.year_group for row in rows})
    ]
    own = _within(hours, of)
    if np.linalg.norm(own) <= ALIKE * np.linalg.norm(hours) or not own.any():
        raise _no_line()
    columns: list[NDArray[np.float64]] = []
    for year in years:  # where a school has one year group only, the school says it already
        if np.linalg.matrix_rank(np.column_stack([*columns, year]), tol=ALIKE) > len(columns):
            columns.append(year)
    try:
        return coefficient(np.column_stack([*columns, own]), _within(change, of), schools, at=len(columns))
    except NoLineError as none:
        raise _no_line() from none


def _no_line() -> NothingToTellError:
    return NothingToTellError(
        "Hours and change cannot be set against each other: children of the same school and year group have the same "
        "hours, or what differs is all in one school. More children, or registers of single children, are needed."
    )


def _within(values: NDArray[np.float64], of: NDArray[np.int_]) -> NDArray[np.float64]:
    """Returns the values less the mean of their school."""
    means: NDArray[np.float64] = np.bincount(of, values) / np.bincount(of)
    return values - means[of]


def _quarters(rows: Sequence[Received]) -> tuple[Quarter, ...]:
    """
    Returns the children parted by hours, the fewest first: four parts as equal as may be, none where two are too many.

    Children with the same hours stay together; a part of under ten children or one school goes to the one before it.
    """
    ordered = sorted(rows, key=lambda row: row.hours)
    parts = min(QUARTERS, len(ordered) // FEWEST)
    edges = {ordered[len(ordered) * part // parts].hours for part in range(1, parts)}
    bins: list[list[Received]] = [[]]
    for row in ordered:
        if row.hours in edges:
            edges.remove(row.hours)
            if _is_enough(bins[-1]):
                bins.append([])
        bins[-1].append(row)
    if len(bins) > 1 and not _is_enough(bins[-1]):
        last = bins.pop()
        bins[-1] += last
    return tuple(_quarter(one) for one in bins) if len(bins) > 1 else ()


def _is_enough(rows: Sequence[Received]) -> bool:
    return len(rows) >= FEWEST and schools_of(row.school for row in rows) >= FEWEST_SCHOOLS


def _quarter(rows: Sequence[Received]) -> Quarter:
    means = (float(np.mean([getattr(row, name) for row in rows])) for name in ("hours", "change"))
    return Quarter(len(rows), len({row.school for row in rows}), *means)


def _how(fit: Coefficient) -> str:
    return (
        "A straight line by least squares, of children of the same school and year group; children of one school are "
        f"alike, so the interval is made from how {fit.groups} schools differ (cluster-robust variance CR2, t with "
        f"{fit.freedom:.1f} degrees of freedom by Satterthwaite)."
    )


def _assumptions(interval: Interval) -> tuple[str, ...]:
    return (
        interval.how,
        (
            "It does not show that hours change anything. Children who stay get more hours, and those who enjoy it "
            "or are doing well are those who stay."
        ),
        "Whoever is often absent from school has fewer hours, and much else that goes with absence.",
        "Children who asked for more, or whose families could bring them after school, differ from others beforehand.",
        "Whoever began with a high score cannot rise as far, whatever their hours.",
        "Hours are those marked in registers; a register that was not taken counts for nothing.",
    )


def _words(what: str, children: int, schools: int, slope: float, interval: Interval) -> str:
    among = f"among {children:,} children in {schools} schools"
    amount = told(abs(slope))[0]
    if interval.direction is Direction.UNCLEAR:
        return (
            f"{what}: no clear link of its change with hours received {among} ({told(slope)[0]} for {STEP} hours more; "
            f"{interval.words})."
        )
    way = "more" if interval.direction is Direction.UP else "less"
    return f"{what}: {STEP} hours more goes together with a change of {amount} {way} {among} ({interval.words})."
