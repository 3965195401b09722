"""Opening a finished report, as a file or as a page: what is asked before, and what a page may say under its name."""

from evaluation.actions import report as reports
from evaluation.actions.shown import GONE, take_off
from evaluation.models import ReportJob
from evaluation.queries.shown import closed_hub_of, not_shown
from evaluation.reports import shelf
from evaluation.reports.declaration import Contents, NothingToReportError
from evaluation.reports.progress import declared_of, subject_of, title_of
from evaluation.reports.registry import UnknownReportError
from inharmony.accounts.models import User


class NotToBeHadError(Exception):
    """A finished report that nobody can open any more; the text says which, why and what to do."""


def require_to_be_had(*, job: ReportJob) -> None:
    """
    Raises NotToBeHadError where a finished report is opened by nobody: a part of it was taken back, it was withdrawn,
    the hub is closed while people speak in it, or its file is gone.

    The file of one in which something was taken back is destroyed here, before anything is answered.
    """
    if take_off(job=job):
        raise NotToBeHadError(f"{title_of(job)}: {GONE}")
    if hub := closed_hub_of(job.shows, job.programme):
        # of the country another can be had: nothing of a closed hub is shown any more
        anew = " Ask for the report again: it is made without." if job.programme is None else ""
        raise NotToBeHadError(
            f"{title_of(job)} is opened by nobody while {hub.short_name} is closed: its people speak in it.{anew}"
        )
    issued = job.under_number
    if issued is not None and issued.is_withdrawn:
        raise NotToBeHadError(f"{title_of(job)}, {issued}, was withdrawn. {issued.withdrawn_because}")
    if not shelf.is_there(job.file_name):
        raise _kept_no_longer(job)


def file_of(*, job: ReportJob) -> bytes:
    """Returns the file of a finished report, whole; raises NotToBeHadError as `require_to_be_had`."""
    require_to_be_had(job=job)
    data = shelf.get(job.file_name)
    if data is None:
        # it went in this very moment
        raise _kept_no_longer(job)
    return data


def _kept_no_longer(job: ReportJob) -> NotToBeHadError:
    return NotToBeHadError(f"The file of {title_of(job)} is no longer kept. Ask for the report again.")


def what_it_says(*, job: ReportJob, by: User) -> Contents | None:
    """
    Returns the contents of a finished report, counted anew in the caller's scope, where they are what its file says to
    the letter. None where they are not: figures moved, or something that stands in it by consent is shown no more.

    What was shared since is left out, as it is not in the file.
    """
    issued = job.under_number
    shows = job.shows if issued is None else issued.shows
    try:
        declared, about = declared_of(job), subject_of(job)
        contents = declared.contents(about, job.academic_year_id, by).showing_only(shows)
    except (NothingToReportError, UnknownReportError):
        return None
    key = reports.unique_key(declared, about, contents)
    is_same = reports.says(job, key) if issued is None else key == issued.key
    # asked again when all is counted: a family may have said no meanwhile
    return contents if is_same and not not_shown(contents.shown) else None
