from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from participants.actions import membership
from participants.queries.membership import members
from programmes.actions.ensemble import EnsembleRefusedError
from programmes.forms.ensemble import EndForm
from programmes.views.ensemble import kept_ensemble


@needs(Permission.KEEP_ENSEMBLES, fresh=True)
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks for the last day of an ensemble, and ends it with its memberships."""
    found = kept_ensemble(request.user, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            act = membership.end_ensemble(ensemble=found, last_day=last_day, by=request.user)
        except (membership.MembershipRefusedError, EnsembleRefusedError) as refusal:
            form.add_error("last_day", str(refusal))
        else:
            left = "1 child leaves" if act.children == 1 else f"{act.children} children leave"
            messages.success(request, f"{found.name} ends on {dates.day(last_day)}, and {left} with it.")
            return redirect("participants:ensemble", pk=pk)
    size = members(found, request.user, timezone.localdate()).count()
    context = {"form": form, "ensemble": found, "size": size}
    return render(request, "participants/membership/end.html", context, status=422 if form.errors else 200)
