"""A sheet sent to the back office: read by the limited child, its headings known by name, its cells as text."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from inharmony.spreadsheets import Cell, CellError, Row, Unreadable, read
from inharmony.spreadsheets.writing import KINDS, unguarded

MOST_ROWS = 2_000


@dataclass(frozen=True)
class Table:
    """The rows of a sheet: what is known among the headings, the cells as text, the sheet's own numbers of rows."""

    headings: list[str]
    rows: list[list[str]]
    numbers: list[int]
    ignored: list[str]
    file_hash: str


def table_of(data: bytes, filename: str, *, known: Sequence[str], needed: Collection[str]) -> Table:
    """
    Returns the one sheet of an .xlsx, .ods or .csv file.

    Raises Unreadable, whose text is for the person: for a file that cannot be read, one of another kind, one of several
    sheets, headings that are missing or stand there twice, cells without a value, and too many rows.
    """
    book = read(data, filename)
    if book.format not in KINDS:
        raise Unreadable("kind", "Send an Excel workbook (.xlsx), an .ods or a .csv file: others are not taken here.")
    if len(book.visible) > 1:
        raise Unreadable("sheets", "The file has several sheets. Keep the list alone in it and send it again.")
    heading, *below = book.visible[0].rows
    columns, ignored = _columns(heading, known, needed)
    if len(below) > MOST_ROWS:
        raise Unreadable("rows", f"There are more than {MOST_ROWS:,} rows. Send them in parts.")
    is_text = book.format == "csv"
    rows = [[_text(row, at, name, is_text=is_text) for name, at in columns.items()] for row in below]
    kept = [(row.number, cells) for row, cells in zip(below, rows, strict=True) if any(cells)]
    return Table(
        headings=list(columns),
        rows=[cells for _, cells in kept],
        numbers=[number for number, _ in kept],
        ignored=ignored,
        file_hash=hashlib.sha256(data).hexdigest(),
    )


def _columns(heading: Row, known: Sequence[str], needed: Collection[str]) -> tuple[dict[str, int], list[str]]:
    named = {name.casefold(): name for name in known}
    columns: dict[str, int] = {}
    ignored = []
    for at, cell in enumerate(heading.cells):
        text = _plain(cell, is_text=True).strip()
        name = named.get(text.casefold())
        if name in columns:
            raise Unreadable("headings", f"Two columns are headed “{name}”. Remove one of them.")
        if name:
            columns[name] = at
        elif text:
            ignored.append(text[:80])
    if missing := [name for name in needed if name not in columns]:
        listed = ", ".join(f"“{name}”" for name in missing)
        raise Unreadable("headings", f"The first row has no heading {listed}. An export of this list has them all.")
    return columns, ignored


def _text(row: Row, at: int, name: str, *, is_text: bool) -> str:
    cell = row.cells[at] if at < len(row.cells) else None
    if isinstance(cell, CellError):
        raise Unreadable(
            "error", f"Row {row.number}, “{name}”: the cell holds no value ({cell.code}). Type the value instead."
        )
    return _plain(cell, is_text=is_text).strip()


def _plain(cell: Cell, *, is_text: bool) -> str:
    """A cell as text: a formula stays the text it is, a number is written as people do."""
    if cell is None or isinstance(cell, CellError):
        return ""
    if isinstance(cell, str):
        return unguarded(cell) if is_text else cell
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    return repr(cell)
