"""What changed, indicator by indicator: what was asked, what was answered, how sure, and what it does not show."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.template.loader import render_to_string

from evaluation.figures.impact import OnIndicator, on_indicators
from evaluation.menu.tables import feeding
from evaluation.views.national.frame import (
    Body,
    Frame,
    Part,
    body_of,
    frame_of,
    in_the_masthead,
    parts_of,
    released_body,
)
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from outcomes.queries.story import by_indicator, shared_stories
from programmes.models.study import Finding

# where in a kept body the stories of a year stand that speak on an indicator
STORIES = re.compile(r"@stories:(\d{4}):([a-z]+)@")


@dataclass(frozen=True)
class Shown:
    """An indicator with its tables, and how many findings are published on it."""

    on: OnIndicator
    parts: list[Part]
    published: int


@needs(Permission.SEE_NATIONAL_FIGURES)
def impact(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the eight indicators with what was answered on each, and where studies that were published stand."""
    body = released_body(request, lambda: _body(request))
    return in_the_masthead(request, replace(body, html=_with_stories(body.html)))


def _with_stories(html: str) -> str:
    """
    A kept body with the stories that may be shown at this moment; one statement.

    They are put in at each request, and kept nowhere: a family may have taken its consent back since.
    """
    years = {int(year) for year, _ in STORIES.findall(html)}
    told = {year: by_indicator(shared_stories(year=year)) for year in years}

    def stand(found: re.Match[str]) -> str:
        stories = told[int(found[1])].get(found[2], [])
        return render_to_string("outcomes/story/stories.html", {"stories": stories}) if stories else ""

    return STORIES.sub(stand, html)


def _body(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    year = (frame.source or frame).period.year
    context = {"indicators": list(_shown(frame)), "year": year}
    return body_of(frame, "impact", "What changed", "evaluation:national-impact", **context)


def _shown(frame: Frame) -> list[Shown]:
    indicators = on_indicators(frame.source)
    published = Counter(
        Finding.objects.shown().filter(study__withdrawn_on__isnull=True).values_list("indicator", flat=True)
    )
    keys = [key for one in indicators for key in feeding(one.of.indicator)]
    parts = {part.table.key: part for part in parts_of(frame, keys)}
    return [
        Shown(
            one,
            [parts[key] for key in feeding(one.of.indicator) if key in parts],
            published[one.of.key],
        )
        for one in indicators
    ]
