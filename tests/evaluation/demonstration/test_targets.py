from evaluation.demonstration.targets import TARGETS
from outcomes.models import Target


def test_each_hub_has_targets_of_this_year_and_the_last_that_say_they_are_invented(filled):
    rows = list(Target.objects.select_related("programme", "set_by"))
    assert len(rows) == filled.programmes * 2 * len(TARGETS)
    assert {row.academic_year_id for row in rows} == {2025, 2026}
    assert all(row.words.endswith("Demonstration: invented.") for row in rows)
    assert all(row.set_by.email == f"manager@{row.programme.slug}.example" for row in rows)
    # some in words alone
    assert {row.value is None for row in rows} == {True, False}
