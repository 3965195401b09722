"""Keyed hashes that match children without naming them, and the sealed UPN. The key is IDENTITY_KEY, kept for good:
with another key nothing would match any more.
"""

import base64
import hashlib
import hmac
from datetime import date

from cryptography.fernet import Fernet
from django.conf import settings

from participants.validators.names import folded


def _keyed(text: str) -> str:
    return hmac.new(settings.IDENTITY_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def upn_hash(upn: str) -> str:
    """Returns the keyed hash of a UPN, 64 hexadecimal digits, or empty for none."""
    return _keyed(f"upn:{upn.strip().upper()}") if upn.strip() else ""


def person_hash(forename: str, surname: str, born: date) -> str:
    """Returns the keyed hash of folded name and date of birth, 64 hexadecimal digits."""
    return _keyed(f"person:{folded(surname)}|{folded(forename)}|{born.isoformat()}")


def pair_hash(one: int, other: int) -> str:
    """Returns the keyed hash of two children's rows, the same in either order: a pair is known again by it."""
    return _keyed(f"pair:{min(one, other)}:{max(one, other)}")


def _seal() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"seal:{settings.IDENTITY_KEY}".encode()).digest()))


def seal(upn: str) -> str:
    """Returns the UPN encrypted for the one page that may show it, or empty for none."""
    return _seal().encrypt(upn.strip().upper().encode()).decode() if upn.strip() else ""


def unseal(sealed: str) -> str:
    """Returns the UPN of a sealed text; raises cryptography.fernet.InvalidToken when it was not sealed here."""
    return _seal().decrypt(sealed.encode()).decode() if sealed else ""


def is_temporary(sealed: str) -> bool:
    """Returns whether a sealed UPN is a temporary one: its last character is a letter."""
    return unseal(sealed)[-1:].isalpha()
