"""Which term a day counts with."""

from datetime import date

import pytest

from schools.models import AcademicYear, Term
from schools.queries.calendar import term_on
from tests.factories import schools

AUTUMN = (date(2026, 9, 3), date(2026, 12, 18))
SPRING = (date(2027, 1, 4), date(2027, 3, 26))


@pytest.fixture
def school(db):
    """A school whose authority has two terms of 2026-27."""
    made = schools.school()
    year = AcademicYear.objects.create(year=2026)
    for season, (starts, ends) in (("autumn", AUTUMN), ("spring", SPRING)):
        Term.objects.create(
            year=year, season=season, local_authority_id=made.local_authority_id, starts_on=starts, ends_on=ends
        )
    return made


@pytest.mark.parametrize(
    ("day", "season"),
    [
        (date(2026, 9, 3), "autumn"),
        (date(2026, 12, 25), "autumn"),
        (date(2027, 1, 3), "autumn"),
        (date(2027, 1, 4), "spring"),
        (date(2027, 8, 31), "spring"),
    ],
)
def test_a_day_counts_with_the_term_that_began_last(school, day, season):
    assert term_on(day, school).season == season


@pytest.mark.parametrize("day", [date(2026, 9, 2), date(2025, 10, 1), date(2027, 9, 1)])
def test_before_the_first_term_and_in_years_without_any_there_is_none(school, day):
    assert term_on(day, school) is None


def test_a_term_of_the_schools_own_goes_before_the_authoritys(school):
    Term.objects.create(
        year_id=2026, season="spring", school=school, starts_on=date(2027, 1, 11), ends_on=date(2027, 4, 1)
    )
    assert (term_on(date(2027, 1, 5), school).season, term_on(date(2027, 1, 11), school).season) == ("autumn", "spring")


def test_another_authoritys_terms_are_no_business_of_the_school(school):
    assert term_on(date(2026, 10, 1), schools.school("Kirkfold Primary", authority="383")) is None
