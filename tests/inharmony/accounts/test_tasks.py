"""What runs by itself is found by the workers and does its act."""

from datetime import UTC, datetime

from inharmony.accounts.models import User
from inharmony.accounts.tasks import disable_unused_accounts
from inharmony.celery import app
from inharmony.schedule import CELERY_BEAT_SCHEDULE


def test_every_scheduled_task_is_one_the_workers_know():
    app.loader.import_default_modules()
    assert {each["task"] for each in CELERY_BEAT_SCHEDULE.values()} - set(app.tasks) == set()


def test_unused_accounts_are_looked_at_every_night_in_london():
    nightly = CELERY_BEAT_SCHEDULE["disable-unused-accounts"]["schedule"]
    assert (nightly.hour, nightly.minute, app.conf.timezone) == ({3}, {40}, "Europe/London")


def test_disable_unused_accounts_does_it(cast):
    User.objects.filter(pk=cast.priya.pk).update(joined_at=datetime(2020, 9, 1, tzinfo=UTC))
    disable_unused_accounts()
    disable_unused_accounts()
    assert list(User.objects.filter(is_active=False)) == [cast.priya]
