"""What runs by itself is found by the workers and does its act."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.celery import app
from inharmony.schedule import CELERY_BEAT_SCHEDULE
from participants.actions.merge import merge
from participants.models import HubMove, ListCheck, PastRegister
from participants.tasks import destroy_past_registers, find_hub_moves, forget_list_checks, forget_merges
from tests import databases
from tests.participants import sheets
from tests.participants.actions.test_hub_move import hubs
from tests.participants.list_checks import asked
from tests.participants.merging import record

__all__ = ["hubs"]


def test_class_list_checks_are_forgotten_every_night_in_london():
    nightly = CELERY_BEAT_SCHEDULE["forget-list-checks"]
    assert (nightly["task"], nightly["schedule"].hour, nightly["schedule"].minute) == (
        forget_list_checks.name,
        {4},
        {0},
    )
    assert app.conf.timezone == "Europe/London"


def test_it_forgets_what_is_past_its_date_and_is_harmless_twice(cast):
    asked(cast)
    forget_list_checks()
    with scoped(cast.both):
        assert ListCheck.objects.count() == 1
        ListCheck.objects.update(ends_on=timezone.localdate() - timedelta(days=31))
    forget_list_checks()
    forget_list_checks()
    with scoped(cast.both):
        assert ListCheck.objects.count() == 0


def test_it_asks_the_hubs(hubs, fresh_database):
    with databases.connected_as("worker", fresh_database):
        find_hub_moves()
    with scoped(hubs.both):
        assert HubMove.objects.get().child == hubs.wren


def test_it_forgets_what_was_kept_of_records_that_are_one(hubs, fresh_database, time_machine):
    with scoped(hubs.liverpool_scope):
        one, other = record(hubs), record(hubs, forename="Wrenna")
        act = merge(kept=one, gone=other, theirs=(), by=hubs.ruth)
    now = datetime.now(tz=UTC)
    for days, is_kept in ((30, True), (32, False)):
        time_machine.move_to(now + timedelta(days=days), tick=False)
        with databases.connected_as("worker", fresh_database):
            forget_merges()
        with scoped(hubs.liverpool_scope):
            act.refresh_from_db()
            assert (act.images != {}) == is_kept


@pytest.mark.parametrize(
    ("name", "task", "minute"), [("find-hub-moves", find_hub_moves, 10), ("forget-merges", forget_merges, 20)]
)
def test_they_are_due_in_the_night(settings, name, task, minute):
    beat = settings.CELERY_BEAT_SCHEDULE[name]
    assert beat["task"] == task.name
    assert task.name in app.tasks
    assert (beat["schedule"].hour, beat["schedule"].minute) == ({4}, {minute})


def test_sheets_of_past_registers_are_destroyed_every_night_in_london(cast):
    nightly = CELERY_BEAT_SCHEDULE["destroy-past-registers"]
    assert (nightly["task"], nightly["schedule"].hour) == (destroy_past_registers.name, {4})
    rows = [("Name", "14/9", "21/9", "28/9"), ("Amara Adeyemi", "/", "/", "/")]
    with scoped(cast.liverpool_scope):
        old, new = (sheets.keep(cast.ruth, sheets.as_csv(rows), cast.strings, year=2023) for _ in range(2))
        PastRegister.objects.filter(pk=old.pk).update(uploaded_at=timezone.localtime() - timedelta(days=31))
    destroy_past_registers()
    destroy_past_registers()
    with scoped(cast.liverpool_scope):
        assert [each.pk for each in PastRegister.objects.all()] == [new.pk]
