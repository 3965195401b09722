"""Doors for the workers: ids in, one act each."""

from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.signals import worker_init


@worker_init.connect
def load_what_prints(**_: Any) -> None:
    """Loads the PDF machinery before the worker forks: its processes share it, and no report waits for it."""
    from evaluation.actions import printing  # noqa: F401 - loading it is the point
    from inharmony import pdf

    # a worker that lacks the libraries does everything else: each report says what is missing
    with suppress(pdf.PdfLibrariesMissingError):
        pdf.load()


@shared_task(name="evaluation.dispatch_reports", soft_time_limit=50, time_limit=60)
def dispatch_reports() -> None:
    """
    Sends reports that wait in the database to the workers, destroys files in which stands what was taken back, and
    writes to who was not told; harmless to deliver twice, and at once.
    """
    # inside: loading this module must not load what the act needs
    from evaluation.actions.dispatch import dispatch

    dispatch()


@shared_task(name="evaluation.destroy_stray_files", time_limit=600)
def destroy_stray_files() -> None:
    """Destroys files that no report has; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from evaluation.actions.shelf_keeping import destroy_strays

    destroy_strays()


@shared_task(name="evaluation.draft_due_reports", soft_time_limit=1740, time_limit=1800)
def draft_due_reports() -> None:
    """Asks for the drafts of each programme whose term is over, and of the country; harmless to deliver twice."""
    # inside: loading this module must not load what the act needs
    from evaluation.actions.report_due import draft_due

    draft_due()


@shared_task(name="evaluation.cut_due_releases", soft_time_limit=1740, time_limit=1800)
def cut_due_releases() -> None:
    """Cuts the release of each period that is over and has none; harmless to deliver twice."""
    # inside: only a worker that cuts a release loads the solver
    from evaluation.actions.release_due import cut_due

    cut_due()


@shared_task(name="evaluation.make_report")
def make_report(*, job_id: int) -> None:
    """Makes one report; harmless to deliver twice."""
    # inside: only a worker that makes a report loads the PDF machinery
    from evaluation.actions.printing import make_report as make

    make(job_id=job_id)
