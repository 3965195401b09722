"""Reports as a list shows them: what each is, how far, and what can be done with it."""

from dataclasses import dataclass

from django.utils import timezone

from evaluation.models import IssuedReport, ReportJob
from evaluation.reports.declaration import Report, Standing, Subject
from evaluation.reports.registry import UnknownReportError, find
from inharmony.accounts.models import User
from inharmony.pages.dates import day

STEPS = ("counting the figures", "drawing the charts", "setting the pages", "keeping the file")
WILL_START = "Waiting: it will start by itself as soon as a worker is free. You can leave this page."
KINDS = {
    ReportJob.State.WAITING: "",
    ReportJob.State.RUNNING: "new",
    ReportJob.State.DONE: "ok",
    ReportJob.State.FAILED: "bad",
    ReportJob.State.STOPPED: "",
}


@dataclass(frozen=True)
class JobLine:
    """One report of the list: what it is, how far it is in words and per cent, and what can be done with it."""

    job: ReportJob
    title: str
    words: str
    asked_by: str
    kind: str
    percent: int
    # cancel it, ask for it again, issue it, take it back
    may_change: bool
    # what was issued of this draft
    issued_draft: IssuedReport | None = None
    # of an issued one: the number that replaced it
    replaced_by: IssuedReport | None = None

    @property
    def issued(self) -> IssuedReport | None:
        """The number it is printed under; None of a draft."""
        return self.job.under_number

    @property
    def standing(self) -> tuple[str, str]:
        """As what it stands, in words, and the kind of its mark."""
        issued = self.issued
        if issued is None:
            return "Draft", ""
        if issued.is_withdrawn:
            return f"{issued}, withdrawn", "bad"
        if self.replaced_by:
            return f"{issued}, replaced by {self.replaced_by}", ""
        return str(issued), "new"

    @property
    def can_be_fetched(self) -> bool:
        """Whether there is a file."""
        return self.is_done and not (self.issued and self.issued.is_withdrawn)

    @property
    def can_be_issued(self) -> bool:
        """Whether it is a finished draft of which no number stands."""
        return self.is_done and self.issued is None and self.issued_draft is None

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether it is issued and stands."""
        return self.is_done and self.issued is not None and not self.issued.is_withdrawn

    @property
    def is_unfinished(self) -> bool:
        """Whether it may still change by itself."""
        return self.job.state in (ReportJob.State.WAITING, ReportJob.State.RUNNING)

    @property
    def is_done(self) -> bool:
        """Whether its file can be fetched."""
        return self.job.state == ReportJob.State.DONE

    @property
    def can_be_asked_again(self) -> bool:
        """Whether it ended without a file."""
        return self.job.state in (ReportJob.State.FAILED, ReportJob.State.STOPPED)


def line_of(
    job: ReportJob,
    user: User,
    issued_draft: IssuedReport | None = None,
    replaced_by: IssuedReport | None = None,
) -> JobLine:
    """Returns a report as the list shows it to the person."""
    kind, percent = KINDS[ReportJob.State(job.state)], 100 * job.step // job.steps
    asked_by, may = _asked_by(job, user), may_change(job, user)
    return JobLine(job, title_of(job), _words(job), asked_by, kind, percent, may, issued_draft, replaced_by)


def may_change(job: ReportJob, user: User) -> bool:
    """Returns whether the person may have the report made, and so may cancel it or ask for it again."""
    try:
        declared = declared_of(job)
    except UnknownReportError:
        return False
    return user.reach.may(declared.permission, programme_id=job.programme_id)


def declared_of(job: ReportJob) -> Report:
    """Returns what the report of a job is declared as; raises UnknownReportError where it is declared no more."""
    return find(job.report, subject_of(job).of)


def _asked_by(job: ReportJob, user: User) -> str:
    if job.requested_by_id is None:
        return "the portal by itself"
    if job.requested_by_id == user.pk:
        return "you"
    # the `national` role reads no accounts
    return "a colleague" if user.reach.is_national or job.requested_by is None else job.requested_by.name


def title_of(job: ReportJob) -> str:
    """Returns "Participation report 2026-27: Liverpool", and of a school "…: Saltwharf Primary, Liverpool"."""
    try:
        title = declared_of(job).title
    except UnknownReportError:
        # declared no more: its finished files are still kept
        title = job.report
    return f"{title} {job.academic_year}: {subject_of(job).name}"


def standing_of(issued: IssuedReport, reader: User | None = None) -> Standing:
    """
    Returns as what an issued report is printed: "No. 2025-26/7, issued by Joanne Carter on 2 September 2026".

    On a page for a reader of the `national` role, who reads no accounts, nobody is named.
    """
    on = day(timezone.localdate(issued.issued_at))
    instead = f", in place of {issued.replaces}" if issued.replaces_id else ""
    if reader is not None and reader.reach.is_national:
        return Standing(f"{issued}, issued on {on}{instead}")
    if issued.issued_by is None:
        first = issued.first_issuer.name if issued.first_issuer else ""
        return Standing(f"{issued}, issued by the portal on {on}{instead} by {first}, without a part of it")
    return Standing(f"{issued}, issued by {issued.issued_by.name} on {on}{instead}")


def subject_of(job: ReportJob) -> Subject:
    """Returns whom the report of a job is about."""
    return Subject(job.programme, job.school)


def _words(job: ReportJob) -> str:
    match job.state:
        case ReportJob.State.WAITING:
            return f"{job.message} {WILL_START}".strip()
        case ReportJob.State.RUNNING:
            step = min(job.step, len(STEPS) - 1)
            return f"Step {step + 1} of {job.steps}: {STEPS[step]}."
        case ReportJob.State.FAILED:
            return job.message
        case ReportJob.State.STOPPED:
            return "Cancelled before it was finished. Nothing of it is kept."
        case _:
            return f"{job.pages} page{'' if job.pages == 1 else 's'}, {max(1, round(job.file_size / 1000)):,} kB, PDF"
