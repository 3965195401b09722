"""All programmes on one indicator, and one programme beside the country. No order of merit."""

from django.http import Http404, HttpResponse

from evaluation.figures import definitions
from evaluation.figures.compared import DOTS, beside_country
from evaluation.forms.national import IndicatorForm
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.queries.context import NO_RANKING, contexts
from evaluation.views.national.frame import Body, Link, body_of, frame_of, parts_of, released_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def programmes(request: AuthenticatedRequest) -> HttpResponse:
    """GET `?indicator=`: a figure of every programme, with the country's, and what must be known of each."""
    return released_page(request, lambda: _side_by_side(request))


def _side_by_side(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    asked = IndicatorForm.of(request)
    key = asked.cleaned_data["indicator"]
    context = {
        "asked": asked,
        "parts": parts_of(frame, (DOTS + key,)),
        "definition": definitions.ALL[key],
        "figure_href": frame.address("evaluation:national-figure", key),
        "contexts": [(one, frame.address("evaluation:national-programme", one.slug)) for one in contexts(frame.source)]
        if frame.source
        else [],
        "no_ranking": NO_RANKING,
    }
    return body_of(frame, "programmes", "Programmes side by side", "evaluation:national-programmes", **context)


@needs(Permission.SEE_NATIONAL_FIGURES)
def programme(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: one programme beside the country; 404 where there is none of that name."""
    return released_page(request, lambda: _beside_country(request, slug))


def _beside_country(request: AuthenticatedRequest, slug: str) -> Body:
    frame = frame_of(request)
    if slug not in frame.names:
        raise Http404
    source = frame.source if frame.source and slug in frame.source.rows else None
    context = {
        "name": frame.names[slug],
        "slug": slug,
        "of": source,
        "table": beside_country(source, slug, frame.names[slug], frame.before) if source else None,
        "context": next((one for one in contexts(source) if one.slug == slug), None) if source else None,
        "dimensions": [
            Link(of.title, frame.address("evaluation:national-children", by=of.key, programme=slug))
            for of in DIMENSIONS.values()
        ],
        "no_ranking": NO_RANKING,
    }
    title = f"{frame.names[slug]} and all programmes"
    return body_of(frame, "programme", title, "evaluation:national-programme", **context)
