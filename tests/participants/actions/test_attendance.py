"""Taking a register: what it writes, what it refuses, and that a refusal leaves nothing behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.models import Attendance
from participants.models.attendance import Mark
from programmes.models import OperationalCount, Session
from tests.factories import participants, programmes
from tests.trail import entries, entry, history


@pytest.fixture
def register(cast):
    """The register of today's strings, everyone present, inside Liverpool's scope."""
    with scoped(cast.liverpool_scope):
        yield {child.pk: Mark.PRESENT for child in cast.children}


def standing(session):
    return dict(Attendance.objects.filter(session=session).values_list("child_id", "mark"))


def refused(exception, **sent):
    """Takes a register that must be refused, and checks that nothing was written, not even to the trail."""
    events = len(entries())
    with pytest.raises(exception) as refusal:
        attendance.take_register(**sent)
    assert len(entries()) == events
    return str(refusal.value)


def test_take_register_writes_one_mark_for_each_child_expected(cast, register):
    register[cast.children[1].pk] = Mark.NO_REASON
    taken = attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    assert standing(cast.session) == {c: str(m) for c, m in register.items()}
    assert (taken.register_version, taken.register_taken_by) == (1, cast.priya)


def test_take_register_leaves_one_audit_entry_without_names(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    event = entry(act="register.taken")
    assert (event.actor_id, event.subject_id, event.programme_id) == (cast.priya.pk, cast.session.pk, cast.liverpool.pk)
    assert (event.details, len(event.children)) == ({"marks": 3}, 3)


def test_take_register_makes_the_session_count_as_held(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    counted = OperationalCount.objects.get(programme=cast.liverpool, day=cast.session.day)
    assert (counted.planned, counted.held, counted.minutes_held) == (1, 1, 45)


def test_the_same_register_sent_twice_has_one_effect(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    again = attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    assert again.register_version == 1
    assert len(entries(act__startswith="register.")) == 1


def test_a_correction_writes_only_what_changed_and_names_it_in_the_trail(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    late = cast.children[2].pk
    attendance.take_register(session=cast.session, marks=register | {late: Mark.LATE}, version=1, by=cast.ruth)
    assert standing(cast.session)[late] == "l"
    corrected = entry(act="register.corrected")
    assert (corrected.details, corrected.children) == ({"marks": 3}, [late])


def test_a_correction_leaves_history_and_a_first_save_leaves_none(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    assert history() == []
    late = cast.children[2].pk
    attendance.take_register(session=cast.session, marks=register | {late: Mark.LATE}, version=1, by=cast.ruth)
    assert history() == [("Attendance", "update", late, ["mark"])]


def test_take_register_refuses_to_overwrite_what_somebody_else_saved(cast, register):
    theirs = register | {cast.children[0].pk: Mark.EXCUSED}
    attendance.take_register(session=cast.session, marks=theirs, version=0, by=cast.ruth)
    sent = {"session": cast.session, "marks": register, "version": 0, "by": cast.priya}
    assert "Somebody else saved" in refused(attendance.RegisterChangedError, **sent)
    assert standing(cast.session)[cast.children[0].pk] == "e"


def test_take_register_refuses_a_session_of_a_later_day(cast, register):
    tomorrow = programmes.session(cast.strings, day=timezone.localdate() + timedelta(days=1))
    message = refused(attendance.SessionNotYetError, session=tomorrow, marks=register, version=0, by=cast.priya)
    assert f"{tomorrow.day.day} {tomorrow.day:%B %Y}" in message
    assert standing(tomorrow) == {}


def test_take_register_refuses_a_cancelled_session(cast, register):
    Session.objects.filter(pk=cast.session.pk).update(cancelled_at=timezone.now(), cancel_reason="no_room")
    refused(attendance.SessionCancelledError, session=cast.session, marks=register, version=0, by=cast.priya)
    assert standing(cast.session) == {}


def test_take_register_refuses_a_mark_for_a_child_who_is_not_expected(cast, register):
    marks = register | {cast.others[0].pk: Mark.PRESENT}
    refused(attendance.ChildNotExpectedError, session=cast.session, marks=marks, version=0, by=cast.priya)
    assert standing(cast.session) == {}


def test_take_register_refuses_a_register_that_leaves_a_child_out(cast, register):
    register.popitem()
    refused(attendance.ChildWithoutMarkError, session=cast.session, marks=register, version=0, by=cast.priya)
    assert standing(cast.session) == {}


def test_a_child_who_has_left_since_stays_on_a_register_taken_before(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    gone = cast.children[0]
    gone.memberships.update(ends_on=cast.session.day - timedelta(days=1))
    marks = register | {gone.pk: Mark.REASON_KNOWN}
    attendance.take_register(session=cast.session, marks=marks, version=1, by=cast.ruth)
    assert standing(cast.session)[gone.pk] == "r"


@pytest.mark.parametrize("size", [1, 28])
def test_take_register_needs_the_same_statements_whatever_its_size(cast, size, django_assert_num_queries):
    ensemble = programmes.ensemble(cast.liverpool, "Orchestra")
    session = programmes.session(ensemble)
    with scoped(cast.liverpool_scope):
        names = [(f"Child{n}", "Test") for n in range(size)]
        children = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=names)
        participants.join(ensemble, children, by=cast.ruth)
        marks = {child.pk: Mark.PRESENT for child in children}
        with django_assert_num_queries(8):
            attendance.take_register(session=session, marks=marks, version=0, by=cast.priya)
