from django.http import HttpResponse
from django.shortcuts import render

from inharmony.access.gates import AuthenticatedRequest, signed_in
from inharmony.access.permissions import Permission
from inharmony.pages.context import roles_held


@signed_in
def account(request: AuthenticatedRequest) -> HttpResponse:
    reach = request.user.reach
    context = {"roles": roles_held(reach), "has_day": reach.may(Permission.SEE_OWN_DAY)}
    return render(request, "pages/account.html", context)
