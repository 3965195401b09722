"""Signing in, in vain too, signing out and new passwords go into the trail, through whichever page they came."""

from typing import Any

from allauth.account import signals as account
from django.contrib.auth import signals as session

from inharmony.accounts.models import User
from inharmony.audit.record import audit


def connect() -> None:
    """Listens from now on; once a process."""
    session.user_logged_in.connect(_signed_in)
    session.user_logged_out.connect(_signed_out)
    session.user_login_failed.connect(_refused)
    for changed in (account.password_changed, account.password_set, account.password_reset):
        changed.connect(_password_changed)


def _signed_in(*, user: User, **_: Any) -> None:
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
