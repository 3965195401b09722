"""Secrets of second factors are sealed in the database: a copy of it is not a way in."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor:{settings.IDENTITY_KEY}".encode()).digest()))


def seal(text: str) -> str:
    """Returns the text encrypted, for this portal's own eyes."""
    return _seal().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Returns the text; raises cryptography.fernet.InvalidToken when it was not sealed here."""
    return _seal().decrypt(sealed.encode()).decode()
