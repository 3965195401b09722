"""Signing in, in vain too, signing out and new passwords go into the trail, through whichever page they came."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as school_account
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.contrib.auth import signals as session
from django.http import HttpRequest

from inharmony.accounts.models import User
from inharmony.accounts.proof import record_second_factor
from inharmony.accounts.sessions import begin
from inharmony.audit.record import audit


def connect() -> None:
    """Listens from now on; once a process."""
    session.user_logged_in.connect(_signed_in)
    session.user_logged_out.connect(_signed_out)
    session.user_login_failed.connect(_refused)
    for changed in (account.password_changed, account.password_set, account.password_reset):
        changed.connect(_password_changed)
    second_factor.authenticator_added.connect(_second_factor_added)
    second_factor.authenticator_removed.connect(_second_factor_removed)
    second_factor.authenticator_reset.connect(_recovery_codes_made)
    second_factor.authentication_failed.connect(_second_factor_refused)
    school_account.social_account_added.connect(_school_account_joined)
    school_account.social_account_removed.connect(_school_account_left)
    account.authentication_step_completed.connect(_proven)


def _signed_in(*, user: User, request: HttpRequest, **_: Any) -> None:
    begin(request)
    audit(act="person.signed_in", by=user, subject=user)


def _signed_out(*, user: User | None, **_: Any) -> None:
    # a session that ran out has nobody to sign out
    if user is not None and user.is_authenticated:
        audit(act="person.signed_out", by=user, subject=user)


def _refused(*, credentials: dict[str, Any], **_: Any) -> None:
    # whose account was tried, if there is one; what was typed is kept nowhere
    tried = User.objects.filter(email__iexact=str(credentials.get("email", ""))).only("pk").first()
    audit(act="person.sign_in_refused", by=None, subject=tried)


def _password_changed(*, user: User, **_: Any) -> None:
    audit(act="person.password_changed", by=user, subject=user)


def _second_factor_added(*, user: User, request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_second_factor(request, user, authenticator)
    audit(act="second_factor.added", by=user, subject=user, details={"kind": authenticator.type})


def _second_factor_removed(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    audit(act="second_factor.removed", by=user, subject=user, details={"kind": authenticator.type})


def _recovery_codes_made(*, user: User, **_: Any) -> None:
    audit(act="second_factor.codes_made", by=user, subject=user)


def _second_factor_refused(*, user: User, **_: Any) -> None:
    audit(act="second_factor.refused", by=None, subject=user)


def _school_account_joined(*, sociallogin: SocialLogin, **_: Any) -> None:
    # whose it is elsewhere stays unsaid: the subject of a foreign account is personal
    joined = sociallogin.account
    audit(act="school_account.joined", by=joined.user, subject=joined.user, details={"provider": joined.provider})


def _school_account_left(*, socialaccount: SocialAccount, **_: Any) -> None:
    owner = socialaccount.user
    audit(act="school_account.left", by=owner, subject=owner, details={"provider": socialaccount.provider})


def _proven(*, user: User, request: HttpRequest, method: str, **extra: Any) -> None:
    if extra.get("reauthenticated"):
        audit(act="person.confirmed", by=user, subject=user, details={"method": method})
        messages.success(request, "It is you. What you asked for is not done yet: press once more.")
