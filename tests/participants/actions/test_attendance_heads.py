"""Counting heads: the rules of a register, for a session without names."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.models import Correction
from participants.models.attendance import Mark
from participants.validators.headcount import Headcount
from programmes.models import OperationalCount, Session
from tests.factories import programmes
from tests.trail import entries, entry

HEADS, MORE = Headcount(24, 11), Headcount(25, 11)
MISTAKE = Correction.Reason.MISTAKE
SAVES = [UUID(int=number) for number in range(4)]


@pytest.fixture
def family(cast):
    """A family session of today, inside Liverpool's scope."""
    made = programmes.session(
        cast.strings, kind=Session.Kind.FAMILY, is_headcount=True, starts_at="15:00", ends_at="16:30"
    )
    with scoped(cast.liverpool_scope):
        yield made


def count(session, heads=HEADS, version=0, **sent):
    return attendance.count_heads(session=session, heads=heads, version=version, **sent)


def moved(session, days):
    Session.objects.filter(pk=session.pk).update(day=timezone.localdate() - timedelta(days=days))
    session.refresh_from_db()
    return session


def standing(session):
    session.refresh_from_db()
    return session.children_counted, session.adults_counted, session.register_version


def refused(exception, words, session, **sent):
    before, told = standing(session), len(entries())
    with pytest.raises(exception, match=words):
        count(session, **sent)
    assert (standing(session), len(entries())) == (before, told)


def test_count_heads_writes_the_two_numbers_and_who_counted(cast, family):
    taken = count(family, by=cast.priya)
    assert (standing(family), taken.register_taken_by) == ((24, 11, 1), cast.priya)
    told = entry(act="register.counted")
    assert (told.actor_id, told.subject_id, told.children) == (cast.priya.pk, family.pk, [])
    assert told.details == {"children": 24, "adults": 11}


def test_a_session_counted_by_heads_was_held_and_gave_its_hours(cast, family):
    count(family, by=cast.priya)
    counted = OperationalCount.objects.get(programme=cast.liverpool, day=family.day)
    # the session of the cast is planned for the same day, and not held
    assert (counted.planned, counted.held, counted.minutes_held) == (2, 1, 90)


def test_the_same_count_sent_twice_has_one_effect(cast, family):
    for _ in range(2):
        count(family, by=cast.priya)
    assert (standing(family), len(entries(act__startswith="register."))) == ((24, 11, 1), 1)


def test_a_save_sent_again_after_a_later_one_overwrites_nothing(cast, family):
    count(family, by=cast.priya, save=SAVES[0])
    count(family, MORE, version=1, by=cast.ruth, save=SAVES[1])
    count(family, by=cast.priya, save=SAVES[0])
    assert standing(family) == (25, 11, 2)


def test_another_version_than_stands_is_refused(cast, family):
    count(family, by=cast.ruth)
    refused(attendance.RegisterChangedError, "look at both", family, heads=MORE, version=0, by=cast.priya)


def test_a_correction_after_the_day_says_why_and_is_kept(cast, family):
    moved(family, 3)
    count(family, by=cast.priya)
    refused(attendance.CorrectionWithoutReasonError, "why", family, heads=MORE, version=1, by=cast.priya)
    count(family, MORE, version=1, by=cast.priya, reason=MISTAKE)
    (kept,) = Correction.objects.filter(session=family)
    assert (kept.version, kept.by, kept.reason, standing(family)) == (2, cast.priya, "mistake", (25, 11, 2))
    assert entry(act="register.corrected").details == {"children": 25, "adults": 11, "reason": "mistake"}


@pytest.mark.parametrize(("days", "who", "may"), [(14, "priya", True), (15, "priya", False), (200, "ruth", True)])
def test_coordinators_correct_for_fourteen_days_and_who_keeps_the_registers_any(cast, family, days, who, may):
    moved(family, days)
    count(family, by=cast.priya)
    sent = {"heads": MORE, "version": 1, "by": getattr(cast, who), "reason": MISTAKE}
    if may:
        count(family, **sent)
        assert standing(family) == (25, 11, 2)
    else:
        refused(attendance.RegisterLockedError, "could be corrected until", family, **sent)


def test_a_later_day_and_a_cancelled_session_are_refused(cast, family):
    moved(family, -1)
    refused(attendance.SessionNotYetError, "not before", family, by=cast.priya)
    moved(family, 0)
    Session.objects.filter(pk=family.pk).update(cancelled_at=timezone.now(), cancel_reason="other")
    refused(attendance.SessionCancelledError, "cancelled", family, by=cast.priya)


def test_marks_and_heads_do_not_change_places(cast, family):
    refused(attendance.OtherRegisterError, "taken by name", cast.session, by=cast.priya)
    marks = {child.pk: Mark.PRESENT for child in cast.children}
    with pytest.raises(attendance.OtherRegisterError, match="counted by heads, without names"):
        attendance.take_register(session=family, marks=marks, version=0, by=cast.priya)
    assert standing(family) == (None, None, 0)


@pytest.mark.parametrize("heads", [(-1, 0), (0, -1), (1000, 0), (0, 1000)])
def test_a_count_that_no_hall_holds_cannot_be_made(heads):
    with pytest.raises(ValueError, match="0 to 999"):
        Headcount(*heads)


def test_the_database_keeps_heads_to_sessions_that_are_counted(cast, family):
    wrong = [
        ({"kind": "curricular"}, family),
        ({"children_counted": 3, "adults_counted": 1}, family),
        ({"register_taken_at": timezone.now(), "register_taken_by": cast.priya, "register_version": 1}, family),
        ({"is_headcount": True}, cast.session),
    ]
    for change, session in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(**change)
    count(family, by=cast.priya)
    for change in ({"children_counted": None}, {"children_counted": 1000}, {"is_headcount": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=family.pk).update(**change)
