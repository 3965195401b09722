import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.actions.record import load_record
from programmes.models import (
    Account,
    Collaboration,
    Film,
    Finding,
    FundingAgreement,
    Mention,
    Milestone,
    Office,
    PublishedFigure,
    Study,
)

ENTRIES = (
    Account,
    Collaboration,
    Film,
    Finding,
    FundingAgreement,
    Mention,
    Milestone,
    Office,
    PublishedFigure,
    Study,
)


@pytest.fixture
def loaded(db):
    load_record(by=None)


def test_every_entry_came_with_a_key_and_a_source(loaded):
    for model in ENTRIES:
        assert model.objects.exists(), model
        assert not model.objects.filter(key=None).exists(), model
        assert not model.objects.filter(source="").exists(), model


def test_loading_asks_as_often_however_long_the_record_is(loaded):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        load_record(by=None)
    assert len(asked) <= 45


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.__name__)
def test_an_entry_withdrawn_by_hand_stays_so(loaded, model):
    one = model.objects.order_by("pk").last()
    model.objects.filter(pk=one.pk).update(source="Ours.", withdrawn_on="2026-11-29", is_by_hand=True)
    before = model.objects.count()
    load_record(by=None)
    assert model.objects.count() == before
    one.refresh_from_db()
    assert (one.source, str(one.withdrawn_on)) == ("Ours.", "2026-11-29")


def test_the_grand_show_was_three_programmes(loaded):
    show = Collaboration.objects.get(key="grand-show-2018")
    assert set(show.programmes.values_list("slug", flat=True)) == {"newcastle-gateshead", "leeds", "liverpool"}
    show.programmes.clear()
    load_record(by=None)
    assert show.programmes.count() == 3
    show.programmes.clear()
    Collaboration.objects.filter(pk=show.pk).update(is_by_hand=True)
    load_record(by=None)
    assert show.programmes.count() == 0


def test_who_pays_is_in_harmonys_alone_or_the_whole_organisations(loaded):
    whole = FundingAgreement.objects.filter(is_in_harmony_only=False)
    assert sorted(whole.values_list("programme__slug", "amount")) == [
        ("leeds", 10_400_000),
        ("liverpool", 2_231_646),
        ("liverpool", 2_272_708),
        ("liverpool", 2_472_708),
    ]
    assert all(one.is_a_year for one in whole)
    amounts = FundingAgreement.objects.filter(is_in_harmony_only=True, amount__isnull=False)
    assert {
        ("pilots", 3_000_000),
        ("department-2012-15", 1_500_000),
        ("arts-council-2015-18", 1_350_000),
        ("nottingham-2013", 575_000),
        ("telford-stoke-2012", 575_000),
    } <= set(amounts.values_list("key", "amount"))
    assert not FundingAgreement.objects.filter(is_public=False).exists()
    assert not FundingAgreement.objects.exclude(conditions="").exists()


def test_founder_chair_and_steering_group_are_those_in_print(loaded):
    national = Office.objects.filter(programme=None).values_list("kind", "holder")
    assert set(national) == {
        ("founder", "Julian Lloyd Webber"),
        ("chair", "Julian Lloyd Webber"),
        ("steering", "In Harmony steering group"),
    }


def test_a_film_for_each_theme_leads_to_where_it_is_shown(loaded):
    assert set(Film.objects.values_list("theme", flat=True)) == set(Film.Theme.values)
    assert not Film.objects.exclude(transcript="").exists()
