"""What schools were like, entered by hand: with its source, against a published table only when that is said."""

from decimal import Decimal

import pytest

from schools.actions.context import (
    ContextFacts,
    ContextRefusedError,
    Entered,
    PublishedStandsError,
    enter,
    keep_contexts,
)
from schools.models import AcademicYear, SchoolContext
from tests.trail import entry

YEAR = AcademicYear(year=2024)


def by_hand(*, source="The school’s return", is_published=False, replaces=False, **numbers):
    return Entered(numbers, source, is_published, replaces)


@pytest.fixture
def published(cast):
    """A table has said how many are on roll, and how many get free meals."""
    facts = ContextFacts(cast.saltwharf.pk, {"roll": 231, "fsm_percent": Decimal("30.1")}, {})
    keep_contexts(facts=[facts], year=YEAR, source="DfE, census", by=None)
    return SchoolContext.objects.get()


def keep(cast, entered, seen=None):
    return enter(school=cast.saltwharf, year=YEAR, entered=entered, seen=seen, by=cast.joanne)


def test_numbers_are_kept_with_who_and_where_they_are_from(cast):
    row = keep(cast, by_hand(roll=240, eal_percent=Decimal("12.5")))
    assert (row.roll, row.eal_percent, row.origin, row.is_published) == (240, Decimal("12.5"), "hand", False)
    assert (row.by_hand, row.source, row.source_by_hand) == (["roll", "eal_percent"], "", "The school’s return")
    told = entry(act="school_context.entered")
    assert (told.actor_id, told.subject_id) == (cast.joanne.pk, row.pk)
    assert told.details == {"fields": ["roll", "eal_percent"], "school": cast.saltwharf.pk, "year": "2024-25"}


def test_a_published_number_is_replaced_only_by_who_says_so(cast, published):
    mine = {"roll": 240, "fsm_percent": Decimal("30.1")}
    with pytest.raises(PublishedStandsError) as refused:
        keep(cast, by_hand(**mine), published.kept_at)
    assert refused.value.fields == ["roll"]
    assert SchoolContext.objects.get().roll == 231
    row = keep(cast, by_hand(**mine, replaces=True), published.kept_at)
    assert (row.roll, row.by_hand, row.source) == (240, ["roll"], "DfE, census")


def test_emptying_a_published_number_is_replacing_it(cast, published):
    with pytest.raises(PublishedStandsError):
        keep(cast, by_hand(roll=231), published.kept_at)


def test_what_the_table_says_already_stays_the_tables(cast, published):
    row = keep(cast, by_hand(roll=231, fsm_percent=Decimal("30.1"), sen_percent=Decimal("17.0")), published.kept_at)
    assert row.by_hand == ["sen_percent"]


def test_emptied_by_hand_a_number_is_the_tables_again(cast):
    row = keep(cast, by_hand(roll=240, sen_percent=Decimal("17.0")))
    row = keep(cast, by_hand(sen_percent=Decimal("17.0")), row.kept_at)
    assert row.by_hand == ["sen_percent"]
    _, stands = keep_contexts(
        facts=[ContextFacts(cast.saltwharf.pk, {"roll": 231}, {})], year=YEAR, source="DfE, census", by=None
    )
    assert stands == []
    assert SchoolContext.objects.get().roll == 231


@pytest.mark.parametrize("entered", [by_hand(), by_hand(roll=None)])
def test_nothing_at_all_is_not_kept(cast, entered):
    with pytest.raises(ContextRefusedError, match="at least one number"):
        keep(cast, entered)
    assert not SchoolContext.objects.exists()


def test_the_same_again_is_refused_and_another_source_is_not(cast):
    row = keep(cast, by_hand(roll=240))
    with pytest.raises(ContextRefusedError, match="Nothing is different"):
        keep(cast, by_hand(roll=240), row.kept_at)
    assert keep(cast, by_hand(roll=240, source="Its website", is_published=True), row.kept_at).is_published


def test_who_saw_older_numbers_overwrites_nothing(cast):
    first = keep(cast, by_hand(roll=240))
    keep(cast, by_hand(roll=241), first.kept_at)
    for seen in (first.kept_at, None):
        with pytest.raises(ContextRefusedError, match="Somebody else changed"):
            keep(cast, by_hand(roll=242), seen)
    assert SchoolContext.objects.get().roll == 241
