"""Where In Harmony is: the map, the list of hubs, and the way to the nearest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.pages.public import public_page
from inharmony.public.queries.map import england
from inharmony.public.queries.place import answered, find
from inharmony.public.queries.where import hubs
from inharmony.public.validators.place import read


@public_page("The public record: where In Harmony is, and the hub nearest to a place.")
def where(request: HttpRequest) -> HttpResponse:
    """GET `?place=`: the nearest hub to a place first; `at` chooses among several of one name."""
    listed = hubs(timezone.localdate())
    shown = {"hubs": listed, "map": england(listed)}
    if "place" in request.GET:
        asked = read(request.GET["place"])
        found = find(asked, listed, request.GET.get("at", ""))
        shown |= {"asked": asked, "found": found, "answer": answered(found, listed)}
    return render(request, "public/where.html", shown)
