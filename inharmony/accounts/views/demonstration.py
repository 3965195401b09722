from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, keeps_accounts, open_to_all, signed_in
from inharmony.accounts.models import OutboxMessage, User
from inharmony.accounts.proof import record_second_factor


@keeps_accounts
@open_to_all("the demonstration's accounts are entered in one press; refused wherever DEMO is off")
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the demonstration's accounts, and records a second factor for it."""
    email = request.POST.get("as", "")
    if not settings.DEMO or email not in {account[0] for account in settings.DEMO_ACCOUNTS}:
        raise Http404
    user = get_object_or_404(User, email=email)
    login(request, user)
    own = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    record_second_factor(request, user, own or TOTP.activate(user, generate_totp_secret()).instance)
    return redirect(get_next_redirect_url(request) or "/")


@keeps_accounts
@signed_in
@require_POST
def confirm(request: AuthenticatedRequest) -> HttpResponse:
    """Takes a press for the proof that it is still the same person: these accounts have no password to ask for."""
    if not settings.DEMO or request.user.email not in {account[0] for account in settings.DEMO_ACCOUNTS}:
        raise Http404
    reauthenticate_by_password(request)
    return redirect(get_next_redirect_url(request) or "/")


@open_to_all("the demonstration's mail, which goes nowhere; refused wherever DEMO is off")
def outbox(request: HttpRequest) -> HttpResponse:
    """The mails the demonstration would have sent."""
    if not settings.DEMO:
        raise Http404
    return render(request, "accounts/outbox.html", {"letters": OutboxMessage.objects.all()[:100]})
