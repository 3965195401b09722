"""What runs by itself is found by the workers and does its act."""

from datetime import UTC, datetime, timedelta

import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.accounts.tasks import disable_unused_accounts, forget_ended_sessions
from inharmony.celery import app
from inharmony.schedule import CELERY_BEAT_SCHEDULE
from tests.clients import SignedInClient


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


def test_sessions_that_ran_out_are_forgotten_with_where_they_came_from(client, cast):
    with time_machine.travel(timezone.now() - settings.SESSION_ABSOLUTE - timedelta(minutes=1)):
        SignedInClient(REMOTE_ADDR="203.0.113.9").force_login(cast.priya)
    client.force_login(cast.omar)
    for _ in range(2):
        forget_ended_sessions()
    kept = [client.session.session_key]
    assert list(Session.objects.values_list("session_key", flat=True)) == kept
    assert list(UserSession.objects.values_list("session_key", flat=True)) == kept
