"""Which term a day counts with."""

from datetime import date

import pytest

from schools.models import AcademicYear, Term
from schools.queries.calendar import CalendarOwner, calendars, owner_of, term_on
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


def calendar(school):
    owner = owner_of(school)
    return calendars([owner], date(2026, 9, 1), date(2027, 8, 31))[owner]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 8, 31), "Summer bank holiday"),
        (date(2026, 9, 2), "Outside the terms"),
        (date(2026, 9, 3), ""),
        (date(2026, 10, 23), ""),
        (date(2026, 10, 26), "Half-term"),
        (date(2026, 10, 30), "Half-term"),
        (date(2026, 10, 31), ""),
        (date(2026, 11, 5), "INSET day"),
        (date(2026, 11, 6), "Polling day"),
        (date(2026, 12, 18), ""),
        (date(2026, 12, 19), "Outside the terms"),
        (date(2026, 12, 25), "Christmas Day"),
        # of the next academic year, of which nobody has entered anything
        (date(2027, 9, 1), ""),
    ],
)
def test_a_calendar_says_why_nothing_is_held(school, day, why):
    Term.objects.update(half_term_starts_on=None, half_term_ends_on=None)
    Term.objects.filter(season="autumn").update(
        half_term_starts_on=date(2026, 10, 26), half_term_ends_on=date(2026, 10, 30)
    )
    schools.closure("INSET day", date(2026, 11, 5), school=school)
    schools.closure("Polling day", date(2026, 11, 6), local_authority_id=school.local_authority_id)
    schools.closure("Of somebody else", date(2026, 11, 9), school=schools.school("Marigold Street Primary"))
    assert calendar(school).why_shut(day) == why


def test_a_course_in_the_holidays_is_held_outside_terms_but_on_no_bank_holiday(school):
    held = {day: calendar(school).why_shut(day, in_holidays=True) for day in (date(2026, 8, 31), date(2026, 12, 21))}
    assert held == {date(2026, 8, 31): "Summer bank holiday", date(2026, 12, 21): ""}


def test_a_schools_own_term_replaces_the_authoritys_in_its_calendar(school):
    schools.term("spring", date(2027, 1, 11), date(2027, 4, 1), school=school)
    kept = calendar(school)
    assert (kept.why_shut(date(2027, 1, 5)), kept.why_shut(date(2027, 4, 1))) == ("Outside the terms", "")
    (of_authority,) = calendars(
        [CalendarOwner(authority=school.local_authority_id)], date(2027, 1, 1), date(2027, 1, 1)
    ).values()
    assert of_authority.why_shut(date(2027, 1, 5)) == ""


@pytest.mark.parametrize("many", [1, 3])
def test_calendars_take_two_statements_however_many(school, many, django_assert_num_queries):
    owners = [owner_of(schools.school(f"School {number}")) for number in range(many)]
    with django_assert_num_queries(2):
        assert len(calendars(owners, date(2026, 9, 1), date(2027, 8, 31))) == many
