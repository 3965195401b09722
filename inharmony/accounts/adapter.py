"""How django-allauth behaves here: accounts by invitation, a fresh proof before what is dangerous, sealed secrets."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from inharmony.accounts import sealing
from inharmony.accounts.models import User
from inharmony.accounts.proof import SECOND_FACTORS, is_fresh
from inharmony.audit.record import audit

PRODUCT = "In Harmony"
# of the session, between the first and the last step of signing in
BEGUN_WITH = "begun_with"


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Accounts begin with an invitation; there is no sign-up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "Too many wrong tries. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the adapter's signature
        """Returns False, always."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002 - the adapter's signature
        """Returns whether who is signed in must prove it again; signing in just now is proof enough."""
        return not is_fresh(context.request)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Notes, at the first step of signing in, with which password and sessions it was begun."""
        request.session[BEGUN_WITH] = user.get_session_auth_hash()
        refused: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return refused

    def login(self, request: HttpRequest, user: User) -> None:
        """Signs in, unless the account was shut, or everything begun with its password ended, meanwhile."""
        begun_with = request.session.pop(BEGUN_WITH, "")
        if not user.is_active or not constant_time_compare(begun_with, user.get_session_auth_hash()):
            request.session.flush()
            audit(act="person.sign_in_refused", by=None, subject=user)
            messages.error(request, "Your account was changed while you signed in. Sign in again.")
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Returns the link of a mail about a lost password; where it leads is not for the Host that was sent to say."""
        return f"{settings.PORTAL_URL}{urlsplit(super().get_reset_password_from_key_url(key)).path}"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        # allauth counts by the Host that was sent as well: another port, or capitals, would be eight more tries
        return f"account:{credentials.get('email', '')}".lower()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: named for the product, sealed in the database, never fewer than one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Codes change every 30 seconds: type the one that stands there now.",
        "cannot_delete_authenticator": "This is your only second factor. Add another one first, then remove this one.",
    }

    def encrypt(self, text: str) -> str:
        """Returns the secret as the database keeps it."""
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Returns the secret of what the database keeps."""
        return sealing.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Returns whether another second factor would be left; recovery codes alone are none."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002, ARG002
        """Returns the name a passkey begins with; its owner says which device it is."""
        return "My phone or computer"

    def _get_site_name(self) -> str:
        return PRODUCT
