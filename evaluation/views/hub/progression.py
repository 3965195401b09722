"""The page of a hub's musical progression: grades and medals, instruments, ensembles, where leavers play on."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from evaluation.queries.progression import TABLES
from evaluation.views.hub.frame import asked, in_the_masthead
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_progression(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: what the hub's children reached in a year or term, counted each time; no child is named."""
    found = asked(request, slug)
    shown = [found.shown(key, with_chart=False) for key in TABLES]
    keeps = request.user.reach.may(Permission.KEEP_AWARDS, programme_id=found.programme.pk)
    body = found.body(
        "hub-progression",
        "progression",
        "musical progression",
        shown=shown,
        keeps=keeps,
    )
    return in_the_masthead(request, body)
