"""What runs by itself is found by the workers."""

import subprocess
import sys

from inharmony.celery import app
from inharmony.schedule import CELERY_BEAT_SCHEDULE
from outcomes.actions.comparison import RECKON_DIFFERENCES
from outcomes.actions.wave import TAKE_NAMES_OFF
from outcomes.tasks import close_waves, reckon_differences, take_names_off


def test_waves_are_closed_every_night_in_london():
    nightly = CELERY_BEAT_SCHEDULE["close-waves"]
    assert (nightly["task"], nightly["schedule"].hour, nightly["schedule"].minute) == (close_waves.name, {0}, {20})
    assert app.conf.timezone == "Europe/London"


def test_what_closing_tells_the_workers_is_a_task_of_theirs():
    assert take_names_off.name == TAKE_NAMES_OFF


def test_differences_that_are_due_are_looked_for_every_five_minutes():
    often = CELERY_BEAT_SCHEDULE["reckon-differences"]
    assert (often["task"], often["schedule"]) == (reckon_differences.name, 300)
    # one that nobody took is worth nothing once the next is due
    assert often["options"]["expires"] < often["schedule"]


def test_what_choosing_a_school_tells_the_workers_is_a_task_of_theirs():
    assert reckon_differences.name == RECKON_DIFFERENCES


def test_the_pages_and_tasks_are_loaded_without_what_reckons():
    code = (
        "import django, sys; django.setup();"
        "import outcomes.tasks, outcomes.views.comparison, evaluation.views.hub.impact;"
        "print(sorted({'numpy', 'scipy', 'outcomes.analysis.difference'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
