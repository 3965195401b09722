"""The night's task: a door, due at half past three in London."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage

from inharmony.audit.tasks import keep_digests
from inharmony.celery import app
from tests.inharmony.audit.actions.test_digest import DAY, TODAY, worker

__all__ = ["worker"]


def test_it_writes_the_days_that_are_over(worker):
    keep_digests()
    assert sorted(default_storage.listdir("trail")[1]) == [f"{TODAY - 2 * DAY}.json", f"{TODAY - DAY}.json"]


def test_it_is_due_at_half_past_three_in_london_in_summer_too(settings):
    beat = settings.CELERY_BEAT_SCHEDULE["keep-digests"]
    assert (beat["task"], app.conf.timezone) == (keep_digests.name, "Europe/London")
    schedule = beat["schedule"]
    assert (schedule.hour, schedule.minute) == ({3}, {30})
    london = ZoneInfo("Europe/London")
    assert datetime(2026, 7, 1, 3, 30, tzinfo=london).utcoffset().total_seconds() == 3600
