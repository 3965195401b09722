from datetime import date

from programmes.models import Programme, SharingAgreement
from programmes.queries.agreement import agreement_gap
from tests.evaluation.demonstration.conftest import TODAY


def test_every_hub_with_children_has_an_agreement_from_its_first_day_on(filled):
    hubs = Programme.objects.filter(slug__in=["liverpool", "leeds"])
    assert [agreement_gap(hub, day) for hub in hubs for day in (date(2025, 9, 1), TODAY)] == [""] * 4
    assert SharingAgreement.objects.count() == 2
