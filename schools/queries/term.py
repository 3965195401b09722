"""The terms of some years as stretches without a gap, so that every day of a year lies in one of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from schools.models import AcademicYear, Term
from schools.queries.calendar import CalendarOwner, calendars

SEASONS = Term.Season
# where nobody has entered dates yet: month and day of the second calendar year
BEGINS = {SEASONS.SPRING: (1, 1), SEASONS.SUMMER: (4, 15)}


@dataclass(frozen=True)
class Stretch:
    """One term with the holidays after it: its name and its days."""

    name: str
    starts_on: date
    ends_on: date


def stretches(owner: CalendarOwner, first: date, last: date) -> list[Stretch]:
    """
    Returns the terms of the years from one day's to another's at one place, the latest first.

    A term lasts until the next begins, so that a course in the holidays counts with the term before it.
    """
    terms = calendars([owner], first, last)[owner].terms
    begun = {(term.year_id, term.season): term.starts_on for term in terms}
    found: list[Stretch] = []
    for year in range(AcademicYear.year_of(first), AcademicYear.year_of(last) + 1):
        whole = AcademicYear(year=year)
        starts = [whole.starts_on, *(begun.get((year, s), date(year + 1, *day)) for s, day in BEGINS.items())]
        ends = [start - timedelta(days=1) for start in starts[1:]] + [whole.ends_on]
        found += [Stretch(f"{s.label} {whole}", *days) for s, *days in zip(SEASONS, starts, ends, strict=True)]
    return found[::-1]
