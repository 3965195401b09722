"""Sessions of an ensemble: proposed, looked at, and put into the timetable. These pages show no child."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from programmes.actions import timetable as acts
from programmes.forms.timetable import PlanForm
from programmes.models import Ensemble
from programmes.queries.timetable import Proposed, pattern_after, proposed
from programmes.views.ensemble import kept_ensemble


@needs(Permission.KEEP_ENSEMBLES)
def new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form; its answer, each day with what speaks against it; and the act that writes the days ticked."""
    ensemble = kept_ensemble(request.user, pk)
    sent = request.POST if request.method == "POST" else request.GET if "weekday" in request.GET else None
    asked = pattern_after(ensemble, request.user, timezone.localdate())
    form = PlanForm(sent, ensemble=ensemble, by=request.user, initial=asked)
    lines = proposed(form.planned(), request.user) if sent is not None and form.is_valid() else []
    ticked = set(request.POST.getlist("day")) if request.method == "POST" else None
    if ticked is not None and not form.errors:
        try:
            return _add(request, ensemble, lines, ticked)
        except acts.TimetableRefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"ensemble": ensemble, "form": form, "rows": _rows(lines, ticked), "has_asked": sent is not None}
    return render(request, "programmes/session/new.html", context, status=422 if form.errors else 200)


def _rows(lines: Collection[Proposed], ticked: Collection[str] | None) -> list[tuple[Proposed, bool]]:
    """Returns each day and whether its box is ticked: as it was sent, else as it is proposed."""
    return [(one, one.is_ticked if ticked is None else one.planned.day.isoformat() in ticked) for one in lines]


def _add(
    request: AuthenticatedRequest, ensemble: Ensemble, lines: Collection[Proposed], ticked: Collection[str]
) -> HttpResponse:
    chosen = [one.planned for one in lines if one.planned.day.isoformat() in ticked]
    if not chosen:
        raise acts.TimetableRefusedError("No day is ticked. Tick the days on which the ensemble plays.")
    made = acts.add_sessions(programme=ensemble.programme, planned=chosen, by=request.user)
    many = f"{len(made)} session{'s' * (len(made) != 1)}"
    if made:
        messages.success(request, f"{many} of {ensemble.name} {'are' if len(made) != 1 else 'is'} in the timetable.")
    else:
        messages.success(request, "These sessions are in the timetable already.")
    return redirect("participants:ensemble", pk=ensemble.pk)
