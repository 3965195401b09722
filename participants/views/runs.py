"""Who missed the last three sessions and more of an ensemble: to be asked after before they are gone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.exporting import hand_out, offer
from participants.exports.runs import in_a_row_out
from participants.models import Child
from participants.queries.care import care_of
from participants.queries.runs import standing_runs
from participants.views.child import audit_listing, where_others_are
from programmes.models import Ensemble


@needs(Permission.TAKE_REGISTER)
def in_a_row(request: AuthenticatedRequest) -> HttpResponse:
    """The children of one's ensembles who are in them and have not come lately, the longest away first."""
    rows = _rows(request.user)
    audit_listing(request.user, {row["child"].pk: row["child"] for row in rows}.values())
    context = {
        "rows": rows,
        "off_paper": len({row["child"].pk for row in rows if not row["care"].is_printed}),
        "leaves_out": where_others_are(request.user),
        "export": offer(request, "participants:in-a-row-export", what="absences", of_children=True) if rows else None,
    }
    return render(request, "participants/runs/list.html", context)


@needs(Permission.TAKE_REGISTER, fresh=True)
@require_POST
def in_a_row_export(request: AuthenticatedRequest) -> HttpResponse:
    """The same children as a spreadsheet."""
    return hand_out(request, in_a_row_out(_rows(request.user)))


def _rows(user: User) -> list[dict[str, Any]]:
    found = standing_runs(user, timezone.localdate())
    children = Child.objects.visible_to(user).in_bulk({one.child_id for one in found})
    ensembles = Ensemble.objects.visible_to(user).in_bulk({one.ensemble_id for one in found})
    care = care_of(children, user)
    return [
        {
            "child": children[one.child_id],
            "ensemble": ensembles[one.ensemble_id],
            "times": one.times,
            "since": one.since,
            "care": care[one.child_id],
        }
        for one in found
    ]
