from programmes.models import Partnership
from schools.models import School
from schools.models.school import DEMONSTRATION_URNS


def test_demonstration_schools_say_so_and_have_numbers_that_belong_to_nobody(filled):
    invented = School.objects.filter(is_demonstration=True)
    assert invented.filter(partnerships__isnull=False).count() == filled.schools == 3
    assert all(school.urn in DEMONSTRATION_URNS and "Demonstration" in school.name for school in invented)
    assert not School.objects.filter(is_demonstration=False, urn__in=DEMONSTRATION_URNS).exists()


def test_demonstration_schools_are_partners_of_real_programmes(filled):
    partners = Partnership.objects.filter(school__is_demonstration=True)
    assert sorted(partners.values_list("programme__slug", flat=True)) == ["leeds", "liverpool", "liverpool"]
    assert set(partners.values_list("source", flat=True)) == {"Invented for the demonstration."}
