"""One session: cancelled and brought back, moved, covered, dropped."""

from datetime import date, time

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.models.attendance import Mark
from programmes.actions import closing
from programmes.actions import session as acts
from programmes.actions.ensemble import SessionAfterError, require_endable
from programmes.actions.session import Slot
from programmes.actions.timetable import (
    EnsembleBusyError,
    ForeignSessionError,
    OutsideEnsembleError,
    TimesOutOfOrderError,
)
from programmes.models import OperationalCount, Session
from tests.factories import programmes
from tests.trail import entries, entry

DAY = date(2027, 3, 26)
ACTS = ("session.cancelled", "session.brought_back", "session.changed", "session.dropped")
Reason = Session.CancelReason


@pytest.fixture
def session(cast):
    """A session of Liverpool's strings that is planned."""
    return programmes.session(cast.strings, day=DAY)


@pytest.fixture
def held(cast):
    """A session whose register was taken."""
    with scoped(cast.liverpool_scope):
        marks = {child.pk: Mark.PRESENT for child in cast.children}
        return attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.priya)


def slot(session, **fields):
    now = {name: getattr(session, name) for name in ("day", "starts_at", "ends_at", "venue", "tutor")}
    return Slot(**now | fields)


def change(cast, session, **fields):
    return acts.change(session=session, slot=slot(session, **fields), by=cast.ruth)


def cancelled(session, reason=Reason.NO_ROOM):
    Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now(), cancel_reason=reason)


def as_it_is(session):
    return Session.objects.filter(pk=session.pk).values().get()


def trail():
    return [event for act in ACTS for event in entries(act=act)]


def counts(day=DAY):
    return OperationalCount.objects.filter(day=day).values_list("planned", "held", "cancelled").first()


def test_cancel_keeps_the_reason_and_writes_one_entry(cast, session):
    for _ in range(2):
        acts.cancel(session=session, reason=Reason.TUTOR_AWAY, by=cast.ruth)
    session.refresh_from_db()
    assert (session.is_cancelled, session.cancel_reason, counts()) == (True, "tutor_away", (1, 0, 1))
    event = entry(act="session.cancelled")
    assert (event.subject_id, event.programme_id) == (session.pk, cast.liverpool.pk)
    assert event.details == {"ensemble": cast.strings.pk, "day": "2027-03-26", "reason": "tutor_away"}


def test_another_reason_takes_the_place_of_the_first(cast, session):
    for reason in (Reason.NO_ROOM, Reason.SCHOOL_EVENT):
        acts.cancel(session=session, reason=reason, by=cast.ruth)
    session.refresh_from_db()
    assert (session.cancel_reason, len(entries(act="session.cancelled"))) == ("school_event", 2)


def test_bring_back_lets_it_take_place(cast, session):
    cancelled(session)
    for _ in range(2):
        acts.bring_back(session=session, by=cast.ruth)
    session.refresh_from_db()
    assert (session.is_cancelled, session.cancel_reason, counts()) == (False, "", (1, 0, 0))
    assert entry(act="session.brought_back").subject_id == session.pk


def test_bring_back_is_refused_where_the_ensemble_plays_by_now(cast, session):
    cancelled(session)
    programmes.session(cast.strings, day=DAY, starts_at=time(10, 30), ends_at=time(11, 30))
    with pytest.raises(EnsembleBusyError, match="a session on 26 March 2027 from 10:30 to 11:30"):
        acts.bring_back(session=session, by=cast.ruth)
    assert (Session.objects.get(pk=session.pk).is_cancelled, trail()) == (True, [])


def test_bring_back_is_refused_after_the_ensemble_has_ended(cast, session):
    cancelled(session)
    cast.strings.ends_on = date(2027, 3, 1)
    cast.strings.save()
    with pytest.raises(OutsideEnsembleError, match="plays until 1 March 2027"):
        acts.bring_back(session=session, by=cast.ruth)
    assert (Session.objects.get(pk=session.pk).is_cancelled, trail()) == (True, [])


def test_a_session_is_moved_over_the_clock_change_in_wall_time(cast, session):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    # 28 March 2027 has 23 hours
    wanted = {"day": date(2027, 3, 28), "starts_at": time(0, 30), "ends_at": time(1, 30), "venue": hall}
    assert change(cast, session, **wanted) == ["day", "starts_at", "ends_at", "venue"]
    found = as_it_is(session)
    assert {name: found[name] for name in ("day", "starts_at", "ends_at")} == {
        name: wanted[name] for name in ("day", "starts_at", "ends_at")
    }
    assert (found["venue_id"], counts(), counts(date(2027, 3, 28))) == (hall.pk, (0, 0, 0), (1, 0, 0))
    assert entry(act="session.changed").details == {
        "ensemble": cast.strings.pk,
        "day": "2027-03-28",
        "fields": ["day", "starts_at", "ends_at", "venue"],
        "from": "2027-03-26",
    }


def test_a_cover_tutor_is_given_to_one_session_and_taken_off(cast, session):
    lena = programmes.tutor(cast.liverpool, "Lena Hart")
    other = programmes.session(cast.strings, day=date(2027, 4, 2))
    assert change(cast, session, tutor=lena) == ["tutor"]
    assert (as_it_is(session)["tutor_id"], as_it_is(other)["tutor_id"]) == (lena.pk, None)
    assert change(cast, session, tutor=None) == ["tutor"]
    assert as_it_is(session)["tutor_id"] is None


def test_nothing_changed_leaves_no_entry(cast, session):
    assert (change(cast, session), trail()) == ([], [])


def test_a_change_that_cannot_be_is_refused_and_leaves_it_as_it_was(cast, session):
    cast.strings.ends_on = date(2027, 6, 30)
    cast.strings.save()
    programmes.session(cast.strings, day=date(2027, 4, 2))
    taken = programmes.session(cast.strings, day=date(2027, 4, 9))
    cancelled(taken)
    lena, hall = programmes.tutor(cast.leeds, "Lena Hart"), programmes.venue(cast.leeds, cast.kirkfold)
    before = as_it_is(session)
    for wrong, error, words in (
        ({"day": date(2027, 7, 1)}, OutsideEnsembleError, "plays until 30 June 2027"),
        ({"ends_at": time(10, 0)}, TimesOutOfOrderError, "start at 10:15 and end at 10:00"),
        ({"day": date(2027, 4, 2)}, EnsembleBusyError, "a session on 2 April 2027 from 10:15"),
        ({"day": date(2027, 4, 9)}, EnsembleBusyError, "a cancelled session on 9 April 2027.*bring that one back"),
        ({"tutor": lena}, ForeignSessionError, "of another hub"),
        ({"venue": hall}, ForeignSessionError, "of another hub"),
    ):
        with pytest.raises(error, match=words):
            change(cast, Session.objects.get(pk=session.pk), **wrong)
        assert (as_it_is(session), trail()) == (before, [])


def test_a_cancelled_session_is_not_moved(cast, session):
    cancelled(session)
    before = as_it_is(session)
    with pytest.raises(acts.CancelledNowError, match="on 26 March 2027 is cancelled"):
        change(cast, session, day=date(2027, 3, 29))
    assert (as_it_is(session), trail()) == (before, [])


def test_drop_takes_a_session_out_and_twice_is_once(cast, session):
    for _ in range(2):
        acts.drop(session=session, by=cast.ruth)
    assert (Session.objects.filter(pk=session.pk).exists(), counts()) == (False, (0, 0, 0))
    event = entry(act="session.dropped")
    assert (event.subject_id, event.details) == (
        cast.strings.pk,
        {"session": session.pk, "day": "2027-03-26", "was_cancelled": False},
    )


def test_a_session_with_a_register_is_never_cancelled_moved_or_dropped(cast, held):
    before = as_it_is(held)
    for done, act in (
        ("cancelled", lambda: acts.cancel(session=held, reason=Reason.OTHER, by=cast.ruth)),
        ("changed", lambda: change(cast, held, starts_at=time(9, 0))),
        ("dropped", lambda: acts.drop(session=held, by=cast.ruth)),
    ):
        with pytest.raises(acts.SessionHeldError, match=f"has a register: it was held, and cannot be {done}"):
            act()
        assert (as_it_is(held), trail()) == (before, [])


def test_a_register_taken_meanwhile_is_seen(cast):
    seen_before = Session.objects.get(pk=cast.session.pk)
    with scoped(cast.liverpool_scope):
        marks = {child.pk: Mark.PRESENT for child in cast.children}
        attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.priya)
    with pytest.raises(acts.SessionHeldError):
        acts.drop(session=seen_before, by=cast.ruth)
    assert Session.objects.filter(pk=seen_before.pk).exists()


def test_a_session_dropped_meanwhile_is_said(cast, session):
    programmes.forget(Session.objects.filter(pk=session.pk))
    for act in (
        lambda: acts.cancel(session=session, reason=Reason.OTHER, by=cast.ruth),
        lambda: acts.bring_back(session=session, by=cast.ruth),
        lambda: change(cast, session, starts_at=time(9, 0)),
    ):
        with pytest.raises(acts.SessionGoneError, match="Add it again if it is to be held"):
            act()
    assert trail() == []


def test_a_closed_hub_keeps_its_timetable(cast, session):
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    before = as_it_is(session)
    for act in (
        lambda: acts.cancel(session=session, reason=Reason.OTHER, by=cast.ruth),
        lambda: change(cast, session, starts_at=time(9, 0)),
        lambda: acts.drop(session=session, by=cast.ruth),
    ):
        with pytest.raises(DatabaseError, match="Liverpool is closed since"), transaction.atomic():
            act()
        assert as_it_is(session) == before


def joined(session):
    return set(session.joinings.values_list("ensemble__name", flat=True))


def test_change_says_who_joins_and_nothing_else_of_the_session_moves(cast, session):
    choir = programmes.ensemble(cast.liverpool, "Choir")
    assert change(cast, session, joined_by=(cast.brass, choir)) == ["joined_by"]
    assert joined(session) == {"Year 5 Brass", "Choir"}
    assert entry(act="session.changed").details["fields"] == ["joined_by"]
    # the host joins no session of its own, and the same again is no change
    assert change(cast, session, joined_by=(choir, cast.brass, cast.strings)) == []
    assert change(cast, session, joined_by=(choir,), starts_at=time(10, 0)) == ["starts_at", "joined_by"]
    assert joined(session) == {"Choir"}
    assert change(cast, session) == ["starts_at", "joined_by"]
    assert joined(session) == set()


def test_who_plays_elsewhere_then_cannot_join_nor_be_called_away(cast, session):
    elsewhere = programmes.session(cast.brass, day=DAY, starts_at=time(10, 30), ends_at=time(11, 30))
    with pytest.raises(EnsembleBusyError, match="Year 5 Brass has a session"):
        change(cast, session, joined_by=(cast.brass,))
    assert joined(session) == set()
    acts.cancel(session=elsewhere, reason=Reason.OTHER, by=cast.ruth)
    change(cast, session, joined_by=(cast.brass,))
    with pytest.raises(EnsembleBusyError, match="Year 5 Brass has a session"):
        acts.bring_back(session=elsewhere, by=cast.ruth)


def test_who_joins_is_of_the_hub_and_plays_then(cast, session):
    with pytest.raises(ForeignSessionError):
        change(cast, session, joined_by=(cast.leeds_strings,))
    late = programmes.ensemble(cast.liverpool, "Choir")
    type(late).objects.filter(pk=late.pk).update(starts_on=date(2027, 3, 27))
    late.refresh_from_db()
    with pytest.raises(OutsideEnsembleError, match="Choir begins on"):
        change(cast, session, joined_by=(late,))
    assert joined(session) == set()


def test_a_joint_session_is_dropped_whole(cast):
    session = programmes.session(cast.strings, day=DAY, joined_by=[cast.brass])
    with scoped(cast.liverpool_scope):
        acts.drop(session=session, by=cast.ruth)
    assert not Session.objects.filter(pk=session.pk).exists()


def test_an_ensemble_does_not_end_before_a_session_it_joins(cast):
    programmes.session(cast.strings, day=DAY, joined_by=[cast.brass])
    with pytest.raises(SessionAfterError, match="Year 5 Brass has 1 session after that day"):
        require_endable(cast.brass, date(2027, 3, 25))
    require_endable(cast.brass, DAY)
