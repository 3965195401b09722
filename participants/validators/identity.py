"""Keyed hashes that match children without naming them, and the sealed UPN. The key is IDENTITY_KEY, kept for good:
with another key nothing would match any more.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import date
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from participants.validators.names import folded

_NONCE = 12  # bytes, as AES-GCM asks for
_SEALED = "2:"  # before it, seals were made with Fernet; they stay readable


class SealError(Exception):
    """A sealed text that was not sealed here, or was changed since."""


def _keyed(text: str) -> str:
    return hmac.digest(settings.IDENTITY_KEY.encode(), text.encode(), "sha256").hex()


def upn_hash(upn: str) -> str:
    """Returns the keyed hash of a UPN, 64 hexadecimal digits, or empty for none."""
    return _keyed(f"upn:{upn.strip().upper()}") if upn.strip() else ""


def person_hash(forename: str, surname: str, born: date) -> str:
    """Returns the keyed hash of folded name and date of birth, 64 hexadecimal digits."""
    return _keyed(f"person:{folded(surname)}|{folded(forename)}|{born.isoformat()}")


def pair_hash(one: int, other: int) -> str:
    """Returns the keyed hash of two children's rows, the same in either order: a pair is known again by it."""
    return _keyed(f"pair:{min(one, other)}:{max(one, other)}")


def respondent_key(child: int) -> str:
    """Returns the keyed hash of a child's row, by which answers of several times are laid together without a name."""
    return _keyed(f"respondent:{child}")


def person_key(folded_forename: str, folded_surname: str, born: date) -> str:
    """Returns the same hash as `person_hash`, of names that are folded already."""
    return _keyed(f"person:{folded_surname}|{folded_forename}|{born.isoformat()}")


@lru_cache(maxsize=4)
def _cipher(identity_key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(f"seal:{identity_key}".encode()).digest())


def seal_bytes(plain: bytes) -> bytes:
    """Returns bytes encrypted (AES-256-GCM) so that only the portal reads them, and sees when they were changed."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(settings.IDENTITY_KEY).encrypt(nonce, plain, None)


def unseal_bytes(sealed: bytes) -> bytes:
    """Returns the bytes of a seal; raises SealError when it was not made here."""
    try:
        return _cipher(settings.IDENTITY_KEY).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise SealError("This was not sealed with the portal’s key.") from error


def seal(upn: str) -> str:
    """Returns the UPN encrypted for the one page that may show it, or empty for none."""
    written = upn.strip().upper()
    return _SEALED + base64.urlsafe_b64encode(seal_bytes(written.encode())).decode() if written else ""


def unseal(sealed: str) -> str:
    """Returns the UPN of a sealed text; raises SealError when it was not sealed here."""
    if sealed.startswith(_SEALED):
        return unseal_bytes(base64.urlsafe_b64decode(sealed.removeprefix(_SEALED))).decode()
    try:
        return _fernet(settings.IDENTITY_KEY).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken as error:
        raise SealError("This was not sealed with the portal’s key.") from error


@lru_cache(maxsize=4)
def _fernet(identity_key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"seal:{identity_key}".encode()).digest()))


def is_temporary(sealed: str) -> bool:
    """Returns whether a sealed UPN is a temporary one: its last character is a letter."""
    return unseal(sealed)[-1:].isalpha()
