"""Absences known beforehand: written down for many at once, taken back, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import known_absence
from participants.models import KnownAbsence
from participants.models.attendance import Mark
from tests.trail import entries, entry, history

TRIP, AWAY = KnownAbsence.Reason.TRIP, KnownAbsence.Reason.AWAY


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture(autouse=True)
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield


def note(cast, children, today, days=2, reason=AWAY, by=None):
    return known_absence.note_absences(
        children=children, starts_on=today, ends_on=today + timedelta(days=days), reason=reason, by=by or cast.priya
    )


def test_note_absences_writes_one_a_child_and_names_them_in_the_trail(cast, today):
    made = note(cast, cast.children, today, reason=TRIP)
    assert [(each.child_id, each.mark) for each in made] == [(child.pk, Mark.EXCUSED) for child in cast.children]
    told = entry(act="absence.noted")
    assert (told.actor_id, told.programme_id, len(told.children)) == (cast.priya.pk, cast.liverpool.pk, 3)
    assert told.details == {"starts_on": f"{today}", "ends_on": f"{today + timedelta(days=2)}"}


def test_what_is_known_already_is_not_written_twice(cast, today):
    note(cast, cast.children[:1], today)
    assert [each.child_id for each in note(cast, cast.children, today)] == [c.pk for c in cast.children[1:]]
    assert (note(cast, cast.children, today), len(entries(act="absence.noted"))) == ([], 2)


@pytest.mark.parametrize(
    ("days", "refusal", "words"),
    [
        (-1, known_absence.AbsenceBackwardsError, "Write the last day of the absence."),
        (93, known_absence.AbsenceTooLongError, "three months at most"),
    ],
)
def test_note_absences_refuses_days_that_cannot_be_and_leaves_nothing(cast, today, days, refusal, words):
    with pytest.raises(refusal, match=words) as refused:
        note(cast, cast.children, today, days=days)
    assert (refused.value.about, KnownAbsence.objects.count(), entries(act="absence.noted")) == ("ends_on", 0, [])


def test_take_back_absences_leaves_who_and_a_history(cast, today):
    made = note(cast, cast.children[:2], today)
    known_absence.take_back_absences(absences=made[:1], by=cast.ruth)
    gone, stays = KnownAbsence.objects.order_by("pk")
    assert (gone.taken_back_by, stays.taken_back_by) == (cast.ruth, None)
    assert entry(act="absence.taken_back").children == [gone.child_id]
    assert history() == [("KnownAbsence", "update", gone.child_id, ["taken_back_by"])]


def test_taken_back_twice_is_taken_back_once(cast, today):
    made = note(cast, cast.children[:1], today)
    for by in (cast.ruth, cast.priya):
        known_absence.take_back_absences(absences=made, by=by)
    assert KnownAbsence.objects.get().taken_back_by == cast.ruth
    assert len(entries(act="absence.taken_back")) == 1


def test_what_was_taken_back_can_be_noted_again(cast, today):
    known_absence.take_back_absences(absences=note(cast, cast.children[:1], today), by=cast.ruth)
    assert len(note(cast, cast.children[:1], today)) == 1


@pytest.mark.parametrize("reason", KnownAbsence.Reason)
def test_only_what_the_school_does_is_excused(reason):
    is_of_school = reason in {KnownAbsence.Reason.TRIP, KnownAbsence.Reason.EVENT}
    assert KnownAbsence(reason=reason).mark == (Mark.EXCUSED if is_of_school else Mark.REASON_KNOWN)


def test_no_absence_can_point_into_another_hub(cast, today):
    (made,) = note(cast, cast.children[:1], today)
    with scoped(cast.both), pytest.raises(IntegrityError), transaction.atomic():
        KnownAbsence.objects.filter(pk=made.pk).update(programme=cast.leeds)
