"""The country on one page: what its release says, what is live, what is to do. Reads no table that holds a child."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from evaluation.figures.catalogue import FIGURES, OF_THE_YEAR
from evaluation.figures.cells import Source
from evaluation.figures.change import changed, sum_explained
from evaluation.figures.period import Period
from evaluation.menu.tables import ALL, BY_PROGRAMME, by
from evaluation.queries.calendar import last_taught, period_of
from evaluation.queries.national import operations
from evaluation.queries.readiness import unsigned
from evaluation.views.kept import NOW, as_at_now, kept_part
from evaluation.views.national.frame import (
    Body,
    Frame,
    body_of,
    figure_link,
    frame_of,
    in_the_masthead,
    parts_of,
    released_body,
)
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission

HEADLINES = (
    "children_reached",
    "attendance",
    "hours_received",
    "sessions_held",
    "schools",
    "income_per_child",
)


@needs(Permission.SEE_NATIONAL_FIGURES)
def national(request: AuthenticatedRequest) -> HttpResponse:
    """GET: the country in the year or term of the address, else of the newest release."""
    body = released_body(request, lambda: _body(request))
    live = kept_part(f"{request.path} {body.period}", lambda: _live(body.period))
    return in_the_masthead(request, body, live=as_at_now(live))


def _live(period: Period) -> str:
    words = f"Sessions, hours and schools, live as at {NOW}. These count no child."
    # a release's term has the days of its year
    found = {"live": operations(period_of(period.year, period.term)), "todo": _todo(), "words": words}
    return render_to_string("evaluation/national/live.html", found)


def _body(request: AuthenticatedRequest) -> Body:
    frame = frame_of(request)
    source = frame.source
    context = {
        "headlines": _headlines(frame, source) if source else [],
        "explained": sum_explained(source) if source else "",
        "parts": parts_of(frame, (BY_PROGRAMME, by("year_group"))),
    }
    return body_of(frame, "overview", "The country", "evaluation:national", **context)


def _headlines(frame: Frame, source: Source) -> list[dict[str, object]]:
    before = frame.before
    made = [FIGURES[key](source, ALL) for key in HEADLINES if not (source.period.term and key in OF_THE_YEAR)]
    return [
        {
            "figure": figure,
            "note": changed(figure, FIGURES[figure.key](before, ALL), before) if before else "",
            "href": figure_link(frame, figure),
        }
        for figure in made
    ]


def _todo() -> list[dict[str, object]]:
    """Returns a line on the hubs whose word on the last term that was taught to its end is still to come."""
    term = last_taught(timezone.localdate())
    lacking = unsigned(term)
    if not lacking:
        return []
    many = "1 hub has" if len(lacking) == 1 else f"{len(lacking)} hubs have"
    return [
        {
            "title": f"{many} not signed off the {term.title}",
            "words": f"{', '.join(lacking)}. A hub signs from the last day of teaching on, with registers missing too; "
            "a release lacks the registers that are missing when it is cut.",
            "href": reverse("evaluation:national-completeness"),
            "action": "See how far each is",
        }
    ]
