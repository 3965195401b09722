"""What studies found, and all studies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inharmony.pages.public import public_page
from inharmony.public.queries.impact import evidence, publications


@public_page("The public record: what studies found, how strong their evidence is, and what it does not show.")
def impact(request: HttpRequest) -> HttpResponse:
    return render(request, "public/impact.html", {"evidence": evidence(), "publications": publications()})
