"""What changed in a hub, indicator by indicator: what was answered, how sure, for whom, and what it does not show."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from evaluation.figures.said import TABLES, OnIndicator, by_indicator, taken_for_granted
from evaluation.views.hub.frame import Asked, Body, asked, in_the_masthead, in_year
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from outcomes.queries import difference as differences
from outcomes.queries import story as stories
from outcomes.queries.story import ShownStory
from programmes.models import Indicator


@dataclass(frozen=True)
class Shown:
    """An indicator with what was answered on it, what was said beside, and how whole schools changed beside others."""

    on: OnIndicator
    stories: list[ShownStory]
    schools: list[differences.Shown]


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_impact(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: what was answered in the year on each of the eight indicators; two times of asking are of no one term."""
    return in_the_masthead(request, _body(in_year(asked(request, slug))))


def _body(found: Asked) -> Body:
    # read at each request, and kept in no page: a family may have taken its consent back
    told = stories.by_indicator(
        stories.shared_stories(programme=found.programme, year=found.period.year),
    )
    tables = [found.shown(key, with_chart=False) for key in TABLES]
    sees = found.user.reach.may(Permission.SEE_SCHOOL_CONTEXT, programme_id=found.programme.pk)
    schools = differences.differences_of(found.user, found.programme, year=found.period.year) if sees else []
    return found.body(
        "hub-impact",
        "impact",
        "what changed",
        title="What changed",
        of_year=True,
        taken_for_granted=taken_for_granted(found.numbers.said),
        comparison=reverse("outcomes:comparison", args=[found.programme.slug]) if sees else "",
        indicators=[
            Shown(one, told.get(one.of.key, []), schools if one.of.indicator is Indicator.SCHOOL else [])
            for one in by_indicator(found.numbers.said)
        ],
        has_stories=bool(told),
        writes=found.user.reach.may(Permission.WRITE_STORIES, programme_id=found.programme.pk),
        shown=[each for each in tables if each.table.rows],
    )
