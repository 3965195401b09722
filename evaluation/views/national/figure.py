"""One number opened: what it counts, how it comes about, how it is protected, what earlier releases said."""

from django.http import Http404, HttpResponse

from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.change import changed, sum_explained
from evaluation.figures.compared import DOTS, OF_THE_WHOLE
from evaluation.figures.evidence import evidence_in_words
from evaluation.menu import tables
from evaluation.menu.tables import ALL
from evaluation.queries.release import releases_of
from evaluation.queries.trends import sources_of
from evaluation.views.national.frame import Body, body_of, frame_of, parts_of, released_page
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission

AT = "evaluation:national-figure"
# how the country's children come from those of the programmes
MADE_OF_PROGRAMMES = ("children_reached", "children_twice")


@needs(Permission.SEE_NATIONAL_FIGURES)
def figure(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """GET `?programme=`: a figure of the catalogue, of the country or of a programme; 404 where there is none."""
    return released_page(request, lambda: _body(request, key))


def _body(request: AuthenticatedRequest, key: str) -> Body:
    frame = frame_of(request)
    slug = request.GET.get("programme", "")
    if key not in FIGURES or (slug and (slug not in frame.names or key in OF_THE_WHOLE)):
        raise Http404
    source, row, definition = frame.source, slug or ALL, definitions.ALL[key]
    title = ", ".join(filter(None, (definition.name, frame.names.get(slug, ""))))
    if source is None or frame.release is None:
        return body_of(frame, "figure", title, AT, definition=definition, shown=None)
    shown, before = FIGURES[key](source, row), frame.before
    every = releases_of(frame.release)
    context = {
        "definition": definition,
        "shown": shown,
        "slug": slug,
        "change": changed(shown, FIGURES[key](before, row), before) if before else "",
        "explained": sum_explained(source) if key in MADE_OF_PROGRAMMES and not slug else "",
        "parts": parts_of(frame, _beside(key)),
        "said": [(one, FIGURES[key](one, row)) for one in sources_of(every, row)] if len(every) > 1 else [],
        "trend": frame.address("evaluation:national-trends", indicator=key, **({"programme": slug} if slug else {})),
        "release": frame.release,
        "evidence": evidence_in_words(frame.release.evidence),
    }
    return body_of(frame, "figure", title, AT, **context)


def _beside(key: str) -> tuple[str, ...]:
    """The tables a figure is opened with: programmes side by side, and how the country's children are made of them."""
    of_programmes = () if key in OF_THE_WHOLE else (DOTS + key,)
    return (*of_programmes, tables.CHILDREN) if key in MADE_OF_PROGRAMMES else of_programmes
