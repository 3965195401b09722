"""Who takes part: children of the country by a characteristic, by programme too, and beside the schools' whole roll."""

from django.http import HttpResponse

from evaluation.figures.compared import beside_the_roll, of_a_programme
from evaluation.figures.roll import ON_ROLL
from evaluation.forms.national import ChildrenForm
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import by, programmes_by
from evaluation.views.national.frame import Body, body_of, frame_of, parts_of, released_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission


@needs(Permission.SEE_NATIONAL_FIGURES)
def children(request: AuthenticatedRequest) -> HttpResponse:
    """GET `?by=&programme=`: children by a characteristic, with share, attendance and hours."""
    return released_page(request, lambda: _body(request))


def _body(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    asked = ChildrenForm.of(request, frame.names)
    key, slug = asked.cleaned_data["by"], asked.cleaned_data["programme"]
    source, of = frame.source, DIMENSIONS[key]
    is_out = source is not None and bool(source.of(by(key)))
    context = {
        "asked": asked,
        "of": of,
        "coarser": DIMENSIONS.get(of.coarser),
        "is_out": is_out,
        "parts": parts_of(frame, (by(key), programmes_by(key))) if is_out else [],
        "one": of_a_programme(source, key, slug, frame.names[slug]) if source and slug else None,
        "roll": beside_the_roll(source, key) if source and is_out and key in ON_ROLL else None,
    }
    return body_of(frame, "children", "Who takes part", "evaluation:national-children", **context)
