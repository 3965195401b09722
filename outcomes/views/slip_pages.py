"""What all pages have in common that are answered by a slip: nobody keeps them, nothing on them says who is asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from outcomes.measures.structure import Informant
from outcomes.models import Wave
from outcomes.queries.answering import Opening

NOBODYS = "Who answers has no account: who holds a slip answers by it, and sees nothing of anybody else."
# As of a school's link (participants/views/list_by_link.py): with no-referrer, forms would be refused as forged.
DISCREET = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
SHUT = {Opening.NOT_YET: 403, Opening.OVER: 410}


def page(
    request: HttpRequest, name: str, context: dict[str, Any], *, informant: str = Informant.CHILD, status: int = 200
) -> HttpResponse:
    """Returns a page in the words for who is asked: those for a child while nobody knows."""
    # who is signed in beside it, and where they work, stands on none of these pages
    told = {"informant": informant, "is_child": informant == Informant.CHILD, **context, "chrome": None}
    return render(request, f"outcomes/answering/{name}.html", told, status=status)


def lost(request: HttpRequest) -> HttpResponse:
    """Returns that there is nothing at such a code, number or place."""
    return page(request, "lost", {}, status=404)


def shut(request: HttpRequest, wave: Wave, opening: Opening) -> HttpResponse:
    """Returns that a wave takes no answers: not yet, or not any more."""
    context = {"opens_on": wave.opens_on, "is_over": opening is Opening.OVER}
    return page(request, "shut", context, informant=wave.informant, status=SHUT[opening])


def on_paper(request: HttpRequest, wave: Wave) -> HttpResponse:
    """Returns that what a wave asks is answered on paper: its licence lets nobody answer it on a screen."""
    return page(request, "on-paper", {}, informant=wave.informant, status=403)


def discreet(answer: HttpResponse) -> HttpResponse:
    """Returns an answer that no cache keeps, no search engine lists, and whose address is told to nobody."""
    for name, value in DISCREET.items():
        answer.headers.setdefault(name, value)
    return answer
