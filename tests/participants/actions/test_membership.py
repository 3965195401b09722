"""Joining an ensemble, leaving it, and undoing either."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inharmony.access.scope import scoped
from participants.actions import attendance, membership
from participants.models import Membership, MembershipAct
from participants.models.attendance import Mark
from tests.trail import entries, entry


def test_join_takes_in_who_is_not_in_it_and_writes_one_entry(cast):
    with scoped(cast.liverpool_scope):
        made = membership.join(
            ensemble=cast.brass, children=[*cast.children, *cast.others], starts_on=date(2026, 9, 1), by=cast.ruth
        )
    assert [m.child_id for m in made] == [c.pk for c in cast.children]
    event = entries(act="ensemble.joined")[-1]
    assert event.children == [c.pk for c in cast.children]
    assert event.details == {"starts_on": "2026-09-01"}


def test_a_child_of_another_hub_cannot_join_even_past_the_first_wall(cast):
    with scoped(cast.both), pytest.raises(IntegrityError, match="fk"), transaction.atomic():
        membership.join(
            ensemble=cast.brass, children=[cast.leeds_children[0]], starts_on=date(2026, 9, 1), by=cast.ruth
        )


def test_a_child_is_in_an_ensemble_once_at_a_time(cast):
    with scoped(cast.liverpool_scope), pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        Membership.objects.create(
            programme=cast.liverpool, ensemble=cast.strings, child=cast.children[0], starts_on=date(2026, 9, 1)
        )


def test_join_leaves_alone_who_joins_later_anyway(cast):
    late = cast.children[0]
    with scoped(cast.liverpool_scope):
        membership.join(ensemble=cast.brass, children=[late], starts_on=date(2026, 11, 30), by=cast.ruth)
        made = membership.join(ensemble=cast.brass, children=cast.children, starts_on=date(2026, 11, 2), by=cast.ruth)
    assert [m.child_id for m in made] == [c.pk for c in cast.children[1:]]


def test_join_refuses_an_ensemble_that_has_ended(cast):
    cast.brass.ends_on = date(2026, 10, 30)
    cast.brass.save()
    with scoped(cast.liverpool_scope):
        joined = membership.join(
            ensemble=cast.brass, children=cast.children[:1], starts_on=date(2026, 10, 30), by=cast.ruth
        )
        with pytest.raises(membership.EnsembleEndedError, match="ended on 30 October 2026"):
            membership.join(ensemble=cast.brass, children=cast.children, starts_on=date(2026, 10, 31), by=cast.ruth)
    assert len(joined) == 1


def test_two_who_press_at_once_take_the_class_in_once(committed_cast):
    cast, started, wrong = committed_cast, threading.Barrier(4), []

    def press():
        try:
            started.wait(5)
            with scoped(cast.liverpool_scope):
                membership.join(ensemble=cast.brass, children=cast.children, starts_on=date(2026, 9, 1), by=cast.ruth)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scoped(cast.liverpool_scope):
        assert (wrong, Membership.objects.filter(ensemble=cast.brass, child__in=cast.children).count()) == ([], 3)


NOVEMBER = date(2026, 11, 2)


def standing(cast, ensemble):
    """The children in an ensemble, each with the last day in it."""
    return dict(Membership.objects.filter(ensemble=ensemble).values_list("child_id", "ends_on"))


def test_leave_gives_a_last_day_and_writes_one_entry(cast):
    gone, stays = cast.children[:2], cast.children[2]
    with scoped(cast.liverpool_scope):
        left = membership.leave(ensemble=cast.strings, children=gone, last_day=NOVEMBER, by=cast.ruth)
        assert standing(cast, cast.strings) == {gone[0].pk: NOVEMBER, gone[1].pk: NOVEMBER, stays.pk: None}
    event = entry(act="ensemble.left")
    assert (left, event.children) == (sorted(c.pk for c in gone), sorted(c.pk for c in gone))
    assert (event.subject_id, event.details) == (cast.strings.pk, {"ends_on": "2026-11-02"})


def test_leave_leaves_alone_who_is_not_in_it_and_who_has_a_last_day(cast):
    with scoped(cast.liverpool_scope):
        membership.leave(ensemble=cast.strings, children=cast.children[:1], last_day=NOVEMBER, by=cast.ruth)
        again = membership.leave(
            ensemble=cast.strings, children=[cast.children[0], *cast.others], last_day=date(2026, 11, 9), by=cast.ruth
        )
        assert (again, standing(cast, cast.strings)[cast.children[0].pk]) == ([], NOVEMBER)
    assert len(entries(act="ensemble.left")) == 1


def test_leave_refuses_a_last_day_before_a_mark_and_says_which_day(cast):
    with scoped(cast.liverpool_scope):
        present = {child.pk: Mark.PRESENT for child in cast.children}
        attendance.take_register(session=cast.session, marks=present, version=0, by=cast.priya)
        day = cast.session.day
        with pytest.raises(membership.MarkedAfterError, match=f"the last on {day.day} {day:%B %Y}"):
            membership.leave(
                ensemble=cast.strings, children=cast.children, last_day=day - timedelta(days=1), by=cast.ruth
            )
        assert set(standing(cast, cast.strings).values()) == {None}
        assert len(membership.leave(ensemble=cast.strings, children=cast.children, last_day=day, by=cast.ruth)) == 3


def test_what_joined_in_one_press_is_undone_in_one_press(cast):
    with scoped(cast.liverpool_scope):
        before = standing(cast, cast.brass)
        membership.join(ensemble=cast.brass, children=cast.children, starts_on=NOVEMBER, by=cast.ruth)
        act = MembershipAct.objects.standing().filter(ensemble=cast.brass).first()
        undone = membership.undo(act=act, by=cast.joanne)
        assert (standing(cast, cast.brass), undone.undone_by) == (before, cast.joanne)
        # pressed twice, it is one undo
        membership.undo(act=act, by=cast.ruth)
    assert sorted(entry(act="ensemble.undone").children) == sorted(c.pk for c in cast.children)


def test_a_join_is_not_undone_over_marks(cast):
    with scoped(cast.liverpool_scope):
        act = MembershipAct.objects.get(ensemble=cast.strings)
        present = {child.pk: Mark.PRESENT for child in cast.children}
        attendance.take_register(session=cast.session, marks=present, version=0, by=cast.priya)
        with pytest.raises(membership.MarkedAfterError, match="3 of them have marks"):
            membership.undo(act=act, by=cast.ruth)
        assert len(standing(cast, cast.strings)) == 3


def test_a_leave_is_not_undone_over_who_joined_again(cast):
    with scoped(cast.liverpool_scope):
        membership.leave(ensemble=cast.strings, children=cast.children, last_day=NOVEMBER, by=cast.ruth)
        left = MembershipAct.objects.get(kind="left")
        membership.join(ensemble=cast.strings, children=cast.children[:1], starts_on=date(2026, 11, 20), by=cast.ruth)
        again = MembershipAct.objects.standing().filter(ensemble=cast.strings).first()
        with pytest.raises(membership.JoinedSinceError, match="1 of the children joined Year 4 Strings again"):
            membership.undo(act=left, by=cast.ruth)
        membership.undo(act=again, by=cast.ruth)
        membership.undo(act=left, by=cast.ruth)
        assert standing(cast, cast.strings) == {child.pk: None for child in cast.children}


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_everything_backwards_leaves_who_was_in_it(cast, data):
    """Whatever was done, in whatever order, the presses undone from the last to the first give back the beginning."""
    with scoped(cast.liverpool_scope), transaction.atomic():
        before, made = standing(cast, cast.brass), []
        for number in range(data.draw(st.integers(1, 6))):
            chosen = data.draw(st.lists(st.sampled_from([*cast.children, *cast.others]), unique=True, min_size=1))
            day = NOVEMBER + timedelta(days=3 * number)
            if data.draw(st.booleans()):
                membership.join(ensemble=cast.brass, children=chosen, starts_on=day, by=cast.ruth)
            else:
                membership.leave(ensemble=cast.brass, children=chosen, last_day=day, by=cast.ruth)
            made = list(MembershipAct.objects.standing().filter(ensemble=cast.brass, day__gte=NOVEMBER))
        for act in sorted(made, key=lambda one: -one.pk):
            membership.undo(act=act, by=cast.ruth)
        assert standing(cast, cast.brass) == before
        transaction.set_rollback(True)


def test_end_ensemble_takes_everybody_out_on_its_last_day_and_is_undone_whole(cast):
    with scoped(cast.liverpool_scope):
        membership.leave(ensemble=cast.brass, children=cast.others[:1], last_day=date(2026, 10, 2), by=cast.ruth)
        before = standing(cast, cast.brass)
        act = membership.end_ensemble(ensemble=cast.brass, last_day=NOVEMBER, by=cast.ruth)
        assert (act.children, standing(cast, cast.brass)) == (
            1,
            {cast.others[0].pk: date(2026, 10, 2), cast.others[1].pk: NOVEMBER},
        )
        cast.brass.refresh_from_db()
        assert cast.brass.ends_on == NOVEMBER
        # who joins still, leaves with it, and is given back with it
        membership.join(ensemble=cast.brass, children=cast.children[:1], starts_on=date(2026, 10, 5), by=cast.ruth)
        assert standing(cast, cast.brass)[cast.children[0].pk] == NOVEMBER
        membership.undo(act=act, by=cast.ruth)
        assert standing(cast, cast.brass) == before | {cast.children[0].pk: None}
        cast.brass.refresh_from_db()
        assert cast.brass.ends_on is None
    assert [entry_.children for entry_ in entries(act="ensemble.left")][-1] == [cast.others[1].pk]
    assert sorted(entry(act="ensemble.undone").children) == sorted([cast.others[1].pk, cast.children[0].pk])


def test_end_ensemble_refuses_who_is_in_it_longer_and_leaves_nothing(cast):
    with scoped(cast.liverpool_scope):
        membership.leave(ensemble=cast.brass, children=cast.others[:1], last_day=date(2026, 12, 18), by=cast.ruth)
        membership.join(ensemble=cast.brass, children=cast.children[:1], starts_on=date(2026, 11, 30), by=cast.ruth)
        with pytest.raises(membership.LeavesLaterError, match=r"2 children joined .* until 18 December 2026"):
            membership.end_ensemble(ensemble=cast.brass, last_day=NOVEMBER, by=cast.ruth)
        assert not MembershipAct.objects.filter(kind="ended").exists()
    cast.brass.refresh_from_db()
    assert (cast.brass.ends_on, entries(act="ensemble.ended")) == (None, [])


def test_a_leave_is_not_undone_in_an_ensemble_that_has_ended(cast):
    with scoped(cast.liverpool_scope):
        membership.leave(ensemble=cast.brass, children=cast.others[:1], last_day=NOVEMBER, by=cast.ruth)
        left = MembershipAct.objects.get(kind="left")
        ended = membership.end_ensemble(ensemble=cast.brass, last_day=NOVEMBER, by=cast.ruth)
        with pytest.raises(membership.EndedSinceError, match=r"ended on 2 November 2026\. Undo that first"):
            membership.undo(act=left, by=cast.ruth)
        membership.undo(act=ended, by=cast.ruth)
        membership.undo(act=left, by=cast.ruth)
        assert set(standing(cast, cast.brass).values()) == {None}
