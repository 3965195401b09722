"""Who missed the last three sessions and more of an ensemble: to be asked after before they are gone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from participants.models import Child
from participants.queries.care import care_of
from participants.queries.runs import standing_runs
from participants.views.child import audit_listing, where_others_are
from programmes.models import Ensemble


@needs(Permission.TAKE_REGISTER)
def in_a_row(request: AuthenticatedRequest) -> HttpResponse:
    """The children of one's ensembles who are in them and have not come lately, the longest away first."""
    found = standing_runs(request.user, timezone.localdate())
    children = Child.objects.visible_to(request.user).in_bulk({one.child_id for one in found})
    ensembles = Ensemble.objects.visible_to(request.user).in_bulk({one.ensemble_id for one in found})
    care = care_of(children, request.user)
    audit_listing(request.user, children.values())
    rows = [
        {
            "child": children[one.child_id],
            "ensemble": ensembles[one.ensemble_id],
            "times": one.times,
            "since": one.since,
            "care": care[one.child_id],
        }
        for one in found
    ]
    context = {"rows": rows, "off_paper": care.off_paper, "leaves_out": where_others_are(request.user)}
    return render(request, "participants/runs/list.html", context)
