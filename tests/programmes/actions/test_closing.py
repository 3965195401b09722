"""Closing a hub, and opening it again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inharmony.accounts.queries.role import is_running
from inharmony.pages import public
from programmes.actions import closing as acts
from programmes.models import Closing, Programme
from tests.trail import entries, entry


@pytest.fixture
def today():
    return timezone.localdate()


def is_open(programme, day):
    return Programme.objects.open_on(day).filter(pk=programme.pk).exists()


def refused(refusal, words, act, **named):
    before = (list(Closing.objects.values()), len(entries()))
    with pytest.raises(refusal, match=words):
        act(**named)
    assert (list(Closing.objects.values()), len(entries())) == before


def test_close_shuts_from_its_day_on_and_is_in_the_trail_of_the_hub(cast, today):
    made = acts.close(programme=cast.liverpool, on=today + timedelta(days=2), by=cast.olu)
    days = [today + timedelta(days=n) for n in (0, 1, 2, 500)]
    assert [is_open(cast.liverpool, day) for day in days] == [True, True, False, False]
    assert [is_open(cast.leeds, day) for day in days] == [True] * 4
    event = entry(act="hub.closed")
    assert (event.actor_id, event.programme_id, event.subject_id) == (cast.olu.pk, cast.liverpool.pk, made.pk)
    assert event.details == {"closed_on": (today + timedelta(days=2)).isoformat()}


def test_reopen_opens_from_today_and_is_in_the_trail(cast, today):
    acts.close(programme=cast.liverpool, on=today, by=cast.olu)
    assert (is_open(cast.liverpool, today), is_running(cast.liverpool.pk)) == (False, False)
    done = acts.reopen(programme=cast.liverpool, by=cast.olu)
    assert (is_open(cast.liverpool, today), is_running(cast.liverpool.pk)) == (True, True)
    assert (done.reopened_on, done.reopened_by) == (today, cast.olu)
    assert entry(act="hub.reopened").programme_id == cast.liverpool.pk


def test_reopen_takes_back_a_closing_that_is_to_come(cast, today):
    later = today + timedelta(days=30)
    acts.close(programme=cast.liverpool, on=later, by=cast.olu)
    acts.reopen(programme=cast.liverpool, by=cast.olu)
    assert is_open(cast.liverpool, later)
    assert acts.close(programme=cast.liverpool, on=today, by=cast.olu).pk


def test_close_refuses_the_past_and_a_second_closing(cast, today):
    yesterday = today - timedelta(days=1)
    refused(
        acts.PastDayError, "today or on a later day", acts.close, programme=cast.liverpool, on=yesterday, by=cast.olu
    )
    acts.close(programme=cast.liverpool, on=today + timedelta(days=30), by=cast.olu)
    refused(
        acts.ClosedAlreadyError, "For another day, open it", acts.close, programme=cast.liverpool, on=today, by=cast.olu
    )
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        Closing.objects.create(programme=cast.liverpool, closed_on=today, closed_by=cast.olu)


def test_reopen_refuses_a_hub_that_is_open(cast):
    refused(acts.NotClosedError, "Liverpool is open", acts.reopen, programme=cast.liverpool, by=cast.olu)


def test_public_pages_are_made_anew_when_a_hub_closes_and_opens(cast, today, django_capture_on_commit_callbacks):
    for act, more in ((acts.close, {"on": today}), (acts.reopen, {})):
        before = public._edition()
        with django_capture_on_commit_callbacks(execute=True):
            act(programme=cast.liverpool, by=cast.olu, **more)
        assert public._edition() != before
