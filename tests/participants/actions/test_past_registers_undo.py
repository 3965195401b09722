"""Sheets of earlier years taken back: nothing is left of them but what was corrected since, and none outstays its time."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.actions import past_registers as acts
from participants.actions import past_registers_undo as undoing
from participants.actions.past_registers import say_letters
from participants.models import Correction, PastRegister, PastRegisterSheet
from participants.models.attendance import Mark
from programmes.actions import closing
from programmes.models import Session
from tests.factories import programmes
from tests.participants.actions.test_past_registers import DAYS, ROWS, everything, marks, no_drift, staged
from tests.participants.sheets import accept
from tests.trail import entries, entry


@pytest.fixture
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield cast


def test_undoing_restores_every_row_and_every_tally(inside):
    cast = inside
    stood = programmes.session(cast.strings, day=DAYS[1], starts_at=time(9), ends_at=time(10))
    stood.refresh_from_db()
    before = everything()
    kept = accept(cast.ruth, staged(cast))
    assert everything() != before
    done = undoing.undo(past_register=kept, by=cast.ruth)
    assert (len(done.dropped), done.emptied, done.kept) == (2, [stood.pk], [])
    assert everything() == before
    assert no_drift() == 0
    kept.refresh_from_db()
    assert (kept.state, kept.undone_by_id) == ("undone", cast.ruth.pk)
    assert entry(act="past_register.undone").children == sorted(child.pk for child in cast.children)


def test_undone_it_can_be_brought_in_again(inside):
    cast = inside
    undoing.undo(past_register=accept(cast.ruth, staged(cast)), by=cast.ruth)
    accept(cast.ruth, staged(cast))
    assert len(marks(cast)) == 8


def test_what_was_corrected_since_is_left_by_undoing_and_named(inside):
    cast = inside
    kept = accept(cast.ruth, staged(cast))
    first = Session.objects.get(day=DAYS[0])
    now = {child.pk: Mark.PRESENT for child in cast.children}
    attendance.take_register(session=first, marks=now, version=1, by=cast.ruth, reason=Correction.Reason.MISTAKE)
    planned = undoing.plan_undo(kept)
    assert [(each.session_id, each.why) for each in planned.kept] == [(first.pk, "its register was corrected since")]
    undoing.undo(past_register=kept, by=cast.ruth)
    assert set(marks(cast)) == {(DAYS[0], name) for name in ("Amara", "Yusuf", "Ellie")}
    assert no_drift() == 0


def test_undoing_is_possible_for_thirty_days(inside):
    cast = inside
    kept = accept(cast.ruth, staged(cast))
    PastRegister.objects.filter(pk=kept.pk).update(accepted_at=timezone.localtime() - timedelta(days=31))
    with pytest.raises(undoing.UndoRefusedError):
        undoing.undo(past_register=kept, by=cast.ruth)
    assert len(marks(cast)) == 8


def test_what_is_kept_of_old_sheets_is_destroyed_and_what_came_in_stays(inside):
    cast = inside
    old = accept(cast.ruth, staged(cast))
    waiting = staged(cast, [*ROWS, ("Bo Wren", "/")])
    acts.say_rows(past_register=waiting, rows={5: cast.children[0].pk}, by=cast.ruth)
    PastRegister.objects.update(uploaded_at=timezone.localtime() - timedelta(days=31))
    PastRegister.objects.filter(pk=old.pk).update(accepted_at=timezone.localtime() - timedelta(days=30))
    new = staged(cast, [*ROWS, ("Bo Wren", "A")])
    assert undoing.destroy_due() == 1
    assert set(PastRegisterSheet.objects.values_list("past_register", flat=True)) == {old.pk, new.pk}
    assert not PastRegister.objects.filter(pk=waiting.pk).exists()
    with pytest.raises(acts.NotWaitingError):
        say_letters(past_register=waiting, letters={}, times=None, by=cast.ruth)
    # as long as it is there it can be taken back, and the day after its sheet goes
    assert undoing.plan_undo(PastRegister.objects.get(pk=old.pk)).kept == []
    assert undoing.destroy_due(today=timezone.localdate() + timedelta(days=1)) == 1
    old = PastRegister.objects.get(pk=old.pk)
    assert (old.state, old.destroyed_at is None, old.counts["marks"]) == ("accepted", False, 8)
    assert len(entries(act="past_register.destroyed")) == 2
    assert len(marks(cast)) == 8
    assert undoing.destroy_due(today=timezone.localdate() + timedelta(days=1)) == 0


def test_in_a_closed_hub_the_sheet_goes_too(inside):
    cast = inside
    kept = staged(cast)
    closing.close(programme=cast.liverpool, on=timezone.localdate(), by=cast.olu)
    assert undoing.destroy_due(today=timezone.localdate() + timedelta(days=31)) == 1
    assert not PastRegisterSheet.objects.exists()
    assert PastRegister.objects.get() == kept
