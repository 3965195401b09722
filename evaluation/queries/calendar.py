"""Which days a year or a term has."""

from datetime import date

from django.db.models import Max, Min, QuerySet

from evaluation.figures.period import SEASONS, Period, term_of_year, whole_year
from programmes.models import Programme
from schools.models import AcademicYear, Term

# where nobody has entered dates yet
SPRING_BEGINS = (1, 1)
SUMMER_BEGINS = (4, 15)


def period_of(year: int, term: str = "", programme: Programme | None = None) -> Period:
    """Returns the days of a year, or of one of its terms."""
    return terms_of(year, programme)[term] if term else whole_year(year)


def terms_of(year: int, programme: Programme | None = None) -> dict[str, Period]:
    """
    Returns the three terms of a year by their season; one statement.

    A term begins on the first day it begins anywhere among the programme's local authorities (without a programme:
    anywhere), and lasts until the next begins.
    """
    return {season: period for season, (period, _) in taught_terms(year, programme).items()}


def taught_terms(year: int, programme: Programme | None = None) -> dict[str, tuple[Period, date]]:
    """
    Returns the three terms of a year by their season, as `terms_of`, each with the day until which it is taught.

    That is the last on which it ends anywhere among the local authorities: a school of its own dates may teach on.
    """
    terms = Term.objects.filter(year=year)
    if programme is not None:
        terms = terms.filter(local_authority__places__programme=programme)
    rows = terms.order_by().values_list("season").annotate(Min("starts_on"), Max("ends_on"))
    days = {season: (first, last) for season, first, last in rows}
    spring = days[Term.Season.SPRING][0] if Term.Season.SPRING in days else date(year + 1, *SPRING_BEGINS)
    summer = days[Term.Season.SUMMER][0] if Term.Season.SUMMER in days else date(year + 1, *SUMMER_BEGINS)
    periods = {season: term_of_year(year, season, spring, summer) for season in SEASONS}
    return {season: (each, days[season][1] if season in days else each.starts_on) for season, each in periods.items()}


def term_on(day: date, programme: Programme | None = None) -> Period:
    """Returns the term that a day is counted in; one statement."""
    periods = terms_of(AcademicYear.year_of(day), programme).values()
    return next(period for period in periods if period.starts_on <= day <= period.ends_on)


def last_taught(today: date) -> Period:
    """
    Returns the last term whose last day of teaching anywhere in the country has come, of last year's while none has.

    One of which nobody has entered dates is taught until the next begins. Two statements.
    """
    this = AcademicYear.year_of(today)
    terms = [each for year in (this - 1, this) for each in taught_terms(year).values()]
    return [term for term, until in terms if (until if until > term.starts_on else term.ends_on) <= today][-1]


def years_on_record(today: date) -> list[AcademicYear]:
    """Returns the academic years that have begun, newest first, and the one of today among them."""
    this = AcademicYear.year_of(today)
    recorded: QuerySet[AcademicYear] = AcademicYear.objects.filter(year__lt=this).order_by("-year")
    return [AcademicYear(year=this), *recorded]
