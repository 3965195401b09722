"""The first page, and what In Harmony is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from inharmony.pages.landing import landing_url
from inharmony.pages.public import public_page


@public_page(
    "The first page: it says what In Harmony is, and sends who is signed in to their work.", unless_signed_in=True
)
def home(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect(landing_url(request.user))
    return render(request, "public/home.html")


@public_page("The public record: what In Harmony is, where and since when.")
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")
