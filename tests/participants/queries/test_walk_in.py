"""Who can be found for a register, by whom and by what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scope_of, scoped
from participants.actions import at_risk
from participants.models import Child
from participants.queries.walk_in import FEW, walkers
from programmes.models import Session
from tests.factories import participants, programmes


def found(cast, who, words, session=None):
    with scoped(scope_of(who)):
        return [one.name for one in walkers(session or cast.session, who, words)]


@pytest.fixture
def newcomers(cast):
    """Children of Saltwharf who are in no ensemble."""
    names = [("Zoë", "O’Connell"), ("Siân", "Price-Évans"), ("Siân", "Price"), ("Ana", "de la Cruz")]
    with scoped(cast.liverpool_scope):
        return participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=names)


@pytest.mark.parametrize("words", ["Zoë O’Connell", "zoe oconnell", "ZOE O'CONNELL", " Zoë  O'Connell "])
def test_a_coordinator_finds_a_child_of_the_school_by_the_whole_name_however_it_is_written(cast, newcomers, words):
    assert found(cast, cast.priya, words) == ["Zoë O’Connell"]


@pytest.mark.parametrize("words", ["Zoë", "O’Connell", "Zo O’Connell", "Zoe OConnel", "z", "", "%", "O’Connell Zoë"])
def test_a_part_of_a_name_shows_a_coordinator_nobody(cast, newcomers, words):
    assert found(cast, cast.priya, words) == []


def test_one_name_that_begins_like_another_is_not_the_other(cast, newcomers):
    assert found(cast, cast.priya, "Sian Price") == ["Siân Price"]
    assert found(cast, cast.priya, "Sian Price Evans") == ["Siân Price-Évans"]
    assert found(cast, cast.priya, "Ana de la Cruz") == ["Ana de la Cruz"]


def test_the_name_used_in_class_is_a_whole_name_too(cast, newcomers):
    with scoped(cast.both):
        Child.objects.filter(pk=newcomers[0].pk).update(known_as="Zizi")
    assert found(cast, cast.priya, "Zizi O’Connell") == found(cast, cast.priya, "Zoë O’Connell") == ["Zizi O’Connell"]


@pytest.mark.parametrize("words", ["Aaliyah", "lia"])
def test_a_child_of_one_name_is_found_by_it_and_by_the_name_used_in_class(cast, words):
    with scoped(cast.liverpool_scope):
        (one,) = participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=[("Aaliyah", "")])
        Child.objects.filter(pk=one.pk).update(known_as="Lia")
    assert found(cast, cast.priya, words) == ["Lia"]
    assert found(cast, cast.priya, words[:-1]) == []


def test_a_coordinator_finds_nobody_of_another_school_but_for_an_ensemble_of_no_one_school(cast):
    other = cast.others[0]
    assert found(cast, cast.priya, other.name) == []
    orchestra = programmes.ensemble(cast.liverpool, "Orchestra", led_by=cast.strings.tutors.all())
    cast.priya.__dict__.pop("_own_ensembles", None)
    assert found(cast, cast.priya, other.name, programmes.session(orchestra)) == [other.name]


def test_people_of_the_whole_hub_find_any_child_of_it_by_a_part_and_none_of_the_next(cast, newcomers):
    assert found(cast, cast.ruth, "oconn") == ["Zoë O’Connell"]
    assert found(cast, cast.ruth, cast.others[0].surname) == [cast.others[0].name]
    assert found(cast, cast.omar, "oconn") == []
    assert found(cast, cast.omar, "oconn", cast.leeds_session) == ["Zoë O’Connell"]
    assert cast.leeds_children[0].pk != newcomers[0].pk


@pytest.mark.parametrize("who", ["priya", "ruth"])
def test_a_child_at_risk_is_found_by_nobody(cast, newcomers, who):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=newcomers[0], by=cast.ruth)
    assert found(cast, getattr(cast, who), "Zoë O’Connell") == []


def test_who_was_not_enrolled_on_the_day_is_not_found(cast, newcomers):
    long_before = programmes.session(cast.strings, day=timezone.localdate() - timedelta(days=9_000))
    for who in (cast.priya, cast.ruth):
        assert found(cast, who, "Zoë O’Connell", long_before) == []


def test_namesakes_are_told_apart_by_year_group_and_the_hub_sees_their_school(cast):
    with scoped(cast.liverpool_scope):
        for group in ("3", "6"):
            participants.children(
                cast.liverpool, cast.saltwharf, by=cast.joanne, names=[("Ada", "Twin")], year_group=group
            )
    for who, school in ((cast.priya, ()), (cast.ruth, ("Saltwharf Primary",))):
        with scoped(scope_of(who)):
            about = {one.about for one in walkers(cast.session, who, "Ada Twin")}
        assert about == {("Year 3", *school), ("Year 6", *school)}


def test_of_many_a_few_are_shown(cast):
    with scoped(cast.liverpool_scope):
        names = [("Ada", "Twin")] * (FEW + 2)
        participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=names)
    assert len(found(cast, cast.ruth, "Twin")) == FEW


def test_who_is_expected_anyway_is_said_to_be(cast, newcomers):
    with scoped(scope_of(cast.priya)):
        (amara,) = walkers(cast.session, cast.priya, cast.children[0].name)
        (zoe,) = walkers(cast.session, cast.priya, "Zoë O’Connell")
    assert (amara.is_expected, zoe.is_expected) == (True, False)


@pytest.mark.parametrize("many", [1, 3])
def test_a_search_takes_the_same_statements_however_many_it_finds(cast, many, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=[("Ada", "Twin")] * many)
    for who in (cast.priya, cast.ruth):
        session = Session.objects.select_related("ensemble").with_joined().get(pk=cast.session.pk)
        with scoped(scope_of(who)), django_assert_num_queries(3):
            assert len(walkers(session, who, "Ada Twin")) == many
