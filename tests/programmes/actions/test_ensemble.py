"""Ensembles made, changed and ended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from programmes.actions import ensemble as acts
from programmes.models import Ensemble, Session
from tests.factories import programmes
from tests.factories.schools import LONG_AGO
from tests.trail import entries, entry

TODAY = timezone.localdate()


def group(cast, **fields):
    """An ensemble of Liverpool, not written yet."""
    fields = {"name": "Flutes", "kind": "woodwind", "starts_on": date(2026, 9, 1), "instruments": ["flute"]} | fields
    return Ensemble(programme=cast.liverpool, **fields)


def leader(cast):
    return cast.strings.tutors.get()


def test_make_begins_an_ensemble_with_who_leads_it_and_writes_one_entry(cast):
    made = acts.make(ensemble=group(cast, school=cast.saltwharf), tutors=[leader(cast)], by=cast.ruth)
    found = Ensemble.objects.get(name="Flutes")
    assert (found.pk, found.school, found.instruments, list(found.tutors.all())) == (
        made.pk,
        cast.saltwharf,
        ["flute"],
        [leader(cast)],
    )
    event = entry(act="ensemble.made")
    assert (event.subject_id, event.programme_id, event.details) == (
        made.pk,
        cast.liverpool.pk,
        {"tutors": [leader(cast).pk]},
    )


def test_make_refuses_somebody_who_leads_next_door_and_leaves_nothing(cast):
    foreign = programmes.tutor(cast.leeds, "Lena Hart")
    with pytest.raises(acts.ForeignTutorError, match="of another hub"):
        acts.make(ensemble=group(cast), tutors=[leader(cast), foreign], by=cast.ruth)
    assert not Ensemble.objects.filter(name="Flutes").exists()
    assert entries(act="ensemble.made") == []


def test_the_database_knows_the_instruments(cast):
    with pytest.raises(IntegrityError, match="known_instruments"), transaction.atomic():
        group(cast, instruments=["kazoo"]).save()


def test_change_writes_what_changed_and_who_leads_now(cast):
    lena = programmes.tutor(cast.liverpool, "Lena Hart")
    cast.strings.name, cast.strings.capacity = "Year 4 Violins", 30
    changed = acts.change(ensemble=cast.strings, tutors=[lena], by=cast.ruth)
    found = Ensemble.objects.get(pk=cast.strings.pk)
    assert (changed, found.name, found.capacity) == (["name", "capacity", "tutors"], "Year 4 Violins", 30)
    priya = cast.brass.programme.tutors.get(user=cast.priya)
    assert (list(found.tutors.all()), entry(act="ensemble.changed").details) == (
        [lena],
        {"fields": ["name", "capacity", "tutors"], "added": [lena.pk], "removed": [priya.pk]},
    )
    # the ensembles that Priya led are hers no more
    assert not Ensemble.objects.visible_to(type(cast.priya).objects.get(pk=cast.priya.pk)).exists()


def test_change_of_nothing_leaves_no_entry(cast):
    assert acts.change(ensemble=cast.strings, tutors=[leader(cast)], by=cast.ruth) == []
    assert entries(act="ensemble.changed") == []


def test_change_refuses_a_first_day_after_a_session(cast):
    cast.strings.starts_on = cast.session.day + timedelta(days=1)
    with pytest.raises(acts.SessionBeforeError, match="Its first day cannot be after that"):
        acts.change(ensemble=cast.strings, tutors=[leader(cast)], by=cast.ruth)
    assert Ensemble.objects.get(pk=cast.strings.pk).starts_on == LONG_AGO
    cast.strings.starts_on = cast.session.day
    assert acts.change(ensemble=cast.strings, tutors=[leader(cast)], by=cast.ruth) == ["starts_on"]


def test_end_gives_a_last_day_once_and_reopen_takes_it_away(cast):
    ended = acts.end(ensemble=cast.brass, on=TODAY, by=cast.ruth)
    assert (ended.ends_on, entry(act="ensemble.ended").details) == (TODAY, {"ends_on": TODAY.isoformat()})
    with pytest.raises(acts.EndedBeforeError, match="already"):
        acts.end(ensemble=cast.brass, on=TODAY, by=cast.ruth)
    assert acts.reopen(ensemble=cast.brass, by=cast.ruth).ends_on is None
    assert entry(act="ensemble.reopened").subject_id == cast.brass.pk


def test_end_refuses_a_day_before_the_first(cast):
    with pytest.raises(acts.EndedBeforeError, match="begins on 1 September 2020: it cannot end before"):
        acts.end(ensemble=cast.brass, on=LONG_AGO - timedelta(days=1), by=cast.ruth)
    assert Ensemble.objects.get(pk=cast.brass.pk).ends_on is None


def held(cast, *, day):
    made = programmes.session(cast.brass, day=day)
    taken = {"register_taken_at": timezone.now(), "register_taken_by": cast.ruth, "register_version": 1}
    Session.objects.filter(pk=made.pk).update(**taken)
    return made


def test_end_refuses_registers_after_the_day_and_says_the_last(cast):
    for day in (date(2026, 11, 3), date(2026, 11, 10)):
        held(cast, day=day)
    with pytest.raises(acts.RegisterAfterError, match="has 2 registers after that day, the last of 10 November 2026"):
        acts.end(ensemble=cast.brass, on=date(2026, 11, 2), by=cast.ruth)
    with pytest.raises(acts.RegisterAfterError, match="has 1 register after that day"):
        acts.end(ensemble=cast.brass, on=date(2026, 11, 3), by=cast.ruth)
    assert entries(act="ensemble.ended") == []
    acts.end(ensemble=cast.brass, on=date(2026, 11, 10), by=cast.ruth)


def test_end_refuses_sessions_to_come_says_how_many_and_passes_over_cancelled_ones(cast):
    coming = [programmes.session(cast.brass, day=date(2026, 12, day)) for day in (1, 8)]
    with pytest.raises(acts.SessionAfterError, match="has 2 sessions after that day, the first on 1 December 2026"):
        acts.end(ensemble=cast.brass, on=date(2026, 11, 30), by=cast.ruth)
    for session in coming:
        session.cancelled_at, session.cancel_reason = timezone.now(), Session.CancelReason.OTHER
        session.save()
    assert acts.end(ensemble=cast.brass, on=date(2026, 11, 30), by=cast.ruth).ends_on == date(2026, 11, 30)
