"""The invented schools have invented numbers of three years, and real ones have none."""

from schools.models import School, SchoolContext
from schools.queries.context import published_contexts


def test_each_invented_school_has_three_years_that_say_so_and_no_real_school_any(filled):
    invented = set(
        School.objects.filter(is_demonstration=True, phase=School.Phase.PRIMARY).values_list("pk", flat=True)
    )
    rows = SchoolContext.objects.select_related("school")
    assert {row.school_id for row in rows} == invented
    assert {row.source for row in rows} == {"Demonstration: invented numbers of an invented school"}
    assert all(len(years) == 3 for years in published_contexts().values())


def test_numbers_are_such_as_schools_have(filled):
    for row in SchoolContext.objects.all():
        assert row.fsm_percent < row.pupil_premium_percent <= 80
        assert row.higher_percent < row.expected_percent
        assert 88 < row.attendance_percent < 97
