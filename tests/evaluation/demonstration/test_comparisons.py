from evaluation.demonstration.comparisons import CHOSEN, STEMS
from outcomes.models import ComparisonSchool, SchoolDifference
from outcomes.queries.candidates import Wanted, find_candidates
from outcomes.queries.comparison import RESULTS
from outcomes.queries.difference import asked_of
from programmes.models import Partnership, Programme
from schools.models import School


def test_each_hub_compares_with_invented_schools_that_take_no_part(filled):
    rows = list(ComparisonSchool.objects.select_related("school", "programme", "chosen_by"))
    assert len(rows) == filled.programmes * CHOSEN
    assert all(row.school.is_demonstration and "Demonstration" in row.school.name for row in rows)
    assert all(row.reason.startswith("Invented for the demonstration") for row in rows)
    assert all(row.chosen_by.email == f"manager@{row.programme.slug}.example" for row in rows)
    assert not Partnership.objects.filter(school__in=[row.school_id for row in rows]).exists()


def test_others_stand_there_to_be_chosen_with_their_numbers(filled):
    found = find_candidates(Programme.objects.get(slug="liverpool"), Wanted(phase=School.Phase.PRIMARY))
    free = len(STEMS) * filled.programmes - CHOSEN
    assert found.total == free
    assert all(one.distance is not None and one.unknown == 0 for one in found.candidates)


def test_how_the_invented_schools_changed_beside_them_is_reckoned(filled):
    for hub in Programme.objects.filter(comparison_schools__isnull=False).distinct():
        reckoned = {row.measure: row.basis for row in SchoolDifference.objects.filter(programme=hub)}
        assert reckoned == {one.field: one.basis for one in asked_of(hub)}
        assert len(reckoned) == len(RESULTS)
