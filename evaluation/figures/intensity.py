"""
How much: hours for each child in each week.

sum(length of sessions) / 60 / children / weeks: the measure of the national evaluation (NFER, 2013-16), offered and
received side by side.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from evaluation.figures import definitions
from evaluation.figures.figure import Completeness, Definition, Figure, Number, rounded
from evaluation.figures.sessions import written_hours
from evaluation.figures.tallies import MarkTally


def hours_offered(marks: MarkTally, completeness: Completeness, as_at: datetime) -> Figure:
    """Returns the hours offered to a child in a week, to one place."""
    return _a_week(definitions.HOURS_OFFERED, marks.offered, marks, completeness, as_at)


def hours_received(marks: MarkTally, completeness: Completeness, as_at: datetime) -> Figure:
    """Returns the hours a child received in a week, to one place."""
    return _a_week(definitions.HOURS_RECEIVED, marks.received, marks, completeness, as_at)


def _a_week(
    definition: Definition, length: timedelta, marks: MarkTally, completeness: Completeness, as_at: datetime
) -> Figure:
    return Figure(
        definition,
        a_week(length, marks.listed, marks.weeks),
        as_at,
        completeness,
        denominator=marks.listed * marks.weeks,
        note=f"{written_hours(length)} hours; {marks.listed:,} children, {marks.weeks} weeks.",
    )


def a_week(length: timedelta, children: int, weeks: int) -> Number | None:
    """Returns the mean in hours to one place; None where there is no child or no week."""
    if not children * weeks:
        return None
    return rounded(Decimal(round(length.total_seconds())) / 3600 / (children * weeks), "0.1")
