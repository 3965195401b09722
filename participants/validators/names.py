"""How names sort: the same on every server, whatever its collation."""

import unicodedata

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
    return f"{folded(surname) or folded(forename)} {folded(forename)}"[:130].strip() or "?"
