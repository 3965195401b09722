from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.views import connections
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, freshly, keeps_accounts, open_to_all, signed_in

FAILED = "The other sign-in page did not answer as it should. Try again, or use your email address and password."


@keeps_accounts
@signed_in
def accounts(request: AuthenticatedRequest) -> HttpResponse:
    """The accounts elsewhere that are joined to one's own, and those that can be."""
    joined = list(SocialAccount.objects.filter(user_id=request.user.pk).order_by("date_joined"))
    known = {app["provider_id"]: app["name"] for app in settings.SCHOOL_ACCOUNTS}
    context = {
        "joined": [{"account": each, "name": known.get(each.provider, each.provider)} for each in joined],
        "others": [app for app in settings.SCHOOL_ACCOUNTS if app["provider_id"] not in {a.provider for a in joined}],
    }
    return render(request, "accounts/school-account/list.html", context)


@freshly
@keeps_accounts
@signed_in
@require_POST
def leave(request: AuthenticatedRequest) -> HttpResponseBase:
    """Takes an account elsewhere off one's own, unless it is the only way in."""
    done: HttpResponseBase = connections(request)
    return done


@keeps_accounts
@open_to_all("back from another organisation's sign-in page, not signed in yet")
def failed(request: HttpRequest) -> HttpResponse:
    """The other organisation answered something that cannot be used, or nothing was agreed there."""
    return render(request, "accounts/school-account/refused.html", {"words": FAILED}, status=400)
