"""Reports in which stands what was taken back: their files are destroyed, and issued ones withdrawn."""

import logging
from collections.abc import Callable
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded

from evaluation.actions import issue, report
from evaluation.models import IssuedReport, ReportJob
from evaluation.queries.shown import not_shown, taken_back
from inharmony.access.scope import Scope, scoped
from programmes.models import Programme

log = logging.getLogger(__name__)

GONE = "Something in it is not shown any more. Its file is destroyed."


def take_off(*, job: ReportJob) -> bool:
    """
    Destroys the file of a report in which stands what was taken back, and returns whether it did.

    An issued one is withdrawn; its successor is issued by `take_off_all`. In a scope of the report's hub, or in none.
    """
    if job.state != ReportJob.State.DONE or not job.shows:
        return False
    issued = job.under_number
    if issued is None:
        if not not_shown(job.shows):
            return False
        report.destroy_draft(job=job, because=f"{GONE} Ask for it again: it is made without.")
        return True
    if issued.is_withdrawn or not _taken_back(job):
        return False
    issue.withdraw_report(issued=issued, because=GONE, by=None)
    return True


def _taken_back(job: ReportJob) -> set[str]:
    # people of any hub speak in the country's report, and what is gone from it no longer says of which
    return taken_back(job.shows) if job.programme_id is not None else _taken_back_anywhere(not_shown(job.shows))


def _taken_back_anywhere(gone: set[str]) -> set[str]:
    if not gone:
        return gone
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        return taken_back(gone)


def take_off_all() -> int:
    """
    Looks at every finished report in which something stands by consent; returns how many files were destroyed.

    Then sees to it that what was to be destroyed is gone, and issues the successors. What goes wrong with one is
    logged, keeps no other back, and is tried again the next time.
    """
    jobs = ReportJob.objects.filter(state=ReportJob.State.DONE, issued__withdrawn_at__isnull=True).exclude(shows=[])
    found = list(jobs.select_related("programme", "school", "academic_year", "issued__academic_year"))
    gone = not_shown(mark for job in found for mark in job.shows)
    # once for all of them: as years go by, most of what is gone from issued reports was destroyed on its date
    back = _taken_back_anywhere(gone)
    suspects = [job for job in found if (gone if job.under_number is None else back).intersection(job.shows)]
    taken = sum(bool(_guarded(partial(_in_its_hub, job))) for job in suspects)
    _guarded(report.clear_destroyed)
    open_ones = IssuedReport.objects.filter(withdrawn_at__isnull=False, settled_at__isnull=True)
    for withdrawn in open_ones.select_related("job__programme", "job__school", "job__academic_year", "academic_year"):
        _guarded(partial(issue.settle, withdrawn=withdrawn))
    return taken


def _in_its_hub(job: ReportJob) -> bool:
    with scoped(Scope(frozenset({job.programme_id} if job.programme_id else ()))):
        return take_off(job=job)


def _guarded(act: Callable[[], object]) -> object:
    try:
        return act()
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("Something taken back could not be dealt with; it is tried again.")
        return None
