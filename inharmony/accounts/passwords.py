"""Which passwords are refused beyond the short ones: what everybody here would guess first."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

OWN_WORDS = ("inharmony", "harmony", "orchestra", "artscouncil", "elsistema", "password", "passwort", "welcome")
# what must be left of a password once the words everybody knows are out of it
ENOUGH = 8
FEWEST_CHARACTERS = 5
RUNS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
SHORTEST_WORD = 4


class KnownWordsValidator:
    """
    Refuses a password that rests on words of the programme, its hubs and schools, or on a common password.

    NCSC and ASVS 6.1.2 ask for a list of one's own beside the common ones. A word may be part of a password that would
    be long enough without it: "liverpool tangerine wardrobe" is fine, "Liverpool2026!" is not.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError, with what to do, when too little is left without the known words."""
        left = _folded(password)
        if left.rstrip("0123456789") in _common() or _repeats(left) or _runs_on(password):
            raise ValidationError("This password is one that is tried first. Put together words of your own.")
        own = _parts([user.name, user.email.partition("@")[0]]) if user is not None else set()
        for word in sorted(_words() | own, key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < ENOUGH and len(left) < len(_folded(password)):
            raise ValidationError(
                "This password rests on a word that everybody here knows, such as the name of a hub, a school "
                "or yourself. Put together words that only you would."
            )

    def get_help_text(self) -> str:
        """Returns what a page says beforehand."""
        return "Not the name of a hub, a school or the programme, and no password that many people use."


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


def _words() -> set[str]:
    hubs = apps.get_model("programmes", "Programme").objects.values_list("short_name", flat=True)
    places = apps.get_model("programmes", "Place").objects.values_list("name", flat=True)
    partners = apps.get_model("schools", "School").objects.filter(partnerships__isnull=False).distinct()
    return _parts([*OWN_WORDS, *hubs, *places, *partners.values_list("name", flat=True)])


def _parts(names: Iterable[str]) -> set[str]:
    parts = {_folded(part) for name in names for part in (name, *re.split(r"[^\w]+", name))}
    return {part for part in parts if len(part) >= SHORTEST_WORD}


@cache
def _common() -> frozenset[str]:
    """The 20,000 most common passwords, as Django ships them."""
    return frozenset(CommonPasswordValidator().passwords)


def _repeats(text: str) -> bool:
    """Whether the text is something short, again and again."""
    return len(text) > 1 and any((text[:n] * len(text))[: len(text)] == text for n in range(1, 7))


def _runs_on(password: str) -> bool:
    """Whether it is a few characters over and over (blanks too), or the digits, alphabet or keyboard in their order."""
    folded = _folded(password)
    runs = (run * (len(folded) // len(run) + 2) for run in RUNS)
    in_order = any(folded in run or folded[::-1] in run for run in runs) if folded else False
    return in_order or len(set(password.casefold())) < FEWEST_CHARACTERS
