"""Terms as stretches without a gap."""

import itertools
from datetime import date, timedelta

import pytest

from schools.queries.calendar import CalendarOwner, owner_of
from schools.queries.term import stretches
from tests.factories import schools

FIRST, LAST = date(2025, 9, 1), date(2027, 8, 31)


@pytest.fixture
def school(db):
    return schools.school()


def test_without_dates_a_year_has_three_terms_of_the_usual_days(db):
    found = stretches(CalendarOwner(), FIRST, date(2026, 8, 31))
    assert [(each.name, each.starts_on, each.ends_on) for each in found] == [
        ("Summer 2025-26", date(2026, 4, 15), date(2026, 8, 31)),
        ("Spring 2025-26", date(2026, 1, 1), date(2026, 4, 14)),
        ("Autumn 2025-26", date(2025, 9, 1), date(2025, 12, 31)),
    ]


def test_a_term_begins_where_the_calendar_says_and_lasts_until_the_next(school):
    schools.term("spring", date(2026, 1, 6), date(2026, 3, 27), local_authority_id="341")
    schools.term("spring", date(2026, 1, 8), date(2026, 3, 27), school=school)
    starts = {each.name: each.starts_on for each in stretches(owner_of(school), FIRST, LAST)}
    assert starts["Spring 2025-26"] == date(2026, 1, 8)
    (autumn,) = [each for each in stretches(owner_of(school), FIRST, LAST) if each.name == "Autumn 2025-26"]
    assert autumn.ends_on == date(2026, 1, 7)


def test_every_day_of_the_years_lies_in_exactly_one_term(school):
    schools.term("summer", date(2026, 4, 20), date(2026, 7, 20), school=school)
    found = stretches(owner_of(school), FIRST, LAST)[::-1]
    assert (found[0].starts_on, found[-1].ends_on, len(found)) == (FIRST, LAST, 6)
    assert [b.starts_on - a.ends_on for a, b in itertools.pairwise(found)] == [timedelta(days=1)] * 5
