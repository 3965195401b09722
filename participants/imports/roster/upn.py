"""Unique pupil numbers. The check letter follows the department's published rule; a test compares with `python-stdnum`.

A UPN is optional here and only used for matching, so a wrong one never keeps a child out: it is left out, and said so.
"""

import re
from functools import lru_cache
from operator import mul

from stdnum.exceptions import InvalidComponent
from stdnum.gb import upn as published

from inharmony.spreadsheets import Cell
from participants.imports.roster.problem import Fault
from participants.imports.roster.text import plain

# published codes for "this pupil has no UPN yet", and why
PLACEHOLDERS = frozenset({"UN1", "UN2", "UN3", "UN4", "UN5"})
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_PLACES = range(2, 14)
_WORTH = {letter: value for value, letter in enumerate(_LETTERS)} | {str(figure): figure for figure in range(10)}
_SCIENTIFIC = re.compile(r"^[A-Z]?\d(?:\.\d+)?E[+-]?\d+$")
_FORM = re.compile(r"^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$")
# authorities made since the list in stdnum (2011); 999 belongs to nobody and marks invented children
_NEWER = frozenset({"838", "839", "940", "941", "942", "943", "999"})


def read_upn(cell: Cell) -> tuple[str, Fault | None]:
    """Returns the UPN in capitals without blanks, or an empty text, and what is wrong with it if anything is."""
    upn = plain(cell).upper().replace(" ", "")
    if not upn or upn in PLACEHOLDERS or upn in {"-", "N/A"}:
        return "", None
    if _SCIENTIFIC.match(upn):
        return "", Fault(
            "is a number that a spreadsheet program has rounded, and is left out. Format the column as text and copy"
            " the UPNs again from the school’s system."
        )
    if not _FORM.match(upn):
        return "", Fault(
            "is not a UPN and is left out. A UPN is a letter and 12 figures (a temporary one ends in a letter)."
        )
    if check_letter(upn) != upn[0]:
        return "", Fault(
            "is left out: its first letter does not fit its figures, so at least one character is wrong."
            " Copy it again from the school’s system."
        )
    if not is_known_authority(upn[1:4]):
        return upn, Fault(
            f"has an authority code ({upn[1:4]}) that is on no list. Compare it with the school’s system."
        )
    return upn, None


def masked(written: str) -> str:
    """Returns what was written as a UPN, all but its last four characters dotted out: enough to find the cell."""
    return "•" * (len(written) - 4) + written[-4:] if len(written) > 4 else written


def without_upn(written: str) -> str:
    """Returns a text as it may be shown to who sees no UPNs: one that is formed like a UPN, with dots."""
    return masked(written) if looks_like_one(written) else written


def looks_like_one(written: str) -> bool:
    """Whether a text is formed like a UPN, whatever its column."""
    return bool(_FORM.match(written.upper().replace(" ", "")))


def is_sound(written: str) -> bool:
    """Whether a text is a UPN of a known authority as it should be written, so that nothing has to be said of it."""
    return bool(_FORM.match(written)) and check_letter(written) == written[0] and is_known_authority(written[1:4])


def check_letter(upn: str) -> str:
    """Returns the letter that characters 2 to 13 call for: sum of place x value, modulo 23."""
    return _LETTERS[sum(map(mul, _PLACES, map(_WORTH.__getitem__, upn[1:]))) % 23]


def is_temporary(upn: str) -> bool:
    """Whether the UPN is a temporary one: its last character is a letter."""
    return upn[-1:].isalpha()


@lru_cache(maxsize=1000)
def is_known_authority(code: str) -> bool:
    """Whether characters 2 to 4 are, or ever were, the number of a local authority."""
    if code in _NEWER:
        return True
    number = f"{code}000000000"
    try:
        published.validate(published.calc_check_digit(number) + number)
    except InvalidComponent:
        return False
    return True
