"""What runs by itself is found by the workers and does its act."""

from datetime import timedelta

from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.celery import app
from inharmony.schedule import CELERY_BEAT_SCHEDULE
from participants.models import ListCheck
from participants.tasks import forget_list_checks
from tests.participants.list_checks import asked


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
