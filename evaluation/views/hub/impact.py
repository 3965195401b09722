"""What changed in a hub, indicator by indicator: what was answered, how sure, for whom, and what it does not show."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from evaluation.figures.said import TABLES, by_indicator, taken_for_granted
from evaluation.views.hub.frame import Asked, Body, asked, in_the_masthead, in_year
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_impact(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: what was answered in the year on each of the eight indicators; two times of asking are of no one term."""
    return in_the_masthead(request, _body(in_year(asked(request, slug))))


def _body(found: Asked) -> Body:
    tables = [found.shown(key, with_chart=False) for key in TABLES]
    sees = found.user.reach.may(Permission.SEE_SCHOOL_CONTEXT, programme_id=found.programme.pk)
    return found.body(
        "hub-impact",
        "impact",
        "what changed",
        title="What changed",
        of_year=True,
        indicators=by_indicator(found.numbers.said),
        taken_for_granted=taken_for_granted(found.numbers.said),
        comparison=reverse("outcomes:comparison", args=[found.programme.slug]) if sees else "",
        shown=[each for each in tables if each.table.rows],
    )
