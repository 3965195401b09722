"""The first page, and what In Harmony is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.pages.landing import landing_url
from inharmony.pages.public import public_page
from inharmony.public.queries import about as queries
from inharmony.public.queries import figure, history, impact
from inharmony.public.queries.hub import hubs

NEWEST = 3
# of what the page says in its own words
RESTS_ON = "National Foundation for Educational Research, Evaluation of In Harmony: Final report, November 2016"


@public_page(
    "The first page: it says what In Harmony is, and sends who is signed in to their work.", unless_signed_in=True
)
def home(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect(landing_url(request.user))
    return render(request, "public/home.html", _facts() | {"newest": history.newest(NEWEST), "known": impact.known()})


@public_page("The public record: what In Harmony is, who runs it, and with whom it works.")
def about(request: HttpRequest) -> HttpResponse:
    more = {
        "week": figure.of_measure(figure.Measure.INTENSITY),
        "offices": queries.offices(),
        "joint": queries.collaborations(),
        "rests_on": RESTS_ON,
    }
    return render(request, "public/about.html", _facts() | more)


def _facts() -> dict[str, object]:
    known = hubs(timezone.localdate())
    first = min((hub.since for hub in known if hub.since), default="")
    return {
        "figures": figure.national([figure.Measure.CHILDREN, figure.Measure.SCHOOLS]),
        "running": [hub for hub in known if hub.runs],
        "past": [hub for hub in known if not hub.runs],
        "first": [hub for hub in known if first and hub.since == first],
    }
