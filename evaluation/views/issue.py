"""Issuing a report that was read as a draft, and taking an issued one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from evaluation.access import report_job_for
from evaluation.actions import issue as acts
from evaluation.forms.issue import WithdrawForm
from evaluation.models import ReportJob
from evaluation.queries.issue import lacking, printed_before
from evaluation.reports.progress import may_change, title_of
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_REPORTS)
def report_issue(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: what issuing a draft means, and what it lacks; POST: issues it."""
    draft = _job(request, pk)
    if draft.under_number is not None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            issued = acts.issue_report(draft=draft, by=request.user)
        except acts.IssueRefusedError as why:
            refusal = str(why)
        else:
            is_printed = issued.job.state == ReportJob.State.DONE
            how = "" if is_printed else " It is being printed."
            messages.success(request, f"{title_of(draft)} is issued as {issued}.{how}")
            return redirect("evaluation:reports")
    before = printed_before(draft)
    context = {
        "job": draft,
        "title": title_of(draft),
        "lacking": lacking(draft, request.user),
        "before": before if before and not before.is_withdrawn and before.key != draft.unique_key else None,
        "refusal": refusal,
    }
    return render(request, "evaluation/report/issue.html", context, status=422 if refusal else 200)


@needs(Permission.SEE_REPORTS)
def report_withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: what taking an issued report back means; POST: takes it back, with the reason."""
    job = _job(request, pk)
    issued = job.under_number
    if issued is None or job.state != ReportJob.State.DONE:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        acts.withdraw_report(issued=issued, because=form.cleaned_data["because"], by=request.user)
        messages.success(request, f"{issued} is withdrawn, and its file is destroyed.")
        return redirect("evaluation:reports")
    context = {"job": job, "title": title_of(job), "issued": issued, "form": form}
    return render(request, "evaluation/report/withdraw.html", context, status=422 if form.errors else 200)


def _job(request: AuthenticatedRequest, pk: int) -> ReportJob:
    job = report_job_for(request.user, pk)
    if not may_change(job, request.user):
        raise PermissionDenied
    return job
