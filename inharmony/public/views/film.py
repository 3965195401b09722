"""In action: four films that stand elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inharmony.pages.public import public_page
from inharmony.public.queries.film import films


@public_page("The public record: films about In Harmony, what they show and where they stand.")
def in_action(request: HttpRequest) -> HttpResponse:
    return render(request, "public/in-action.html", {"films": films()})
