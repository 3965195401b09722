"""An authenticator app in a person's hand: sets one up and tells what it shows."""

import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrol(user) -> list[str]:
    """Sets up an authenticator app for a person; returns their recovery codes."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).get_unused_codes()


def shown(secret: str = SECRET, *, steps: int = 0) -> str:
    """Returns the code that the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, user, password: str = "three words apart", **asked):
    """Signs a person in with password and code, as on the pages; returns the answer to the code."""
    first = client.post("/sign-in/", {"login": user.email, "password": password, **asked})
    assert first["Location"].startswith("/sign-in/second-step/"), first
    return client.post("/sign-in/second-step/", {"code": shown()})
