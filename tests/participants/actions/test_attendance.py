"""Taking a register: what it writes, what it refuses, and that a refusal leaves nothing behind."""

from datetime import time, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.models import Attendance, Correction
from participants.models.attendance import Mark
from participants.queries.attendance import version_of
from programmes.models import OperationalCount, Session
from tests.editors import interleave
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
        # who joins the session is asked with who is expected, after the lock
        with django_assert_num_queries(7):
            attendance.take_register(session=session, marks=marks, version=0, by=cast.priya)


def past(cast, days):
    """A session of that many days ago whose register Priya took, all present; and the marks."""
    session = programmes.session(cast.strings, day=timezone.localdate() - timedelta(days=days))
    marks = {child.pk: Mark.PRESENT for child in cast.children}
    attendance.take_register(session=session, marks=marks, version=0, by=cast.priya)
    return session, marks


def test_a_correction_on_the_day_needs_no_reason(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya)
    changed = register | {cast.children[0].pk: Mark.LATE}
    attendance.take_register(session=cast.session, marks=changed, version=1, by=cast.priya)
    corrected = Correction.objects.get()
    assert (corrected.version, corrected.by, corrected.reason) == (2, cast.priya, "")


def test_a_correction_after_the_day_says_why_or_is_refused(cast, register):
    session, marks = past(cast, 1)
    changed = marks | {cast.children[0].pk: Mark.LATE}
    sent = {"session": session, "marks": changed, "version": 1, "by": cast.priya}
    assert "choose above Save why" in refused(attendance.CorrectionWithoutReasonError, **sent)
    assert (standing(session)[cast.children[0].pk], Correction.objects.count()) == ("p", 0)
    attendance.take_register(**sent, reason=Correction.Reason.CAME)
    assert (standing(session)[cast.children[0].pk], Correction.objects.get().reason) == ("l", "came")
    assert entry(act="register.corrected").details == {"marks": 3, "reason": "came"}


def test_the_same_register_sent_again_needs_no_reason_and_is_no_correction(cast, register):
    session, marks = past(cast, 20)
    attendance.take_register(session=session, marks=marks, version=1, by=cast.priya)
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "who", "may"),
    [(14, "priya", True), (15, "priya", False), (15, "ruth", True), (400, "ruth", True), (15, "joanne", True)],
)
def test_coordinators_correct_for_fourteen_days_and_who_keeps_the_registers_any(cast, register, days, who, may):
    session, marks = past(cast, days)
    changed = marks | {cast.children[0].pk: Mark.LATE}
    by, why = getattr(cast, who), Correction.Reason.MISTAKE
    sent = {"session": session, "marks": changed, "version": 1, "by": by, "reason": why}
    if may:
        assert attendance.take_register(**sent).register_version == 2
    else:
        last = session.day + timedelta(days=14)
        assert f"corrected until {last.day} {last:%B %Y}" in refused(attendance.RegisterLockedError, **sent)
        assert (standing(session), Correction.objects.count()) == (dict.fromkeys(marks, "p"), 0)


def test_a_register_never_taken_is_not_locked(cast, register):
    session, marks = past(cast, 200)
    assert standing(session) == dict.fromkeys(marks, "p")


def test_two_corrections_are_kept_side_by_side(cast, register):
    session, marks = past(cast, 3)
    child = cast.children[0].pk
    for version, (mark, why) in enumerate([(Mark.LATE, "came"), (Mark.EXCUSED, "learned")], start=1):
        attendance.take_register(
            session=session, marks=marks | {child: mark}, version=version, by=cast.ruth, reason=Correction.Reason(why)
        )
    assert list(Correction.objects.values_list("version", "reason")) == [(2, "came"), (3, "learned")]


MINUTES = count()
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))


def test_a_save_sent_again_after_a_lost_answer_is_known_and_overwrites_no_later_one(cast, register):
    mine = {"session": cast.session, "marks": register, "version": 0, "by": cast.priya, "save": FIRST}
    attendance.take_register(**mine)
    theirs = register | {cast.children[0].pk: Mark.EXCUSED}
    attendance.take_register(session=cast.session, marks=theirs, version=1, by=cast.ruth, save=SECOND)
    events = len(entries())
    again = attendance.take_register(**mine)
    assert (standing(cast.session)[cast.children[0].pk], again.register_version) == ("e", 2)
    assert (version_of(again, FIRST), version_of(again, SECOND), version_of(again, None)) == (1, 2, 2)
    assert len(entries()) == events


def test_a_save_may_replace_ones_own_whose_answer_was_lost(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya, save=FIRST)
    changed = register | {cast.children[0].pk: Mark.LATE}
    taken = attendance.take_register(
        session=cast.session, marks=changed, version=0, by=cast.priya, save=THIRD, after=[FIRST, SECOND]
    )
    assert (standing(cast.session)[cast.children[0].pk], taken.register_version) == ("l", 2)


def test_a_save_on_its_way_comes_too_late_after_one_that_found_all_as_it_wanted(cast, register):
    late = register | {cast.children[0].pk: Mark.LATE}
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya, save=FIRST)
    taken = attendance.take_register(
        session=cast.session, marks=register, version=1, by=cast.priya, save=THIRD, after=[SECOND]
    )
    assert (taken.register_version, entry(act="register.saved_again").children) == (2, [])
    sent = {"session": cast.session, "marks": late, "version": 1, "by": cast.priya, "save": SECOND}
    refused(attendance.RegisterChangedError, **sent)
    again = attendance.take_register(session=cast.session, marks=register, version=0, by=cast.priya, save=SECOND)
    assert (again.register_version, standing(cast.session)[cast.children[0].pk]) == (2, "p")


def test_a_save_replaces_nobody_elses_whatever_it_says_it_comes_after(cast, register):
    attendance.take_register(session=cast.session, marks=register, version=0, by=cast.ruth, save=FIRST)
    changed = register | {cast.children[0].pk: Mark.LATE}
    sent = {"session": cast.session, "marks": changed, "version": 0, "by": cast.priya}
    refused(attendance.RegisterChangedError, save=SECOND, after=[FIRST], **sent)
    assert standing(cast.session)[cast.children[0].pk] == "p"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.randoms(use_true_random=False))
def test_whatever_two_editors_send_and_send_again_nothing_is_overwritten_unseen(cast, register, rng):
    minute = next(MINUTES)
    session = programmes.session(cast.strings, starts_at=time(minute // 60, minute % 60), ends_at=time(23, 59))
    assert interleave(rng, session, sorted(register), [cast.priya, cast.ruth]) == []
