from datetime import date

import pytest

from evaluation.queries.calendar import last_taught, period_of, years_on_record
from programmes.models import Place
from schools.models import AcademicYear, Term
from tests.factories import programmes
from tests.factories.schools import school

pytestmark = pytest.mark.django_db


def term(authority, season, starts_on, ends_on):
    year = AcademicYear.objects.get_or_create(year=2026)[0]
    Term.objects.create(year=year, season=season, local_authority_id=authority, starts_on=starts_on, ends_on=ends_on)


def test_a_term_begins_when_it_begins_in_the_programmes_own_authority():
    school(authority="341")
    school(authority="383")
    liverpool = programmes.programme("Liverpool")
    Place.objects.create(programme=liverpool, name="Liverpool", local_authority_id="341", starts_on=date(2009, 2, 1))
    term("341", "spring", date(2027, 1, 6), date(2027, 3, 25))
    term("383", "spring", date(2027, 1, 4), date(2027, 3, 25))
    assert period_of(2026, "autumn", liverpool).ends_on == date(2027, 1, 5)
    assert period_of(2026, "autumn").ends_on == date(2027, 1, 3)


def test_terms_nobody_entered_have_usual_days():
    assert (period_of(2026, "spring").starts_on, period_of(2026, "spring").ends_on) == (
        date(2027, 1, 1),
        date(2027, 4, 14),
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        # nobody entered last year's
        (date(2026, 9, 1), "summer term 2025-26"),
        (date(2026, 12, 17), "summer term 2025-26"),
        (date(2026, 12, 18), "autumn term 2026-27"),
        (date(2027, 3, 24), "autumn term 2026-27"),
        (date(2027, 3, 25), "spring term 2026-27"),
        # this summer has no dates either
        (date(2027, 8, 30), "spring term 2026-27"),
        (date(2027, 8, 31), "summer term 2026-27"),
    ],
)
def test_the_last_term_taught_is_the_one_whose_last_lesson_was_anywhere(today, said):
    school(authority="341")
    school(authority="383")
    term("341", "autumn", date(2026, 9, 2), date(2026, 12, 16))
    term("383", "autumn", date(2026, 9, 3), date(2026, 12, 18))
    term("341", "spring", date(2027, 1, 6), date(2027, 3, 25))
    assert last_taught(today).title == said


def test_years_on_record_begin_with_the_one_of_today():
    AcademicYear.objects.get_or_create(year=2024)
    AcademicYear.objects.get_or_create(year=2030)
    assert [str(year) for year in years_on_record(date(2026, 11, 17))] == ["2026-27", "2024-25"]
