"""The turn of the year in tests: the year after the cast's, whenever the tests are run."""

from datetime import UTC, date, datetime, time, timedelta

from schools.models import AcademicYear
from tests.factories.schools import this_year

LATER = 1  # years after the one in which the cast was gathered


def next_year() -> AcademicYear:
    """Returns the year into which the cast's children move; asked before the clock is moved."""
    return AcademicYear(year=this_year().pk + LATER)


def london(day: date, at: time = time(9)) -> datetime:
    """Returns a moment of a summer's day in London."""
    return datetime.combine(day, at, UTC) - timedelta(hours=1)
