from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from inharmony.access.gates import AuthenticatedRequest, open_to_all, signed_in
from inharmony.access.permissions import Permission
from inharmony.pages.context import roles_held
from inharmony.pages.landing import landing_url


@open_to_all("The first page: it says what In Harmony is, and sends who is signed in to their work.")
def home(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect(landing_url(request.user))
    return about(request)


@open_to_all("The public record: what In Harmony is, where and since when.")
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@signed_in
def account(request: AuthenticatedRequest) -> HttpResponse:
    reach = request.user.reach
    context = {"roles": roles_held(reach), "has_day": reach.may(Permission.SEE_OWN_DAY)}
    return render(request, "pages/account.html", context)
