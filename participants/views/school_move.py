"""Children who have changed school or left it, and are in an ensemble of the old one still."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from participants.queries.care import Care, care_of
from participants.queries.school_move import LeftBehind, left_behind
from participants.views.roll_forward import hub_of_lists
from programmes.models import Ensemble


@dataclass(frozen=True)
class Section:
    """An ensemble on the page, with those who stay in it."""

    ensemble: Ensemble
    rows: list[tuple[LeftBehind, Care]]


@needs(Permission.IMPORT_ROSTER)
def changed_school(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Who is to be taken out of an ensemble, or stays in it though they have left its school; by ensemble."""
    programme, today = hub_of_lists(request.user, slug), timezone.localdate()
    found = left_behind(programme, request.user, today)
    children = sorted({row.child.pk for _, rows in found for row in rows})
    audit(act="school_moves.viewed", by=request.user, programme_id=programme.pk, children=children)
    care = care_of(children, request.user)
    context = {
        "programme": programme,
        "sections": [Section(ensemble, [(row, care[row.child.pk]) for row in rows]) for ensemble, rows in found],
        "children": len(children),
        "today": today,
        "off_paper": care.off_paper,
    }
    return render(request, "participants/school_move/list.html", context)
