"""Programmes on the map of England, and beside it what each counts."""

from django.http import HttpResponse

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.compared import cell_of
from evaluation.queries.calendar import period_of
from evaluation.queries.national_map import england_of
from evaluation.views.national.frame import Body, body_of, frame_of, released_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission

BESIDE = ("children_reached", "schools", "attendance", "hours_offered")


@needs(Permission.SEE_NATIONAL_FIGURES)
def national_map(request: AuthenticatedRequest) -> HttpResponse:
    """GET: a numbered dot for each programme of the release, small ones for its other places and partner schools."""
    return released_page(request, lambda: _body(request))


def _body(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    source = frame.source
    rows = source.rows if source else {}
    numbers = {slug: number for number, slug in enumerate(rows, 1)}
    made = {slug: [FIGURES[key](source, slug) for key in BESIDE] for slug in rows} if source else {}
    listed = [
        {
            "number": numbers[slug],
            "name": name,
            "href": frame.address("evaluation:national-programme", slug),
            "figures": [(one.name, one.unit, cell_of(one)) for one in made[slug]],
        }
        for slug, name in rows.items()
    ]
    has_symbols = any(one.symbol for figures in made.values() for one in figures)
    of = source.period if source else frame.period
    # a release's term has the days of its year
    england = england_of(period_of(of.year, of.term), numbers)
    found = {"map": england, "listed": listed, "has_symbols": has_symbols}
    return body_of(frame, "map", "On the map", "evaluation:national-map", **found)
