"""One number of a hub, opened: what it means, how it comes about, and the rows behind it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from evaluation.figures.catalogue import FIGURES, OF_THE_YEAR
from evaluation.figures.own import OPENED_BY, with_parts
from evaluation.figures.signed import beside_signed
from evaluation.menu.tables import ALL
from evaluation.queries.release import latest_release, published
from evaluation.views.hub.frame import Asked, asked, in_the_masthead, in_year
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission

# what a number's rows are, where a page shows them: its name, and the words of the link
ROWS = {
    **dict.fromkeys(
        ("children_reached", "children_new", "children_returning", "children_leaving"),
        ("participants:children", "The list of children of today"),
    ),
    **dict.fromkeys(
        ("attendance", "registers_taken", "sessions_held", "hours_held", "hours_received", "hours_offered"),
        ("participants:ensembles", "The ensembles, with their registers"),
    ),
    **dict.fromkeys(
        ("sessions_planned", "sessions_cancelled", "tutors"), ("programmes:timetable", "The timetable, day by day")
    ),
    "ensembles": ("participants:ensembles", "The ensembles"),
    "schools": ("schools:contexts", "The schools, with their numbers"),
}
MAY_SEE = {
    "participants:children": Permission.SEE_CHILDREN,
    "participants:ensembles": Permission.SEE_OWN_DAY,
    "programmes:timetable": Permission.KEEP_ENSEMBLES,
    "schools:contexts": Permission.SEE_SCHOOL_CONTEXT,
}


@needs(Permission.SEE_HUB_FIGURES)
@require_GET
def hub_figure(request: AuthenticatedRequest, slug: str, key: str) -> HttpResponse:
    """GET: a figure of the hub by its key: definition, as-at, completeness, its sum, and where its rows are."""
    found = asked(request, slug)
    if key not in OPENED_BY:
        raise Http404
    if key in OF_THE_YEAR:
        found = in_year(found)
    figure = FIGURES[key](found.numbers.source, ALL)
    signed = found.last_signed()
    body = found.body(
        "hub-figure",
        "figure",
        figure.name,
        figure=with_parts(found.numbers.source, figure),
        revised=beside_signed(figure, signed.source).note.removeprefix(figure.note) if signed else "",
        signed=signed,
        shown=[found.shown(each, with_chart=False) for each in OPENED_BY[key]],
        country=_country(found, key),
        rows=_rows(found, key),
    )
    return in_the_masthead(request, body)


def _country(found: Asked, key: str) -> dict[str, object] | None:
    """What the newest release says of the country: never what is live, never of another hub."""
    release = latest_release(found.period)
    if release is None:
        return None
    return {"figure": FIGURES[key](published(release, {}), ALL), "release": release}


def _rows(found: Asked, key: str) -> tuple[str, str] | None:
    page, words = ROWS.get(key, ("", ""))
    if not page or not found.user.reach.may(MAY_SEE[page], programme_id=found.programme.pk):
        return None
    return reverse(page), words
