"""How names sort and are found: the same on every server, whatever its collation."""

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

Key = TypeVar("Key")

# letters that have no accent to lose
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"})


# most names are plain, and a class list has thousands of them
_PLAIN = {code: None for code in range(128) if not chr(code).isalnum()} | {ord(" "): " ", ord("-"): " "}


def folded(name: str) -> str:
    """Returns a name without accents, apostrophes, hyphens and case, for sorting and comparing."""
    if name.isascii():
        return " ".join(name.translate(_PLAIN).lower().split())
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    letters = (c if c.isalnum() else " " if c in " -" else "" for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).casefold().split())


def sort_key(surname: str, forename: str) -> str:
    """Returns the stored key children are ordered by: surname, then forename; a child of one name sorts by it."""
    return folded_sort_key(folded(forename), folded(surname))


def folded_sort_key(forename: str, surname: str) -> str:
    """Returns the same key as `sort_key`, of names that are folded already."""
    return f"{surname or forename} {forename}"[:130].strip() or "?"


# in a shorter word one letter more or less makes another name
FORGIVEN_FROM = 4


def matching(named: Iterable[tuple[Key, str]], search: str) -> list[Key]:
    """
    Returns the keys of the names in which every word searched for stands; names come and are compared folded.

    Where no name has them all, one slip of the keys a word is forgiven. Words without a letter are in no name.
    """
    words, names = folded(search).split(), list(named)
    if not words:
        return []
    exact = [key for key, name in names if all(word in name for word in words)]
    return exact or [key for key, name in names if all(word in name or _is_near(word, name) for word in words)]


def _is_near(word: str, name: str) -> bool:
    """Returns whether a part of a name begins like a word that has one slip in it."""
    if len(word) < FORGIVEN_FROM:
        return False
    lengths = (len(word) - 1, len(word), len(word) + 1)
    return any(_is_one_slip(word, part[:length]) for part in name.split() for length in lengths)


def _is_one_slip(one: str, other: str) -> bool:
    """Returns whether two words are the same but for one letter: wrong, missing, too many, or two changed about."""
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[at:], other[at:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return one[1:] == other[1:] or one == other[1:] or one[1:] == other or swapped
