"""Files that no report has are destroyed; those that one has, and those that are just written, stay."""

import os
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from evaluation.actions.shelf_keeping import SETTLES, destroy_strays
from evaluation.reports import shelf as kept
from tests import object_store
from tests.databases import connected_as
from tests.evaluation.conftest import ask_of_2026, finished


def written(name, ago):
    """Writes a file as it was left some time ago."""
    place = Path(default_storage.path(name))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"%PDF")
    at = (timezone.now() - ago).timestamp()
    os.utime(place, (at, at))


def test_what_a_killed_worker_left_goes_and_what_reports_have_stays(signed, fresh_database):
    job = finished(ask_of_2026(signed))
    long_ago, just_now = SETTLES + timedelta(minutes=1), SETTLES - timedelta(minutes=1)
    written(job.file_name, long_ago)
    written("reports/whole.pdf", long_ago)
    written("reports/half.part", long_ago)
    written("reports/handed-over-soon.pdf", just_now)
    with connected_as("worker", fresh_database):
        assert [destroy_strays(), destroy_strays()] == [2, 0]
    assert kept.is_there(job.file_name)
    assert kept.is_there("reports/handed-over-soon.pdf")
    assert not any(map(kept.is_there, ("reports/whole.pdf", "reports/half.part")))


def test_where_nothing_was_ever_kept_nothing_is_destroyed(db, shelf):
    assert destroy_strays() == 0


def test_strays_go_from_a_store_without_folders_too(db, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {"default": object_store.at(tmp_path)}
    name = kept.put(b"%PDF")
    # its clock is the real one, which is later than the test's
    assert (destroy_strays(), kept.is_there(name)) == (0, True)
    assert destroy_strays(settles=timedelta(days=-36500)) == 1
    assert list(tmp_path.iterdir()) == []
