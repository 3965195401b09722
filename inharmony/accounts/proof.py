"""What a session has proven of who is sitting there: with which factors, and how long ago."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from inharmony.accounts.models import User

# recovery codes alone are none
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(request: HttpRequest) -> bool:
    """Returns whether a passkey, an authenticator's code or a recovery code was shown in this session."""
    return any(record.get("method") == "mfa" for record in _records(request))


def owes_second_factor(request: HttpRequest) -> bool:
    """Returns whether the person has a second factor that this session has not shown."""
    return not has_second_factor(request) and is_mfa_enabled(request.user, SECOND_FACTORS)


def is_fresh(request: HttpRequest) -> bool:
    """Returns whether who is signed in proved it within the last minutes (ACCOUNT_REAUTHENTICATION_TIMEOUT)."""
    proven = [record["at"] for record in _records(request)]
    return bool(proven) and time.time() - max(proven) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def record_second_factor(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """Notes that this session has shown a second factor; adding one is showing it."""
    record_authentication(request, user, method="mfa", id=authenticator.pk, type=authenticator.type)


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    return list(get_authentication_records(request, request.user)) if request.user.is_authenticated else []
