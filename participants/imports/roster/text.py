"""A cell as text: blanks squeezed, invisible characters dropped, the marks of forced text removed."""

import re
import unicodedata
from datetime import date, datetime

from inharmony.spreadsheets import Cell, CellError
from inharmony.spreadsheets.refusal import FLAWS, NO_KNOWN_ERROR

# zero-width characters, marks of writing direction, soft hyphens: seen by no person, different to every comparison
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_BLANKS = re.compile(r"\s+")
_FORCING = re.compile(r"^['\s]+")
_FORCED = re.compile(r'^="(.*)"$')
_MARKED = frozenset({"'", "=", " "})
_DUTCH = re.compile(r"^'[a-z](?:\s|-)")  # 't Hooft, 's-Gravesande: the apostrophe is part of the name
_DATE_WRITTEN = re.compile(r"^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?)?$")
SHOWN = 80
_CUT = 1_000  # nothing that is read is longer
_EXACT = 2**53


def plain(cell: Cell) -> str:
    """Returns the cell as one line of text, empty for a blank cell or an error. The same text comes back unchanged."""
    if cell is None or isinstance(cell, CellError):
        return ""
    if isinstance(cell, str):
        return _squeezed(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    return str(cell)


def _squeezed(text: str) -> str:
    if text.isascii() and text.isprintable() and text[:1] not in _MARKED and text[-1:] != " " and "  " not in text:
        return text
    text = text[:_CUT]
    while True:
        before = text
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        text = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()
        if text.startswith("'"):
            rest = _FORCING.sub("", text)
            text = f"'{rest}" if text.endswith(f"'{rest}") and _DUTCH.match(f"'{rest}") else rest
        text = _FORCED.sub(r"\1", text)
        if text == before:
            return text


def shown(cell: Cell) -> str:
    """Returns the cell as it is quoted in a message: as sent, an error by its code, at most 80 characters."""
    if isinstance(cell, CellError):
        return cell.code if cell.code in FLAWS else NO_KNOWN_ERROR
    text = cell.replace("\0", "") if isinstance(cell, str) else plain(cell)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def from_shown(text: str) -> Cell:
    """Returns what to read where a cell is known as it was shown: the text, or the error that it stands for."""
    return CellError(text) if text in FLAWS else text


def is_written_date(text: str) -> bool:
    """Whether a text is how `plain` writes a date."""
    return bool(_DATE_WRITTEN.match(text))
