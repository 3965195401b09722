"""The workers' doors: their names, and that a message carries an id and nothing else."""

import subprocess
import sys

from celery import current_app
from django.conf import settings

from evaluation.actions.report import MAKE_REPORT
from evaluation.tasks import dispatch_reports, make_report
from inharmony.broker import tell
from inharmony.celery import app


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
