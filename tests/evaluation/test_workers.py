"""Several hosts: workers that share a database, a queue and a store of files, and nothing else."""

import hashlib
from collections import Counter
from random import Random

import psycopg
import pytest
from django.conf import settings
from django.urls import reverse

from evaluation.actions import report as reports
from evaluation.models import ReportJob
from evaluation.reports.declaration import Subject
from evaluation.reports.impact import PROGRAMME_IMPACT
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import OutboxMessage
from inharmony.celery import app
from inharmony.servers import ensure
from inharmony.servers.waiting import wait_for
from schools.models import AcademicYear
from tests import databases, workers
from tests.factories import evaluation
from tests.factories.schools import this_year
from tests.object_store import ObjectStore
from tests.trail import entries

HOSTS = ("first.example", "second.example")
PATIENCE = 180


@pytest.fixture(autouse=True)
def _now():
    """Workers are processes of their own: their clock is that of the machine."""


def asked(cast):
    """Returns the jobs of a batch: two reports of two hubs in three years."""
    made = []
    for user, hub in ((cast.joanne, cast.liverpool), (cast.omar, cast.leeds)):
        for report in (PROGRAMME_PARTICIPATION, PROGRAMME_IMPACT):
            for year in range(this_year().year, this_year().year - 3, -1):
                with scoped(scope_of(user)):
                    about, of = Subject(hub), AcademicYear(year=year)
                    made.append(reports.request_report(report=report, about=about, academic_year=of, by=user))
    return made


def test_two_hosts_make_a_batch_each_report_once_and_each_host_some(committed_cast, fresh_database, tmp_path):
    with scoped(committed_cast.both):
        evaluation.register(committed_cast.session, "pla", by=committed_cast.priya)
    store = tmp_path / "store"
    with workers.of_hosts(*HOSTS, database=fresh_database, store=store, folder=tmp_path) as both:
        assert wait_for(lambda: all(worker.is_ready for worker in both), seconds=PATIENCE)
        jobs = asked(committed_cast)
        # each message comes three times, in an order that nobody chose
        again = [job.pk for job in jobs for _ in range(2)]
        Random().shuffle(again)
        for pk in again:
            app.send_task(reports.MAKE_REPORT, kwargs={"job_id": pk})
        assert wait_for(lambda: sum(worker.done() for worker in both) == 3 * len(jobs), seconds=PATIENCE)
        assert not ReportJob.objects.exclude(state="done").exists()
    assert len({job.pk for job in jobs}) == 12
    assert Counter(entry.subject_id for entry in entries(act="report.made")) == Counter(job.pk for job in jobs)
    made = [worker.done(reports.MAKE_REPORT) - worker.said("is done, failed, or in other hands") for worker in both]
    assert sum(made) == len(jobs)
    assert all(made)
    # and one mail of each
    links = [f"{settings.PORTAL_URL}{reverse('evaluation:report-read', args=[job.pk])}\n" for job in jobs]
    bodies = OutboxMessage.objects.filter(subject__startswith="Ready: ").values_list("body", flat=True)
    assert [sum(link in body for body in bodies) for link in links] == [1] * len(jobs)
    assert len(bodies) == len(jobs)
    # the files are in the store that both share, whole, and no other is
    found = {
        name: ObjectStore(store)._open(f"reports/{name}").read() for name in ObjectStore(store).listdir("reports")[1]
    }
    kept = ReportJob.objects.values_list("file_name", "file_hash")
    assert {f"reports/{name}": hashlib.sha256(data).hexdigest() for name, data in found.items()} == dict(kept)


def test_what_two_clocks_send_at_once_is_done_once(committed_cast, fresh_database, tmp_path, gathering):
    once = told(1, committed_cast, fresh_database, tmp_path / "one clock")
    beside = databases.make("fresh", like=gathering.source)
    with databases.connected_as("web", beside):
        twice = told(2, gathering.cast(), beside, tmp_path / "two clocks")
    databases.drop(beside)
    assert once == twice
    assert {name: once[name] for name in ("report.requested", "report.made", "reports kept", "days of the trail")} == {
        "report.requested": 12,
        "report.made": 12,
        "reports kept": 12,
        "days of the trail": 2,
    }


def told(clocks, cast, database, folder):
    """
    Has as many clocks send every beat to two hosts, all at once, and returns what is in the trail and in the store
    afterwards, with how many of each. A batch of reports waits of which nobody was told, and two days of the trail.
    """
    folder.mkdir()
    asked(cast)
    with psycopg.connect(ensure().admin_url(), dbname=database, autocommit=True) as administrator:
        # no trigger stands in the way
        administrator.execute("SET session_replication_role = replica")
        administrator.execute("UPDATE audit_auditevent SET at = at - interval '2 days' WHERE act = 'children.enrolled'")
    store = folder / "store"
    beats = sorted({beat["task"] for beat in settings.CELERY_BEAT_SCHEDULE.values()})
    with workers.of_hosts(*HOSTS, database=database, store=store, folder=folder) as both:
        assert wait_for(lambda: all(worker.is_ready for worker in both), seconds=PATIENCE)
        for beat in beats:
            for _ in range(clocks):
                app.send_task(beat)
        rests = wait_for(
            lambda: (
                all(sum(worker.done(beat) for worker in both) == clocks for beat in beats)
                and not ReportJob.objects.exclude(state="done").exists()
            ),
            seconds=PATIENCE,
        )
        assert rests, [worker.log.read_text()[-3000:] for worker in both]
    files = ObjectStore(store)
    found = Counter(entry.act for entry in entries())
    found["days of the trail"] = len(files.listdir("trail")[1])
    found["reports kept"] = len(files.listdir("reports")[1])
    return found
