"""The flag that keeps a child off paper, out of pictures and out of lists."""

import pytest
from django.db import IntegrityError, connection, transaction

from inharmony.access.scope import scoped
from participants.actions import at_risk, roster_undo
from participants.models import Child, Enrolment
from tests.participants.lists import accept, class_list, row_of, stage
from tests.trail import entries, entry


@pytest.fixture
def inside(cast):
    """The cast, with the scope of Liverpool's staff open."""
    with scoped(cast.liverpool_scope):
        yield cast


def flags(child):
    return (
        Child.objects.get(pk=child.pk).is_at_risk,
        list(Enrolment.objects.filter(child=child).values_list("is_at_risk", flat=True)),
    )


def test_flagging_a_child_flags_this_child_and_every_enrolment_of_it(inside):
    at_risk.flag_at_risk(child=inside.children[0], by=inside.ruth)
    assert [flags(child) for child in inside.children] == [(True, [True]), (False, [False]), (False, [False])]


def test_clearing_the_flag_clears_it_everywhere(inside):
    at_risk.flag_at_risk(child=inside.children[0], by=inside.ruth)
    at_risk.clear_at_risk(child=inside.children[0], by=inside.joanne)
    assert flags(inside.children[0]) == (False, [False])


def test_pressing_twice_has_one_effect(inside):
    for _ in range(2):
        at_risk.flag_at_risk(child=inside.children[0], by=inside.ruth)
    assert len(entries(act="child.flagged_at_risk")) == 1


def test_clearing_what_was_never_set_is_no_act(inside):
    at_risk.clear_at_risk(child=inside.children[0], by=inside.ruth)
    assert entries(act="child.cleared_at_risk") == []


def test_the_trail_says_who_and_whom_and_not_why(cast):
    with scoped(cast.liverpool_scope):
        at_risk.flag_at_risk(child=cast.children[0], by=cast.ruth)
    event = entry(act="child.flagged_at_risk")
    assert (event.actor_id, event.programme_id, event.children, event.details) == (
        cast.ruth.pk,
        cast.liverpool.pk,
        [cast.children[0].pk],
        {"fields": ["is_at_risk"]},
    )


def test_a_child_of_the_hub_next_door_cannot_be_flagged(cast):
    with scoped(cast.liverpool_scope), pytest.raises(Child.DoesNotExist), transaction.atomic():
        at_risk.flag_at_risk(child=cast.leeds_children[0], by=cast.ruth)
    with scoped(cast.both):
        assert not Child.objects.get(pk=cast.leeds_children[0].pk).is_at_risk
    assert entries(act="child.flagged_at_risk") == []


def test_the_database_lets_no_enrolment_say_otherwise_than_its_child(inside):
    with pytest.raises(IntegrityError, match="is_at_risk"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participants_enrolment SET is_at_risk = true WHERE child_id = %s", [inside.children[0].pk]
        )


def test_an_enrolment_that_a_class_list_opens_for_a_child_at_risk_is_flagged_too(inside):
    """A move to another school of the hub must not bring the child onto that school's lists."""
    child = inside.others[0]
    at_risk.flag_at_risk(child=child, by=inside.ruth)
    moved = class_list(f"{child.forename},{child.surname},{child.date_of_birth:%d/%m/%Y},,4,4B")
    staged = accept(inside.ruth, stage(inside.ruth, moved, school=inside.saltwharf))
    assert row_of(staged, 2).outcome == "school_move"
    assert flags(child) == (True, [True, True])


def test_taking_a_class_list_back_leaves_a_child_who_was_flagged_since(inside):
    staged = accept(inside.ruth, stage(inside.ruth, class_list("Bo,Wren,14/03/2018"), school=inside.saltwharf))
    bo = Child.objects.get(forename="Bo")
    at_risk.flag_at_risk(child=bo, by=inside.ruth)
    done = roster_undo.undo(roster_import=staged, by=inside.ruth)
    assert [(kept.row, kept.why) for kept in done.kept] == [(2, "was changed since")]
    assert flags(bo) == (True, [True])
