"""
Reports asked for, and what becomes of them: the one place that writes a job.

The database is the queue of record. Celery carries ids; it may lose them, deliver them twice or be down. A worker may
only go on while it holds the lease, told apart by a mark of its own.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from evaluation.models import ReportJob
from evaluation.queries.issue import said_before, withdrawn_by_hand
from evaluation.queries.shown import not_shown
from evaluation.reports import shelf
from evaluation.reports.declaration import Contents, NothingToReportError, Report, ShownNoMoreError, Subject
from evaluation.reports.made_of import made_of
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.broker import tell
from schools.models import AcademicYear

MAKE_REPORT = "evaluation.make_report"
UNFINISHED = (ReportJob.State.WAITING, ReportJob.State.RUNNING)
# nobody works on it any more, and there is no file
ENDED_WITHOUT = (ReportJob.State.FAILED, ReportJob.State.STOPPED)
# renewed at every step; after it another worker may begin again
LEASE = timedelta(seconds=90)
MOST_ATTEMPTS = 3
# a message that was sent and led to nothing is sent again
SEND_AGAIN_AFTER = timedelta(seconds=60)
SENT_AT_ONCE = 50

ABANDONED = (
    f"It was begun {MOST_ATTEMPTS} times, and each time the worker stopped before the end. "
    "Ask for it again; if that fails too, tell the operator."
)


class LeaseLostError(Exception):
    """Another worker has begun this report: what this one made is thrown away."""


@transaction.atomic
def request_report(*, report: Report, about: Subject, academic_year: AcademicYear, by: User | None) -> ReportJob:
    """
    Returns the job of a report; the one there is, when nothing it would say has changed since it was asked for.

    `by` is None where the portal drafts by itself: what a person withdrew it does not bring back.

    Counts the figures now, in the caller's scope, so that asking twice is one job; not where no row that they are made
    of has changed since. Raises what the report's contents raise, before anything is written.
    """
    mark = made_of(report, about, academic_year.year, by)
    job = _of_the_same(report, about, academic_year, mark)
    if job is not None:
        return _asked_again(job, by)
    contents = report.contents(about, academic_year.year, by)
    key = unique_key(report, about, contents)
    if by is None and (gone := withdrawn_by_hand(key)):
        raise NothingToReportError(said_before(gone))
    # of the country there are contents only where the year has its row: national staff can make none
    year, _ = AcademicYear.objects.get_or_create(year=academic_year.year)
    job, is_new = ReportJob.objects.get_or_create(
        unique_key=key,
        defaults={
            "report": report.id,
            "programme": about.programme,
            "school": about.school,
            "academic_year": year,
            "requested_by": by,
            "made_of": mark,
            "drafted_at": None if by else timezone.now(),
        },
    )
    if not is_new:
        if job.made_of != mark:
            # what it is made of changed, and it says the same
            ReportJob.objects.filter(pk=job.pk).update(made_of=mark)
            job.made_of = mark
        return _asked_again(job, by)
    _audit(job, "report.requested" if by else "report.drafted", by)
    _hint_on_commit(job)
    return job


def _of_the_same(report: Report, about: Subject, year: AcademicYear, mark: str) -> ReportJob | None:
    """The draft that says what the report would say now, where that is known by what it is made of."""
    if not mark:
        return None
    same = ReportJob.objects.filter(
        report=report.id, programme=about.programme, school=about.school, academic_year=year.year, made_of=mark
    )
    return same.order_by("pk").first()


def _asked_again(job: ReportJob, by: User | None) -> ReportJob:
    if by is not None or (job.state == ReportJob.State.FAILED and job.requested_by_id is None):
        # what somebody cancelled, or asked for themselves, the clock leaves as it is
        job = retry_report(job=job, by=by)
    if by is None:
        job.drafted_at = timezone.now()
        job.save(update_fields=["drafted_at"])
    else:
        _adopt(job, by)
    _hint_on_commit(job)
    return job


def _adopt(job: ReportJob, by: User) -> None:
    """Gives a draft that is not finished to the first person who asks for it: they are told when it is ready."""
    nobodys = ReportJob.objects.filter(pk=job.pk, state__in=UNFINISHED, requested_by__isnull=True)
    if nobodys.update(requested_by=by):
        job.requested_by = by
        _audit(job, "report.requested", by)


def request_printing(*, draft: ReportJob, key: str, by: User) -> ReportJob:
    """Returns a new job that prints what a draft says, as it is issued (`actions.issue`); inside its transaction."""
    job = ReportJob.objects.create(
        unique_key=key,
        report=draft.report,
        programme=draft.programme,
        school=draft.school,
        academic_year=draft.academic_year,
        requested_by=by,
    )
    _hint_on_commit(job)
    return job


def unique_key(report: Report, about: Subject, contents: Contents) -> str:
    """Returns the SHA-256 of report, edition, scope, period and everything the report would say."""
    parts = (report.id, report.edition, about.key, contents.period.title, contents.hash())
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def _has_lost_its_file(job: ReportJob) -> bool:
    # one that is issued is never made twice: its hash is that of one file
    return job.state == ReportJob.State.DONE and job.under_number is None and not shelf.is_there(job.file_name)


@transaction.atomic
def retry_report(*, job: ReportJob, by: User | None) -> ReportJob:
    """
    Puts a job that failed, was cancelled, or whose file is gone, back into the queue and returns it.

    Others stay as they are. It is made with the reach of who asks now: who asked first may have left.
    """
    locked = ReportJob.objects.select_for_update().get(pk=job.pk)
    if locked.state not in ENDED_WITHOUT and not _has_lost_its_file(locked):
        return locked
    if locked.under_number is not None and locked.under_number.is_overtaken:
        # a later number is there: this one is never used
        return locked
    if locked.state in ENDED_WITHOUT and locked.file_name:
        shelf.drop(locked.file_name)
        locked.file_name = locked.file_hash = ""
    locked.state = ReportJob.State.WAITING
    locked.shows = []
    locked.requested_by = by
    locked.attempt = locked.step = 0
    locked.message = ""
    locked.sent_at = locked.lease_until = locked.finished_at = locked.mailed_at = None
    locked.save()
    _audit(locked, "report.retried", by)
    _hint_on_commit(locked)
    return locked


@transaction.atomic
def cancel_report(*, job: ReportJob, by: User) -> ReportJob:
    """
    Takes a job that is not finished out of the queue and returns it; one that has ended stays as it is.

    Who is making it loses the lease: what they have made by their next step is thrown away.
    """
    locked = ReportJob.objects.select_for_update().get(pk=job.pk)
    if locked.state not in UNFINISHED:
        return locked
    locked.state, locked.finished_at, locked.lease_until = ReportJob.State.STOPPED, timezone.now(), None
    locked.message = ""
    locked.save(update_fields=["state", "finished_at", "lease_until", "message"])
    _audit(locked, "report.cancelled", by)
    return locked


def _hint_on_commit(job: ReportJob) -> None:
    if job.state == ReportJob.State.WAITING:
        job_id = job.pk
        transaction.on_commit(lambda: hint(job_id), robust=True)


def hint(job_id: int) -> bool:
    """Tells the workers of a job; returns whether the broker took it. If not, the dispatcher will find the row."""
    return tell(MAKE_REPORT, job_id=job_id)


@transaction.atomic
def send_waiting() -> int:
    """Sends the ids of jobs that wait, or whose worker went silent, and returns how many. Gives up on the hopeless."""
    now = timezone.now()
    _give_up_on_abandoned()
    unsent = Q(sent_at__isnull=True) | Q(sent_at__lt=now - SEND_AGAIN_AFTER)
    jobs = (
        ReportJob.objects.select_for_update(skip_locked=True)
        .ready_to_send(now)
        .filter(unsent)
        .order_by("requested_at", "pk")
    )
    sent = [job.pk for job in jobs[:SENT_AT_ONCE] if hint(job.pk)]
    ReportJob.objects.filter(pk__in=sent).update(sent_at=now)
    return len(sent)


def _give_up_on_abandoned() -> None:
    now = timezone.now()
    abandoned = ReportJob.objects.filter(state=ReportJob.State.RUNNING, lease_until__lt=now, attempt__gte=MOST_ATTEMPTS)
    for job in abandoned.select_for_update(skip_locked=True):
        job.state, job.message, job.finished_at, job.lease_until = ReportJob.State.FAILED, ABANDONED, now, None
        job.save(update_fields=["state", "message", "finished_at", "lease_until"])
        _audit(job, "report.failed", None)


@transaction.atomic
def take_lease(*, job_id: int) -> ReportJob | None:
    """Returns the job with a new lease, or None: it is done, failed, held by another worker, or not there."""
    now = timezone.now()
    taken = (
        ReportJob.objects.filter(pk=job_id, attempt__lt=MOST_ATTEMPTS)
        .ready_to_send(now)
        .update(
            state=ReportJob.State.RUNNING,
            attempt=F("attempt") + 1,
            lease_mark=secrets.token_hex(16),
            lease_until=now + LEASE,
            step=0,
            message="",
        )
    )
    if not taken:
        return None
    taken_on = ReportJob.objects.select_related("programme", "school", "academic_year", "requested_by")
    return taken_on.select_related("issued__issued_by", "issued__academic_year").get(pk=job_id)


def _held(job: ReportJob) -> "Q":
    return Q(pk=job.pk, state=ReportJob.State.RUNNING, lease_mark=job.lease_mark)


def renew_lease(*, job: ReportJob, step: int) -> None:
    """Notes that a step is done and keeps the lease; raises LeaseLostError when another worker has begun."""
    if not ReportJob.objects.filter(_held(job)).update(step=step, lease_until=timezone.now() + LEASE):
        raise LeaseLostError(f"Report {job.pk}, attempt {job.attempt}")


@dataclass(frozen=True)
class Made:
    """A finished file: where it lies, what it is, and the key of what it says."""

    file_name: str
    file_hash: str
    file_size: int
    pages: int
    key: str
    # the marks of what stands in it by consent
    shows: tuple[str, ...] = ()
    # as of the job
    made_of: str = ""


@transaction.atomic
def finish_report(*, job: ReportJob, made: Made) -> None:
    """
    Hands the file over to the job, once.

    Raises LeaseLostError when the job is no longer this worker's, and ShownNoMoreError where something in the file may
    not be shown any more. What is taken back after this moment is found before anybody fetches the file.
    """
    if not_shown(made.shows):
        raise ShownNoMoreError("Something in it was taken back while it was made")
    finished = ReportJob.objects.filter(_held(job)).update(
        state=ReportJob.State.DONE,
        unique_key=_own_key(job, made.key),
        file_name=made.file_name,
        file_hash=made.file_hash,
        file_size=made.file_size,
        pages=made.pages,
        shows=list(made.shows),
        # what is printed under a number is asked for by nobody
        made_of=made.made_of if job.under_number is None else "",
        step=F("steps"),
        finished_at=timezone.now(),
        lease_until=None,
        message="",
    )
    if not finished:
        raise LeaseLostError(f"Report {job.pk}, attempt {job.attempt}")
    details = {"pages": made.pages, "bytes": made.file_size, "sha256": made.file_hash, "attempt": job.attempt}
    audit(act="report.made", by=job.requested_by, programme_id=job.programme_id, subject=job, details=details)


def _own_key(job: ReportJob, key: str) -> str:
    """
    Returns the key of what the file says. Figures may have moved between asking and counting; when another job has
    that key already, this one gets a key nobody can ask for.
    """
    if job.under_number is not None:
        return job.unique_key
    if key != job.unique_key and ReportJob.objects.filter(unique_key=key).exclude(pk=job.pk).exists():
        return _nobodys(job, key)
    return key


def _nobodys(job: ReportJob, key: str) -> str:
    return hashlib.sha256(f"{key}|{job.pk}".encode()).hexdigest()


def says(job: ReportJob, key: str) -> bool:
    """Returns whether the file of a draft says what has this key, also where another job had the key first."""
    return job.unique_key in (key, _nobodys(job, key))


def drafts_that_say(job: ReportJob, key: str) -> list[ReportJob]:
    """Returns the finished drafts of a job's report, subject and year whose files say what has this key."""
    same = ReportJob.objects.filter(
        report=job.report, programme=job.programme_id, school=job.school_id, academic_year=job.academic_year_id
    )
    return [draft for draft in same.filter(state=ReportJob.State.DONE, issued__isnull=True) if says(draft, key)]


@transaction.atomic
def hand_back(*, job: ReportJob, message: str) -> None:
    """
    Puts a job back that could not be made for want of room, and says so. Not without the lease.

    It is no attempt, and is sent again in a minute, as often as it takes: room comes back without anybody asking again.
    """
    ReportJob.objects.filter(_held(job)).update(
        state=ReportJob.State.WAITING,
        message=message,
        attempt=F("attempt") - 1,
        lease_until=None,
        sent_at=timezone.now(),
    )


@transaction.atomic
def fail_report(*, job: ReportJob, message: str, is_final: bool) -> None:
    """Notes why an attempt failed: for good, or, while attempts are left, until the next. Not without the lease."""
    gives_up = is_final or job.attempt >= MOST_ATTEMPTS
    state = ReportJob.State.FAILED if gives_up else ReportJob.State.WAITING
    failed = ReportJob.objects.filter(_held(job)).update(
        state=state,
        message=message,
        lease_until=None,
        sent_at=None,
        finished_at=timezone.now() if gives_up else None,
    )
    if failed and gives_up:
        _audit(job, "report.failed", job.requested_by)


@transaction.atomic
def destroy_draft(*, job: ReportJob, because: str) -> None:
    """Destroys the file of a finished draft that nobody may fetch any more, and says why; asked again it is new."""
    locked = ReportJob.objects.select_for_update().get(pk=job.pk)
    if locked.state != ReportJob.State.DONE:
        return
    name = locked.file_name
    locked.state, locked.message, locked.shows, locked.made_of = ReportJob.State.FAILED, because, [], ""
    # nobody can ask for what it said: a new one says something else
    locked.unique_key = hashlib.sha256(f"destroyed|{locked.pk}|{locked.unique_key}".encode()).hexdigest()
    locked.save()
    _audit(locked, "report.destroyed", None)
    # at once where that can be; the name stays until the file is gone for certain
    transaction.on_commit(lambda: shelf.drop(name), robust=True)


def clear_destroyed() -> None:
    """Sees to it that the files of destroyed drafts are gone; raises OSError where one cannot be destroyed."""
    for job in ReportJob.objects.filter(state__in=ENDED_WITHOUT).exclude(file_name=""):
        shelf.drop(job.file_name)
        ReportJob.objects.filter(pk=job.pk, state__in=ENDED_WITHOUT).update(file_name="", file_hash="")


def note_download(*, job: ReportJob, by: User) -> None:
    """Writes down who fetched the file."""
    _audit(job, "report.downloaded", by)


def note_reading(*, job: ReportJob, by: User) -> None:
    """Writes down who read it as a page."""
    _audit(job, "report.read", by)


def _audit(job: ReportJob, act: str, by: User | None) -> None:
    details = {"report": job.report, "academic_year": str(job.academic_year)}
    if job.school_id:
        details["school"] = str(job.school_id)
    audit(act=act, by=by, programme_id=job.programme_id, subject=job, details=details)
