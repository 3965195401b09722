"""Reports: ask for one, see how far it is, read it, fetch it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from evaluation.access import report_job_for, require_may_make
from evaluation.actions import report as reports
from evaluation.actions.reading import NotToBeHadError, file_of, require_to_be_had, what_it_says
from evaluation.forms.report import ReportForm
from evaluation.models import ReportJob
from evaluation.queries.report import issued_of, jobs_for, successors_of
from evaluation.reports.declaration import DRAFT, NothingToReportError
from evaluation.reports.progress import line_of, may_change, standing_of, title_of
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission

A_PAGE = 20
NOTHING_YET = "Choose a report and a year, and press the button. You may leave the page while it is made."
MOVED = (
    "Since the file was made, figures have changed, or something in it is shown no more. No other figures are shown "
    "under its name."
)
NOTHING_TO_SEE = "Your hub manager asks for reports; they appear here for you to read."


@needs(Permission.SEE_REPORTS)
@require_GET
def report_list(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the form, and the reports asked for, newest first."""
    return _page(request, ReportForm(request.user))


@needs(Permission.SEE_REPORTS)
@require_POST
def report_request(request: AuthenticatedRequest) -> HttpResponse:
    """POST: puts a report into the queue, or finds the one that says the same."""
    form = ReportForm(request.user, request.POST)
    if not form.offers_anything:
        raise PermissionDenied
    if not form.is_valid():
        return _page(request, form, status=422)
    report, about, year = form.chosen()
    require_may_make(request.user, report.permission, about.programme)
    try:
        job = reports.request_report(report=report, about=about, academic_year=year, by=request.user)
    except NothingToReportError as why:
        form.add_error("year", str(why))
        return _page(request, form, status=422)
    if job.state == ReportJob.State.DONE:
        messages.success(request, f"{title_of(job)} is ready: nothing has changed since it was made.")
    elif job.requested_by_id != request.user.pk:
        messages.info(request, f"{title_of(job)} is being made already, for a colleague. It will stand in this list.")
    return redirect("evaluation:reports")


@needs(Permission.SEE_REPORTS)
@require_POST
def report_retry(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """POST: puts a report that failed, or was cancelled, back into the queue."""
    job = report_job_for(request.user, pk)
    if not may_change(job, request.user):
        raise PermissionDenied
    reports.retry_report(job=job, by=request.user)
    return redirect("evaluation:reports")


@needs(Permission.SEE_REPORTS)
@require_POST
def report_cancel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """POST: takes a report that is not finished out of the queue."""
    job = report_job_for(request.user, pk)
    if not may_change(job, request.user):
        raise PermissionDenied
    job = reports.cancel_report(job=job, by=request.user)
    if job.state == ReportJob.State.DONE:
        messages.info(request, f"{title_of(job)} was finished before it could be cancelled.")
    return redirect("evaluation:reports")


@needs(Permission.SEE_REPORTS)
@require_GET
def report_read(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: a finished report as a page, to the letter what its file says; where figures moved since, no figures."""
    job = _finished(request, pk)
    try:
        require_to_be_had(job=job)
    except NotToBeHadError as why:
        messages.error(request, str(why))
        return redirect("evaluation:reports")
    contents = what_it_says(job=job, by=request.user)
    if contents is not None:
        reports.note_reading(job=job, by=request.user)
    under, issued, replaced = job.under_number, issued_of([job]), successors_of([job])
    line = line_of(job, request.user, issued.get(job.unique_key), replaced.get(job.pk))
    context = {
        "line": line,
        "standing": standing_of(under, request.user) if under else DRAFT,
        "contents": contents,
        "moved": MOVED,
        "replaced": f"{under} was replaced by {line.replaced_by}.",
    }
    return render(request, "evaluation/report/read.html", context)


@needs(Permission.SEE_REPORTS)
@require_GET
def report_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: the finished PDF, whole; it lies under a name nobody can guess, and only this page knows it."""
    job = _finished(request, pk)
    try:
        data = file_of(job=job)
    except NotToBeHadError as why:
        messages.error(request, str(why))
        return redirect("evaluation:reports")
    issued = job.under_number
    reports.note_download(job=job, by=request.user)
    of = [job.programme.slug if job.programme else "country", *([str(job.school.urn)] if job.school else [])]
    standing = f"no-{issued.number}" if issued else "draft"
    name = f"in-harmony-{'-'.join(of)}-{job.report}-{job.academic_year}-{standing}.pdf"
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _finished(request: AuthenticatedRequest, pk: int) -> ReportJob:
    job = report_job_for(request.user, pk)
    if job.state != ReportJob.State.DONE:
        raise Http404
    return job


def _page(request: AuthenticatedRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    page = Paginator(jobs_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    issued, replaced = issued_of(page), successors_of(page)
    lines = [line_of(job, request.user, issued.get(job.unique_key), replaced.get(job.pk)) for job in page]
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "unfinished": any(line.is_unfinished for line in lines),
        "nothing_yet": NOTHING_YET if form.offers_anything else NOTHING_TO_SEE,
    }
    return render(request, "evaluation/report/list.html", context, status=status)
