from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from programmes.access import kept_programme
from programmes.actions import agreement as acts
from programmes.forms.agreement import AgreementForm, LastDayForm
from programmes.models import SharingAgreement


@needs(Permission.KEEP_HUBS, fresh=True)
def record(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The form that records a signed agreement, and the act."""
    found = kept_programme(request.user, slug)
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_agreement(agreement=form.agreement(found), by=request.user)
        except acts.AgreementRefusedError as refusal:
            form.add_error("signed_on", str(refusal))
        else:
            messages.success(request, f"The agreement of {found.short_name} is recorded.")
            return redirect("programmes:hub", slug=slug)
    context = {"form": form, "programme": found}
    return render(request, "programmes/agreement/new.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_HUBS, fresh=True)
def end(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponse:
    """Asks for the last day of an agreement, and gives it."""
    found = kept_programme(request.user, slug)
    agreement = get_object_or_404(SharingAgreement, programme=found, pk=pk)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        try:
            acts.end_agreement(agreement=agreement, on=on, by=request.user)
        except acts.AgreementRefusedError as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, f"The agreement runs out on {dates.day(on)}.")
            return redirect("programmes:hub", slug=slug)
    context = {"form": form, "programme": found, "agreement": agreement}
    return render(request, "programmes/agreement/end.html", context, status=422 if form.errors else 200)
