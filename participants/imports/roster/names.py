"""Names as schools write them. They are kept as sent; only what no one can see is put right."""

import re
import unicodedata
from datetime import date

from inharmony.spreadsheets import Cell
from participants.imports.roster.problem import Fault
from participants.imports.roster.text import is_written_date, plain
from participants.imports.roster.upn import looks_like_one

NAME_LENGTH = 60
NONE_MARKS = frozenset({"-", "–", "—", "."})
_NOTHING = frozenset({"n/a", "?", "??", "tbc", "unknown", "not known", "#"})
_NULLS = frozenset({"null", "NULL", "nil"})  # what programs write for nothing; Null is a surname
_NO_UPN = "is a UPN, where a name should be. Type the name, or choose another column."
_TOO_LONG = f"is longer than {NAME_LENGTH} characters. Shorten it."
_FORMULA = re.compile(r"^[=+@\uff1d\uff0b\uff20]")


def clean_name(cell: Cell) -> tuple[str, Fault | None]:
    """Returns the name, and a fault where it cannot be one (refused) or looks damaged (a warning).

    A blank cell, and words for "nothing" (n/a, ?, unknown), return an empty name without a fault: whether a name
    must be there is for the row to say.
    """
    name = plain(cell)
    if isinstance(cell, date) or is_written_date(name):
        return "", Fault("is a date, where a name should be. Type the name again as text.", refused=True)
    if not name or name.casefold() in _NOTHING or name in _NULLS:
        return "", None
    if looks_like_one(name) or len(name) > NAME_LENGTH:
        return "", Fault(_NO_UPN if looks_like_one(name) else _TOO_LONG, refused=True)
    if name in NONE_MARKS:
        return name, None
    if _FORMULA.match(name) or not any(letter.isalpha() for letter in name):
        return "", Fault("is not a name. Type the child’s name.", refused=True)
    return name, _doubt(name)


def _doubt(name: str) -> Fault | None:
    if "\ufffd" in name:
        return Fault("has lost a letter on its way (�). Type the name again, or save the list as CSV UTF-8 or .xlsx.")
    meant = unscrambled(name)
    if meant:
        return Fault(f"looks scrambled; perhaps “{meant}”. Save the list as CSV UTF-8 or .xlsx and send it again.")
    if len(_scripts(name)) > 1:
        return Fault("mixes letters of two alphabets, as after a wrong conversion. Compare it with the school’s list.")
    if any(letter.isdigit() for letter in name):
        return Fault("has a figure in it. Check the name.")
    return None


def unscrambled(name: str) -> str:
    """Returns what UTF-8 read as Windows-1252 stood for (`José` for `JosÃ©`), or an empty text."""
    if name.isascii():
        return ""
    for encoding in ("windows-1252", "latin-1"):
        try:
            meant = name.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if meant != name and meant.isprintable():
            return meant
    return ""


def _scripts(name: str) -> set[str]:
    if name.isascii():
        return set()
    return {
        unicodedata.name(letter, "").partition(" ")[0]
        for letter in name
        if letter.isalpha() and unicodedata.name(letter, "").startswith(("LATIN", "CYRILLIC", "GREEK"))
    }


def split_name(cell: Cell) -> tuple[str, str, Fault | None]:
    """Returns forename, surname and fault of one cell holding both.

    “Surname, Forename” is certain. Two words without a comma are read as forename and surname, with a warning; more
    words cannot be told apart.
    """
    name, fault = clean_name(cell)
    if not name or (fault and fault.refused):
        return "", "", fault
    surname, comma, forename = (part.strip() for part in name.partition(","))
    if comma and surname and forename:
        return forename, surname, fault
    words = name.replace(",", " ").split()
    if len(words) == 2:
        forename, surname = words
        read_as = f"read as forename “{forename}”, surname “{surname}”"
        return forename, surname, fault or Fault(f"has no comma; {read_as}. Write “Surname, Forename” to be sure.")
    advice = "Write “Surname, Forename”, or use two columns."
    return "", "", Fault(f"cannot be told apart into forename and surname. {advice}", refused=True)
