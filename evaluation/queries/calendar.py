"""Which days a year or a term has."""

from datetime import date

from django.db.models import Min, QuerySet

from evaluation.figures.period import Period, term_of_year, whole_year
from programmes.models import Programme
from schools.models import AcademicYear, Term

# where nobody has entered dates yet
SPRING_BEGINS = (1, 1)
SUMMER_BEGINS = (4, 15)


def period_of(year: int, term: str = "", programme: Programme | None = None) -> Period:
    """
    Returns the days of a year, or of one of its terms.

    A term begins on the first day it begins anywhere among the programme's local authorities (without a programme:
    anywhere), and lasts until the next begins.
    """
    if not term:
        return whole_year(year)
    terms = Term.objects.filter(year=year)
    if programme is not None:
        terms = terms.filter(local_authority__places__programme=programme)
    starts = dict(terms.order_by().values_list("season").annotate(Min("starts_on")))
    return term_of_year(
        year,
        term,
        starts.get(Term.Season.SPRING, date(year + 1, *SPRING_BEGINS)),
        starts.get(Term.Season.SUMMER, date(year + 1, *SUMMER_BEGINS)),
    )


def years_on_record(today: date) -> list[AcademicYear]:
    """Returns the academic years that have begun, newest first, and the one of today among them."""
    this = AcademicYear.year_of(today)
    recorded: QuerySet[AcademicYear] = AcademicYear.objects.filter(year__lt=this).order_by("-year")
    return [AcademicYear(year=this), *recorded]
