"""Reports in which stands what may not be shown any more: their files are destroyed, and issued ones withdrawn."""

import logging

from celery.exceptions import SoftTimeLimitExceeded

from evaluation.actions import issue, report
from evaluation.models import ReportJob
from inharmony.access.scope import scope_of, scoped
from outcomes.queries.story import no_longer_shown

log = logging.getLogger(__name__)

GONE = "Something in it may not be shown any more: whoever said it, or a family, took it back. Its file is destroyed."


def take_off(*, job: ReportJob) -> bool:
    """
    Destroys the file of a report in which something may not be shown any more, and returns whether it did.

    An issued one is withdrawn, and a successor without it is issued where nothing else in it moved.
    """
    if job.state != ReportJob.State.DONE or not no_longer_shown(job.shows):
        return False
    issued = job.under_number
    if issued is None:
        report.destroy_draft(job=job, because=f"{GONE} Ask for it again: it is made without.")
        return True
    if issued.is_withdrawn:
        return False
    withdrawn = issue.withdraw_report(issued=issued, because=GONE, by=None)
    try:
        with scoped(scope_of(withdrawn.issued_by)):
            issue.succeed(withdrawn=withdrawn)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        # it is withdrawn, which is what matters: who issued it may issue another
        log.exception("%s was withdrawn, and its successor could not be issued", withdrawn)
    return True


def take_off_all() -> int:
    """Looks at every finished report in which something stands by consent; returns how many files were destroyed."""
    jobs = ReportJob.objects.filter(state=ReportJob.State.DONE, issued__withdrawn_at__isnull=True).exclude(shows=[])
    found = list(jobs.select_related("programme", "school", "academic_year", "issued__academic_year"))
    gone = no_longer_shown(mark for job in found for mark in job.shows)
    return sum(take_off(job=job) for job in found if gone.intersection(job.shows))
