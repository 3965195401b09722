from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions import membership
from participants.models import Child
from participants.queries.care import Care, care_of
from participants.queries.membership import children_of_class, ensembles_with_sizes, members, school_classes
from programmes.models import Ensemble
from schools.models import AcademicYear


def get_ensemble_for(user: User, pk: int) -> Ensemble:
    """Returns an ensemble the person sees; 404 for any other, there or not."""
    return get_object_or_404(Ensemble.objects.visible_to(user).select_related("school"), pk=pk)


@needs(Permission.SEE_OWN_DAY)
def ensembles(request: AuthenticatedRequest) -> HttpResponse:
    """The ensembles one sees, with their sizes."""
    rows = ensembles_with_sizes(request.user, timezone.localdate())
    return render(request, "participants/membership/ensembles.html", {"rows": rows})


@needs(Permission.SEE_OWN_DAY)
def ensemble(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who is in an ensemble today, and, for those who keep it, the school classes that could join."""
    found = get_ensemble_for(request.user, pk)
    today = timezone.localdate()
    keeps = request.user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id)
    year = AcademicYear.year_of(today)
    rows = _rows(found, request.user, today)
    audit(
        act="ensemble.viewed",
        by=request.user,
        programme_id=found.programme_id,
        subject=found,
        children=[row.child.pk for row in rows],
    )
    context = {
        "ensemble": found,
        "rows": rows,
        "off_paper": sum(not row.care.is_printed for row in rows),
        "keeps": keeps,
        "classes": school_classes(found, request.user, year, today) if keeps else [],
    }
    return render(request, "participants/membership/ensemble.html", context)


@dataclass(frozen=True)
class Row:
    """A child in the ensemble, what to heed, and whether the name leads to the child's page."""

    child: Child
    care: Care
    is_linked: bool


def _rows(found: Ensemble, user: User, day: date) -> list[Row]:
    inside = list(members(found, user, day))
    care = care_of([member.pk for member in inside], user, inside=[found.pk])
    # the page of a child at risk is for staff of the whole programme
    sees_all = found.programme_id in user.reach.whole_programmes
    return [Row(member, care[member.pk], sees_all or not member.is_at_risk) for member in inside]


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def join_class(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes a whole school class into an ensemble, from today on."""
    found = get_ensemble_for(request.user, pk)
    if not request.user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id):
        raise PermissionDenied
    today = timezone.localdate()
    key = request.POST.get("school_class", "")
    children = children_of_class(found, key, request.user, AcademicYear.year_of(today), today)
    if not children:
        messages.error(request, "No school class was chosen. Choose one from the list.")
        return redirect("participants:ensemble", pk=pk)
    try:
        made = membership.join(
            ensemble=found, children=children, starts_on=max(today, found.starts_on), by=request.user
        )
    except membership.EnsembleEndedError as refusal:
        messages.error(request, str(refusal))
        return redirect("participants:ensemble", pk=pk)
    already = len(children) - len(made)
    words = f"{len(made)} children joined {found.name}." + (f" {already} were in it already." if already else "")
    messages.success(request, words)
    return redirect("participants:ensemble", pk=pk)
