from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from programmes.access import kept_programme
from programmes.actions import closing as acts
from programmes.forms.closing import ClosingForm


@needs(Permission.KEEP_HUBS, fresh=True)
def close(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Asks once from which day on, and closes a hub."""
    found = kept_programme(request.user, slug)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.close(programme=found, on=form.cleaned_data["on"], by=request.user)
        except acts.ClosingRefusedError as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, f"{found.short_name} is closed from {dates.day(made.closed_on)} on.")
            return redirect("programmes:hub", slug=slug)
    context = {"form": form, "programme": found}
    return render(request, "programmes/closing/close.html", context, status=422 if form.errors else 200)


@needs(Permission.KEEP_HUBS, fresh=True)
def reopen(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Asks once, and opens a closed hub again."""
    found = kept_programme(request.user, slug)
    if request.method == "POST":
        try:
            acts.reopen(programme=found, by=request.user)
        except acts.ClosingRefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{found.short_name} is open: its people can work in it again.")
        return redirect("programmes:hub", slug=slug)
    return render(request, "programmes/closing/reopen.html", {"programme": found})
