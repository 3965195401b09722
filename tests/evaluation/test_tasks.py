"""The workers' doors: their names, and that a message carries an id and nothing else."""

import subprocess
import sys

from celery import current_app
from django.conf import settings

from evaluation.actions.report import MAKE_REPORT
from evaluation.tasks import dispatch_reports, load_what_prints, make_report
from inharmony.broker import tell
from inharmony.celery import app
from tests import machinery


def test_the_names_messages_are_sent_by_are_those_of_the_tasks():
    assert make_report.name == MAKE_REPORT
    assert {MAKE_REPORT, dispatch_reports.name} <= set(app.tasks)


def test_every_beat_names_a_task_that_exists():
    app.loader.import_default_modules()
    assert {beat["task"] for beat in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)


def test_what_looks_after_reports_is_taken_before_all_reports_that_wait(queue):
    for job_id in (1, 2, 3):
        assert tell(MAKE_REPORT, job_id=job_id)
    dispatch_reports.delay()
    assert [task for task, _ in queue()] == [dispatch_reports.name, *[MAKE_REPORT] * 3]


def test_loading_the_tasks_loads_no_pdf_machinery():
    code = (
        "import django; django.setup(); import evaluation.tasks, evaluation.urls, sys; "
        "print(sorted({'weasyprint', 'vl_convert', 'openpyxl', 'scipy'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_a_worker_loads_what_prints_before_it_forks_and_leaves_it_shared():
    # as Celery does: the worker begins, then its processes are made
    code = (
        "import django; django.setup(); import gc, sys, evaluation.tasks; from celery import signals; "
        "signals.worker_init.send(sender=None); signals.worker_before_create_process.send(sender=None); "
        "print('weasyprint' in sys.modules, gc.get_freeze_count() > 100_000)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "True True"


def test_a_worker_without_the_libraries_that_print_begins_all_the_same():
    with machinery.without_pango():
        load_what_prints()
