"""What runs by itself at night is found by the workers."""

from inharmony.celery import app
from inharmony.schedule import CELERY_BEAT_SCHEDULE
from outcomes.actions.wave import TAKE_NAMES_OFF
from outcomes.tasks import close_waves, take_names_off


def test_waves_are_closed_every_night_in_london():
    nightly = CELERY_BEAT_SCHEDULE["close-waves"]
    assert (nightly["task"], nightly["schedule"].hour, nightly["schedule"].minute) == (close_waves.name, {0}, {20})
    assert app.conf.timezone == "Europe/London"


def test_what_closing_tells_the_workers_is_a_task_of_theirs():
    assert take_names_off.name == TAKE_NAMES_OFF
