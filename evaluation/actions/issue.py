"""
Issuing a report that was read as a draft, under a number; and taking an issued one back. The one place that does.

What is issued says what the draft said, or nothing: figures that moved since need a new draft, and a new reader.
"""

import hashlib
from contextlib import suppress

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from evaluation.actions import report as reports
from evaluation.models import IssuedReport, ReportJob
from evaluation.queries.issue import (
    issued_before,
    lacking,
    printed_before,
    said_before,
    says_too_much,
    withdrawn_by_hand,
)
from evaluation.reports import shelf
from evaluation.reports.declaration import Contents, NothingToReportError
from evaluation.reports.progress import declared_of, subject_of
from inharmony.access.scope import scope_of, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit

MOVED = (
    "What it says has changed since this draft was made: figures, or what stands in it by consent. Ask for the report "
    "again, read it, and issue that."
)


class IssueRefusedError(Exception):
    """A report that cannot be issued, or taken back; the text says why and what to do."""


@transaction.atomic
def issue_report(*, draft: ReportJob, by: User) -> IssuedReport:
    """
    Gives a draft the next number of its year, puts its printing into the queue, and returns what is issued.

    Once: pressed twice, the number there is is returned. Raises IssueRefusedError where something is lacking, or where
    the report would say something else than the draft that was read. Counts in the caller's scope.
    """
    if why := lacking(draft, by):
        raise IssueRefusedError(" ".join(why))
    if not shelf.is_there(draft.file_name):
        raise IssueRefusedError("Its file is no longer kept: nobody can read it. Ask for the report again.")
    _one_at_a_time(draft.academic_year_id)
    before = issued_before(draft)
    if before is not None and reports.says(draft, before.key) and not before.is_withdrawn:
        # a printing that failed is tried again under its number
        reports.retry_report(job=before.job, by=by)
        return before
    contents = _contents_of_now(draft, by)
    key = _key(draft, contents)
    if not reports.says(draft, key):
        raise IssueRefusedError(MOVED)
    # of two drafts that say the same one has a key of its own, by which that was not found before
    if gone := withdrawn_by_hand(key):
        raise IssueRefusedError(said_before(gone))
    replaced = printed_before(draft)
    issued = _next_number(draft, contents, replaced, issued_by=by, asked_by=by)
    _audit(issued, "report.issued", by, replaces=str(replaced) if replaced else "")
    return issued


def _next_number(
    draft: ReportJob, contents: Contents, replaced: IssuedReport | None, *, issued_by: User | None, asked_by: User
) -> IssuedReport:
    last = IssuedReport.objects.filter(academic_year=draft.academic_year_id).aggregate(last=Max("number"))["last"]
    number = (last or 0) + 1
    key = _key(draft, contents)
    # a key that nobody can ask for: a new draft of the same figures stays a draft
    printed = hashlib.sha256(f"issued|{number}|{key}".encode()).hexdigest()
    return IssuedReport.objects.create(
        job=reports.request_printing(draft=draft, key=printed, by=asked_by),
        academic_year=draft.academic_year,
        number=number,
        key=key,
        figures_key=_key(draft, contents.without_shown()),
        shows=list(contents.shown),
        replaces=replaced,
        issued_by=issued_by,
    )


def _one_at_a_time(year: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('evaluation_issuedreport'), %s)", [year])


def _contents_of_now(draft: ReportJob, by: User) -> Contents:
    """What the report says now, without what was shared since the draft: nobody has read that."""
    try:
        contents = declared_of(draft).contents(subject_of(draft), draft.academic_year_id, by)
        return contents.showing_only(draft.shows)
    except NothingToReportError as why:
        raise IssueRefusedError(str(why)) from why


def _key(job: ReportJob, contents: Contents) -> str:
    return reports.unique_key(declared_of(job), subject_of(job), contents)


@transaction.atomic
def succeed(*, withdrawn: IssuedReport) -> IssuedReport | None:
    """
    Issues the successor of a report that had to be withdrawn for what stood in it by consent, and returns it.

    It lacks that, and says nothing that the first did not say: what was shared since is not in it. None where figures
    have moved, a child is named in the hub's own words, a later number is printed or on its way, a person withdrew what
    says the same, or who issued the first may issue no more: then somebody reads a new draft. In the scope of who
    issued the first.
    """
    _one_at_a_time(withdrawn.academic_year_id)
    job, issuer = withdrawn.job, withdrawn.first_issuer
    if issuer is None or not _may_issue(job, issuer):
        return None
    later = withdrawn.later()
    if later.printed().exists() or later.on_their_way().exists():
        return None
    contents = _contents_of_now(job, issuer)
    if _key(job, contents.without_shown()) != withdrawn.figures_key or says_too_much(job, issuer):
        return None
    if withdrawn_by_hand(_key(job, contents)):
        return None
    issued = _next_number(job, contents, withdrawn, issued_by=None, asked_by=issuer)
    _audit(issued, "report.issued", None, replaces=str(withdrawn))
    return issued


def _may_issue(job: ReportJob, user: User) -> bool:
    return user.is_active and user.reach.may(declared_of(job).permission, programme_id=job.programme_id)


@transaction.atomic
def withdraw_report(*, issued: IssuedReport, because: str, by: User | None) -> IssuedReport:
    """
    Takes an issued report back, for good, and returns it: its file is destroyed, its number and hash stay. Where a
    person does it, the files of drafts that say the same are destroyed too.

    One that is withdrawn stays as it is. Raises IssueRefusedError without a reason, or while it is being printed. `by`
    is None where the portal does it by itself.
    """
    locked = IssuedReport.objects.select_for_update(of=("self",)).select_related("job").get(pk=issued.pk)
    if locked.is_withdrawn:
        return locked
    if not because.strip():
        raise IssueRefusedError("Say why it is withdrawn.")
    if locked.job.state != ReportJob.State.DONE:
        raise IssueRefusedError("It is not printed yet. Cancel it in the list of reports instead.")
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_because = timezone.now(), by, because.strip()
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    _audit(locked, "report.withdrawn", by, sha256=locked.job.file_hash)
    if by is not None:
        for draft in reports.drafts_that_say(locked.job, locked.key):
            reports.destroy_draft(job=draft, because=f"It was withdrawn as {locked}: {locked.withdrawn_because}")
    name = locked.job.file_name
    # at once where that can be; what cannot is tried again by the dispatcher, until it is gone
    transaction.on_commit(lambda: shelf.drop(name), robust=True)
    return locked


def settle(*, withdrawn: IssuedReport) -> None:
    """
    Sees to it that the file of a withdrawn report is gone, and issues its successor where the portal withdrew it.

    Called until it has ended once; raises OSError where the file cannot be destroyed.
    """
    shelf.drop(withdrawn.job.file_name)
    if withdrawn.withdrawn_by_id is None and withdrawn.first_issuer is not None:
        # where there is nothing to report any more there is no successor, and it is not looked for again
        with scoped(scope_of(withdrawn.first_issuer)), suppress(IssueRefusedError):
            succeed(withdrawn=withdrawn)
    IssuedReport.objects.filter(pk=withdrawn.pk, settled_at__isnull=True).update(settled_at=timezone.now())


def _audit(issued: IssuedReport, act: str, by: User | None, **more: str) -> None:
    details = {"report": issued.job.report, "number": str(issued), **{key: each for key, each in more.items() if each}}
    audit(act=act, by=by, programme_id=issued.job.programme_id, subject=issued.job, details=details)
