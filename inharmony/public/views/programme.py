"""The page of one hub."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.pages.public import public_page
from inharmony.public.queries.programme import programme_page
from participants.queries.photo import public_photos


@public_page("The public record: one hub, who leads it, since when, with whom, who pays.")
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: what the record says of a hub; one that has left In Harmony has its page too."""
    found = programme_page(slug, timezone.localdate())
    if found is None:
        raise Http404
    context = {"found": found, "photos": public_photos(programme=found.programme)}
    return render(request, "public/programme.html", context)
