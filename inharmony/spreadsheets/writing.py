"""
Spreadsheets as they are handed out: .xlsx, .ods and .csv that no spreadsheet program can be made to execute.

A text is always a text. A workbook's cells are typed, and neither writer knows an element for a formula or a macro; a
link is written of a `Linked` cell alone, whose address is the portal's own. A text file has no types, so a text that a
program would take for a formula is guarded with an apostrophe, which `unguarded` takes off again. Whatever is written
here, `read` and `unguarded` bring back as it was.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from . import limits, opendocument, workbook
from .sheet import Cell, CellError, CellOut, Linked, SheetOut, Value

XLSX, ODS, CSV = "xlsx", "ods", "csv"
KINDS = (XLSX, ODS, CSV)
CONTENT_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ODS: "application/vnd.oasis.opendocument.spreadsheet",
    CSV: "text/csv; charset=utf-8",
}

LONDON = ZoneInfo("Europe/London")
SHEET_NAME = 31
_BEFORE_CALENDAR = date(1900, 3, 1)  # spreadsheet programs believe in a 29 February 1900 and in no day before that year
_EXACT_DIGITS = 10**15  # from here on a spreadsheet program rounds a whole number

# what starts a formula in some program, full-width signs (some locales) and what programs pass over before it included
_DANGEROUS = "=+\\-@|%\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212"
# or what a program would turn into something else: 007 into 7, 1e5 into 100000, the class 3/4 into the third of April
_TURNED = r"(?:0\d+|\d{16,}|\d+\.?\d*[eE]\d+|\d+[/-]\d+)\Z"
_GUARDED = re.compile(rf"^(?:[\s']|[\u200b-\u200f\u2060\ufeff])*(?:[{_DANGEROUS}]|[\t\r\n]|{_TURNED})")
_STARTS = re.compile(rf"^(?:[\s']|[{_DANGEROUS}])+")
# what XML 1.0 cannot hold, what nobody can see, and halves of characters
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+/[A-Za-z0-9._~/?&=%+-]*")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_NOT_IN_FILE_NAME = re.compile(r"[^a-z0-9]+")


class Writer(Protocol):
    """What makes a file of one kind; sheets come with clean names and clean values."""

    def __call__(self, sheets: Iterable[SheetOut], *, title: str) -> bytes: ...


def write(kind: str, sheets: Sequence[SheetOut], *, title: str = "") -> bytes:
    """
    Returns a spreadsheet file of a kind: xlsx, ods or csv (UTF-8 with its mark, lines ending in CRLF).

    The title stands in the properties of a workbook, never in a row. A text file holds one sheet. Moments that know
    their zone are written as London's wall time. Control characters, which no file could hold, are left out, and what
    is longer than a cell can be is cut. Raises ValueError for another kind, for no sheet, and for several in a text.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not a kind of spreadsheet that is written: {', '.join(KINDS)}")
    if not sheets or (kind == CSV and len(sheets) > 1):
        raise ValueError("a text file holds one sheet, a workbook at least one")
    names = sheet_names([sheet.name for sheet in sheets])
    clean = (
        SheetOut(name, [_value(cell) for cell in sheet.headings], map(_row, sheet.rows))
        for name, sheet in zip(names, sheets, strict=True)
    )
    if kind == CSV:
        return _text(next(clean))
    writer: Writer = workbook.made if kind == XLSX else opendocument.made
    return writer(clean, title=_writable(title))


def _row(cells: Sequence[CellOut]) -> list[Value | Linked]:
    return [_linked(cell) if isinstance(cell, Linked) else _value(cell) for cell in cells]


def _linked(cell: Linked) -> Linked | None:
    """Nothing opens nothing. Raises ValueError for an address that is not the web's: no script, no file, no program."""
    if not _ADDRESS.fullmatch(cell.href):
        raise ValueError(f"{cell.href!r} is no absolute address of a page")
    value = _value(cell.value)
    return None if value is None else Linked(value, cell.href)


def _value(cell: Cell) -> Value:
    """The cell as every kind of file can hold it; one that held no value says what stood there."""
    if isinstance(cell, CellError):
        cell = cell.code
    if isinstance(cell, str):
        text = _writable(cell)
        # blanks alone are nothing, to a person and to every reader
        return text if text.strip() else None
    if isinstance(cell, datetime):
        if cell.tzinfo is not None:
            cell = cell.astimezone(LONDON).replace(tzinfo=None)
        cell = cell.replace(microsecond=0)
        return cell if cell.date() >= _BEFORE_CALENDAR else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell if cell >= _BEFORE_CALENDAR else cell.isoformat()
    if isinstance(cell, bool) or cell is None:
        return cell
    if abs(cell) < _EXACT_DIGITS:
        # a float that is whole is the same number to every program
        return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return repr(cell)


def _writable(text: str) -> str:
    if text.isascii() and text.isprintable() and len(text) <= limits.CELL_CHARACTERS:
        return text
    text = _UNWRITABLE.sub("", text)
    # counted as programs do: what lies beyond the first 65,536 characters of Unicode counts twice
    while len(text.encode("utf-16-le")) // 2 > limits.CELL_CHARACTERS:
        text = f"{text[: limits.CELL_CHARACTERS * 9 // 20]}…"
    return text


def guarded(text: str) -> str:
    """Returns a text as it may stand in a text file: with an apostrophe where a program would execute it."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """Returns the text that was guarded; every other text as it is."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text[1:]) else text


def _text(sheet: SheetOut) -> bytes:
    out = io.StringIO(newline="")
    # every text in quotes: whatever a cell holds, no reader takes another separator for the real one
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in (sheet.headings, *sheet.rows):
        # a text file has no links
        writer.writerow([_written(cell.value if isinstance(cell, Linked) else cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _written(cell: Cell) -> str | int | float:
    if isinstance(cell, CellError):
        return guarded(cell.code)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None:
        return ""
    return guarded(cell) if isinstance(cell, str) else cell


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Returns names that a workbook can hold: no sign a program forbids or executes, at most 31 long, each once."""
    names: list[str] = []
    for text in wanted:
        name = _STARTS.sub("", " ".join(_NOT_IN_SHEET_NAME.sub(" ", _writable(text)).split()))
        name = _cut(name, SHEET_NAME).rstrip(" '") or "Sheet"
        # a name that programs keep for themselves
        name = f"{name} list" if name.casefold() == "history" else name
        taken = {other.casefold() for other in names}
        number = 2
        single = name
        while name.casefold() in taken:
            mark = f" {number}"
            name, number = _cut(single, SHEET_NAME - len(mark)).rstrip() + mark, number + 1
        names.append(name)
    return names


def _cut(text: str, length: int) -> str:
    """The text, no longer than so many units of UTF-16, in which programs count."""
    while len(text.encode("utf-16-le")) // 2 > length:
        text = text[:-1]
    return text


def file_name(words: str, kind: str) -> str:
    """Returns a name for the file of small letters, figures and hyphens, at most 80 and its ending."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return f"{_NOT_IN_FILE_NAME.sub('-', plain)[:80].strip('-') or 'list'}.{kind}"
