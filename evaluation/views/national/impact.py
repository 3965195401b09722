"""What changed, indicator by indicator: what was asked, what was answered, how sure, and what it does not show."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpResponse

from evaluation.figures.impact import OnIndicator, on_indicators
from evaluation.menu.tables import feeding
from evaluation.views.national.frame import Body, Frame, Part, body_of, frame_of, parts_of, released_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from programmes.models.study import Finding


@dataclass(frozen=True)
class Shown:
    """An indicator with its tables, and how many findings are published on it."""

    on: OnIndicator
    parts: list[Part]
    published: int


@needs(Permission.SEE_NATIONAL_FIGURES)
def impact(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the eight indicators with what was answered on each, and where studies that were published stand."""
    return released_page(request, lambda: _body(request))


def _body(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    context = {"indicators": list(_shown(frame))}
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
