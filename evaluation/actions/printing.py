"""Making a report that was asked for. Kept apart from asking: this is the side that loads the PDF machinery."""

import errno
import gc
import hashlib
import logging

from django.db import connection

from evaluation.actions import report as reports
from evaluation.actions.report import LeaseLostError, Made
from evaluation.actions.report_mail import mail_finished
from evaluation.models import ReportJob
from evaluation.reports import shelf
from evaluation.reports.declaration import DRAFT, NothingToReportError, Report, ShownNoMoreError, Standing
from evaluation.reports.made_of import made_of
from evaluation.reports.photos import read_photos
from evaluation.reports.printing import draw_charts, print_pages, set_pages
from evaluation.reports.progress import declared_of, standing_of, subject_of
from evaluation.reports.registry import UnknownReportError
from inharmony.access.scope import Scope, scope_of, scoped
from inharmony.pdf import PdfLibrariesMissingError, PdfRefusedError

log = logging.getLogger(__name__)


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL = "There is no room to keep the file. It is tried again every minute until there is; the operator can make room."


class NoLongerAllowedError(Exception):
    """Who asked for the report may not have it any more."""


class MovedError(Exception):
    """What was issued cannot be printed any more: it would say something else."""


# trying again would end the same way
HOPELESS = (
    PdfLibrariesMissingError,
    PdfRefusedError,
    NothingToReportError,
    NoLongerAllowedError,
    MovedError,
    UnknownReportError,
)


def make_report(*, job_id: int) -> None:
    """
    Makes the report of a job, if it is still to be made and nobody else is making it.

    Runs with the reach of the person who asked. What goes wrong is written into the job, never raised: the message is
    what the person sees.
    """
    job = reports.take_lease(job_id=job_id)
    if job is None:
        log.info("Report %s is done, failed, or in other hands", job_id)
        return
    try:
        _make(job)
    except ShownNoMoreError as why:
        reports.fail_report(job=job, message=f"{why}. {_what_next(job)}", is_final=False)
    except LeaseLostError:
        log.warning("Report %s was begun again elsewhere; attempt %s is thrown away", job.pk, job.attempt)
    except HOPELESS as why:
        log.warning("Report %s cannot be made: %s", job.pk, why)
        reports.fail_report(job=job, message=str(why), is_final=True)
    except Exception as trouble:
        log.exception("Report %s, attempt %s", job.pk, job.attempt)
        # where the database went away the connection is dead, and the row would wait for its lease to end
        connection.close_if_unusable_or_obsolete()
        if isinstance(trouble, OSError) and trouble.errno in NO_ROOM:
            reports.hand_back(job=job, message=FULL)
        else:
            reports.fail_report(job=job, message=_words(job, trouble), is_final=False)
    finally:
        # its pages point at each other: nothing else would give their memory back before the next report
        gc.collect()


def _make(job: ReportJob) -> None:
    declared = declared_of(job)
    by = job.requested_by
    _require_still_allowed(job, declared)
    with scoped(_scope(job)):
        mark = made_of(declared, subject_of(job), job.academic_year_id, by)
        contents = declared.contents(subject_of(job), job.academic_year_id, by)
    if job.under_number is not None:
        contents = contents.showing_only(job.under_number.shows)
    key = reports.unique_key(declared, subject_of(job), contents)
    standing = _standing(job, key)
    reports.renew_lease(job=job, step=1)
    pictures = {**draw_charts(contents), **read_photos(contents)}
    reports.renew_lease(job=job, step=2)
    pdf = print_pages(contents, set_pages(declared, contents, standing), pictures, standing)
    if pdf.pages > declared.page_budget:
        log.warning("Report %s has %s pages; %s are declared", job.pk, pdf.pages, declared.page_budget)
    reports.renew_lease(job=job, step=3)
    file_name = shelf.put(pdf.data)
    made = Made(file_name, hashlib.sha256(pdf.data).hexdigest(), len(pdf.data), pdf.pages, key, contents.shown, mark)
    try:
        reports.finish_report(job=job, made=made)
    except BaseException:
        _drop_unless_kept(file_name)
        raise
    mail_finished(job_id=job.pk)


def _drop_unless_kept(file_name: str) -> None:
    """Drops a file that was not handed over. Where the answer to a commit was lost, it may have been."""
    connection.close_if_unusable_or_obsolete()
    if not ReportJob.objects.filter(file_name=file_name).exists():
        shelf.drop(file_name)


def _standing(job: ReportJob, key: str) -> Standing:
    """As what it is printed; raises MovedError where it would say something else than the draft that was issued."""
    issued = job.under_number
    if issued is None:
        return DRAFT
    if key != issued.key:
        raise MovedError(
            f"What it says changed between the issuing and the printing: figures, or what stands in it by consent. "
            f"{issued} is not used. Ask for a new draft and issue that."
        )
    return standing_of(issued)


def _scope(job: ReportJob) -> Scope:
    """As far as who asked reaches; where the portal drafts by itself, as far as the report does."""
    if job.requested_by is not None:
        return scope_of(job.requested_by)
    return Scope(frozenset({job.programme_id})) if job.programme_id else Scope(role="national")


def _require_still_allowed(job: ReportJob, declared: Report) -> None:
    # an empty reach would make a report of zeros
    by = job.requested_by
    if by is None:
        return
    if not by.is_active or not by.reach.may(declared.permission, programme_id=job.programme_id):
        raise NoLongerAllowedError(
            f"{by} asked for this report and no longer holds a role that may. Somebody who does can ask for it."
        )


def _what_next(job: ReportJob) -> str:
    return "It is made again by itself." if job.attempt < reports.MOST_ATTEMPTS else "Ask for it again."


def _words(job: ReportJob, trouble: Exception) -> str:
    what = "Something went wrong"
    if job.attempt < reports.MOST_ATTEMPTS:
        return f"{what} ({type(trouble).__name__}). It will be tried again by itself."
    return (
        f"{what} ({type(trouble).__name__}), {job.attempt} times. Ask for it again; if that fails too, tell the "
        f"operator: report {job.pk}."
    )
