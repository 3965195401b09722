"""
Change of those who answered twice: how many, their means, and the interval that holds where children sit in schools.

Those who answered once are counted and said; they are in no mean.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from outcomes.analysis.clusters import Coefficient, NoLineError, coefficient
from outcomes.analysis.evidence import (
    Direction,
    Interval,
    hides_schools,
    require_enough,
    require_numbers,
    schools_of,
    told,
)

# with fewer schools than this the interval leans on how the schools' changes are spread
FEW_SCHOOLS = 6


@dataclass(frozen=True)
class Pair:
    """The two answers of one respondent, each None where there is none, and their school: any key of it."""

    school: Hashable
    before: float | None
    after: float | None


@dataclass(frozen=True)
class MatchedChange:
    """
    The change of those who answered both times, in points of the measure; `deviation` is that of single changes.

    The interval is None where nobody's change differs from anybody's: then there is nothing to judge it by.
    `freedom` is that of the interval's t distribution.
    """

    what: str
    matched: int
    only_before: int
    only_after: int
    schools: int
    before: float
    after: float
    change: float
    deviation: float
    interval: Interval | None
    freedom: float | None
    assumptions: tuple[str, ...]
    words: str

    @property
    def direction(self) -> Direction:
        """Returns which way the mean went as far as its interval says."""
        return self.interval.direction if self.interval else Direction.UNCLEAR


def matched_change(
    pairs: Iterable[Pair], *, what: str, whom: str = "children", is_discreet: bool = False
) -> MatchedChange:
    """
    Returns how `what` changed among those who answered twice; `whom` names them in the plural.

    With `is_discreet` there is no interval where it would give a school away (evidence.hides_schools). The order of the
    pairs is of no consequence. Raises AnalysisRefusedError: under ten with both answers, under two schools, values that
    are no numbers.
    """
    rows = list(pairs)
    require_numbers([value for row in rows for value in (row.before, row.after) if value is not None], what)
    both = [(row.school, row.before, row.after) for row in rows if row.before is not None and row.after is not None]
    schools = [school for school, _, _ in both]
    require_enough(len(both), schools_of(schools))
    before, after = (np.array([row[at] for row in both], dtype=float) for at in (1, 2))
    fit = _mean(after - before, schools)
    change = fit.value if fit else float(np.mean(after - before))
    is_told = not is_discreet or hides_schools(schools)
    interval = _interval(fit, whom) if is_told else None
    only_before, only_after = (
        sum(getattr(row, one) is not None and getattr(row, other) is None for row in rows)
        for one, other in (("before", "after"), ("after", "before"))
    )
    means = float(before.mean()), float(after.mean())
    return MatchedChange(
        what,
        matched=len(both),
        only_before=only_before,
        only_after=only_after,
        schools=len(set(schools)),
        before=means[0],
        after=means[1],
        change=change,
        deviation=float(np.std(after - before, ddof=1)),
        interval=interval,
        freedom=fit.freedom if fit else None,
        assumptions=_assumptions(whom, (only_before, only_after), len(set(schools)), interval, is_told=is_told),
        words=_words(what, f"{len(both):,} {whom} in {len(set(schools))} schools", (*means, change), interval),
    )


def _mean(changes: "np.typing.NDArray[np.float64]", schools: Sequence[Hashable]) -> Coefficient | None:
    try:
        return coefficient(np.ones((len(changes), 1)), changes, schools)
    except NoLineError:
        return None


def _interval(fit: Coefficient | None, whom: str) -> Interval | None:
    if fit is None:
        return None
    how = (
        f"The {whom} of one school are alike: the interval is made from how {fit.groups} schools differ (cluster-"
        f"robust variance CR2, t with {fit.freedom:.1f} degrees of freedom by Satterthwaite; Bell and McCaffrey 2002, "
        "Pustejovsky and Tipton 2018)."
    )
    return Interval(fit.low, fit.high, how)


def _assumptions(
    whom: str, once: tuple[int, int], schools: int, interval: Interval | None, *, is_told: bool
) -> tuple[str, ...]:
    alike = "Everybody’s answer changed by the same: no interval can be given."
    few = "Nearly all are of one or two schools: no interval is given, because it would tell the schools apart."
    said = [
        (
            f"Only {whom} who answered both times are counted. {once[0]:,} answered before and not after, {once[1]:,} "
            "after and not before: their change may have been another."
        ),
        interval.how if interval else alike if is_told else few,
        "The schools are taken as a draw from all schools like them, one independent of another.",
        f"Nobody outside the programme was asked: {whom} grow older between two answers, and change for many reasons.",
    ]
    if interval and schools < FEW_SCHOOLS:
        said.append(
            f"With {schools} schools the interval holds only as far as the changes of schools are spread evenly round "
            "their mean."
        )
    return tuple(said)


def _words(what: str, whom: str, means: tuple[float, float, float], interval: Interval | None) -> str:
    before, after, change = (told(value)[0] for value in means)
    sure = f"change {change}; {interval.words if interval else 'no interval can be given'}"
    if interval is None or interval.direction is Direction.UNCLEAR:
        return (
            f"{what} shows no clear change: a mean of {before} before and {after} after among the {whom} who answered "
            f"both times ({sure})."
        )
    return (
        f"{what} {interval.direction}, from a mean of {before} to {after}, among the {whom} who answered both times "
        f"({sure})."
    )
