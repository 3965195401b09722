from datetime import date

import pytest

from evaluation.demonstration.calendar import make_calendar, may_day, terms_of
from schools.models import AcademicYear, Closure, LocalAuthority, Term


@pytest.mark.parametrize("year", range(2009, 2041))
def test_terms_are_whole_and_in_order(year):
    before = date(year, 8, 31)
    for season, starts, ends, break_starts, break_ends in terms_of(year):
        assert before < starts < break_starts < break_ends < ends, season
        assert starts.weekday() < 5
        assert (break_starts.weekday(), break_ends.weekday(), ends.weekday()) == (0, 4, 4)
        before = ends
    assert before < date(year + 1, 9, 1)


def test_may_day_is_the_first_monday():
    assert may_day(2026) == date(2027, 5, 3)


def test_make_calendar_leaves_terms_that_somebody_entered(db):
    LocalAuthority.objects.create(code="341", name="Liverpool")
    LocalAuthority.objects.create(code="383", name="Leeds")
    year = AcademicYear.objects.create(year=2026)
    Term.objects.create(
        year=year, season="autumn", local_authority_id="341", starts_on=date(2026, 9, 7), ends_on=date(2026, 12, 11)
    )
    make_calendar([2026], ["341", "383"], [])
    assert Term.objects.filter(local_authority_id="341").count() == 1
    assert Term.objects.filter(local_authority_id="383").count() == 3
    assert Closure.objects.get().local_authority_id == "383"
