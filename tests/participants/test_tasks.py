"""The doors for the workers."""

from inharmony.access.scope import scoped
from inharmony.celery import app
from participants.models import HubMove
from participants.tasks import find_hub_moves
from tests import databases
from tests.participants.actions.test_hub_move import hubs

__all__ = ["hubs"]


def test_it_asks_the_hubs(hubs, fresh_database):
    with databases.connected_as("worker", fresh_database):
        find_hub_moves()
    with scoped(hubs.both):
        assert HubMove.objects.get().child == hubs.wren


def test_it_is_due_in_the_night(settings):
    beat = settings.CELERY_BEAT_SCHEDULE["find-hub-moves"]
    assert beat["task"] == find_hub_moves.name
    assert find_hub_moves.name in app.tasks
    assert (beat["schedule"].hour, beat["schedule"].minute) == ({4}, {10})
