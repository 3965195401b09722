from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.queries.school import hubs_of_school
from inharmony.pages import dates
from programmes.access import kept_programme
from programmes.actions import partnership as acts
from programmes.forms.agreement import LastDayForm
from programmes.forms.partnership import PartnerForm
from programmes.models import Partnership


@needs(Permission.KEEP_HUBS, fresh=True)
def begin(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """The form that adds a partner school, and the act."""
    found = kept_programme(request.user, slug)
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.begin(partnership=form.partnership(found), by=request.user)
        except acts.PartnershipRefusedError as refusal:
            form.add_error("urn", str(refusal))
        else:
            _tell(request, made)
            return redirect("programmes:hub", slug=slug)
    context = {"form": form, "programme": found}
    return render(request, "programmes/partnership/new.html", context, status=422 if form.errors else 200)


def _tell(request: AuthenticatedRequest, made: Partnership) -> None:
    messages.success(
        request, f"{made.school} works with {made.programme.short_name} from {dates.day(made.starts_on)} on."
    )
    if len(hubs := hubs_of_school(made.school_id, made.starts_on)) > 1:
        messages.warning(
            request,
            f"{made.school} works with {' and '.join(hubs.values())}: its lead sees the children of each, and only the "
            "operator appoints its lead. Look at who leads it now on the page People.",
        )


@needs(Permission.KEEP_HUBS, fresh=True)
def end(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponse:
    """Asks for the last day of a partnership, and gives it."""
    found = kept_programme(request.user, slug)
    partnership = get_object_or_404(Partnership.objects.select_related("school"), programme=found, pk=pk)
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        try:
            acts.end(partnership=partnership, on=on, by=request.user)
        except acts.PartnershipRefusedError as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, f"{partnership.school} works with {found.short_name} until {dates.day(on)}.")
            return redirect("programmes:hub", slug=slug)
    context = {"form": form, "programme": found, "partnership": partnership}
    return render(request, "programmes/partnership/end.html", context, status=422 if form.errors else 200)
