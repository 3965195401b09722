"""The limited child: reads one file from its standard input and writes the rows to its standard output.

It starts as a fresh interpreter without the portal's settings or surroundings. Before it looks at the file it gives
up memory over 384 MB, processor time over 10 s, and the right to open anything at all: no file, no socket. What it
writes is JSON, one object a line, so that even a child taken over by its file can only send text:

    {"format", "encoding", "notes"}  once
    {"sheet", "hidden"}              before each sheet's rows
    {"rows": [[number, cell, ...]], "special": [[row in this line, cell, kind, value]]}
    {"end": true}                    or {"unreadable": reason, "message": words}
"""

import codecs
import io
import json
import math
import os
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import python_calamine
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from . import limits, parts, precheck, text
from .sheet import CellError, Unreadable

_ROWS_A_LINE = 500
_EXACT = 2**53  # whole numbers beyond this are not exact in a spreadsheet
ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!"}

_ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "utf-32",
    "windows-1252",
    "cp437",
    "ascii",
    "latin-1",
    "utf-16-le",
    "utf-16-be",
)

Plain = str | int | float | bool | None


def main(kind: str, filename: str) -> None:
    """Reads, writes and ends; every expected refusal is an answer, everything else ends the process."""
    data = sys.stdin.buffer.read()
    give_up_rights()
    out = sys.stdout.buffer
    try:
        for line in answer(kind, data, filename):
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")
    except Unreadable as refusal:
        out.write(json.dumps({"unreadable": refusal.reason, "message": str(refusal)}).encode() + b"\n")
    out.flush()
    os._exit(0)  # nothing is left to tidy; taking a big workbook apart would only cost time


def give_up_rights() -> None:
    """From here on: no new memory past the limit, no processor time past it, nothing opened, nothing forked."""
    for encoding in _ENCODINGS:  # loaded from files on first use, which will not be possible any more
        codecs.lookup(encoding)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_CPU_SECONDS, limits.CHILD_CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def answer(kind: str, data: bytes, filename: str) -> Iterator[dict[str, Any]]:
    """The lines described above, for a file of a kind that the pre-check found."""
    yield from (_of_text(data) if kind == precheck.TEXT else _of_workbook(kind, data, filename))
    yield {"end": True}


def _of_text(data: bytes) -> Iterator[dict[str, Any]]:
    content, encoding = text.decode(data)
    content, named = text.take_sep_line(content)
    separator = named or text.separator_of(content)
    yield {"format": "tsv" if separator == "\t" else "csv", "encoding": encoding, "notes": []}
    yield {"sheet": "", "hidden": False}
    yield from _lines(text.rows_of(content, separator), {})


def _of_workbook(kind: str, data: bytes, filename: str) -> Iterator[dict[str, Any]]:
    flaws: dict[str, dict[parts.Place, str]] = {}
    notes = []
    try:
        if kind == precheck.XLS:
            notes.append(
                "This is an old workbook (.xls): cells that hold an error look like blank ones here."
                " Save it as .xlsx to be sure."
            )
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                flaws = parts.look_through(archive, kind, filename)
        book = python_calamine.load_workbook(io.BytesIO(data))
        yield {"format": kind, "encoding": "", "notes": notes}
        yield from _sheets(book, flaws)
    except PasswordError as error:
        raise precheck.locked(filename) from error
    except (
        CalamineError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        ValueError,
        KeyError,
        SyntaxError,
    ) as error:
        raise precheck.damaged(filename) from error


def _sheets(book: CalamineWorkbook, flaws: dict[str, dict[parts.Place, str]]) -> Iterator[dict[str, Any]]:
    for known in book.sheets_metadata:
        if known.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(known.name)
        yield {"sheet": known.name, "hidden": known.visible != SheetVisibleEnum.Visible}
        if sheet.start is None:
            yield from _lines([], flaws.get(known.name, {}))
            continue
        left = sheet.start[1]
        if sheet.width > limits.COLUMNS or sheet.width * sheet.height > limits.CELLS:
            raise Unreadable(
                "extent",
                f"Sheet “{known.name}” is {sheet.height:,} rows by {sheet.width:,} columns; that is more than can be"
                " read. Copy only the list into a new workbook and send that.",
            )
        yield from _lines(_placed(sheet.iter_rows(), left), flaws.get(known.name, {}))


def _placed(rows: Iterable[list[Any]], left: int) -> Iterator[list[Any]]:
    """The rows from the sheet's first, as the reader gives them, with the blank columns that it leaves out."""
    margin: list[Any] = [""] * left
    for row in rows:
        yield margin + row if left else row


def _lines(rows: Iterable[list[Any]], flaws: dict[parts.Place, str]) -> Iterator[dict[str, Any]]:
    """The rows that hold anything, some hundreds a line."""
    batch = Batch()
    count = 0
    for number, cells in enumerate(_with_flaws(rows, flaws), start=1):
        if batch.take(number, cells):
            count += 1
            if count > limits.SHEET_ROWS:
                raise Unreadable(
                    "rows",
                    f"There are more than {limits.ROWS:,} rows with something in them. Send the list in parts.",
                )
        if len(batch.rows) == _ROWS_A_LINE:
            yield batch.as_line()
            batch = Batch()
    if batch.rows:
        yield batch.as_line()


def _with_flaws(rows: Iterable[list[Any]], flaws: dict[parts.Place, str]) -> Iterator[list[Any]]:
    if not flaws:
        yield from rows
        return
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), code in flaws.items():
        by_row.setdefault(row, {})[column] = code
    at = -1
    for at, cells in enumerate(rows):
        yield _marked(cells, by_row.pop(at, {}))
    for below in range(at + 1, max(by_row, default=at) + 1):
        yield _marked([], by_row.get(below, {}))


def _marked(cells: list[Any], codes: dict[int, str]) -> list[Any]:
    if not codes:
        return cells
    wide = [*cells, *[""] * (max(codes) + 1 - len(cells))]
    for column, code in codes.items():
        wide[column] = CellError(code)
    return wide


class Batch:
    """Rows on their way out: plain cells in place, dates and errors listed beside them."""

    def __init__(self) -> None:
        self.rows: list[list[Plain]] = []
        self.special: list[tuple[int, int, str, str]] = []

    def take(self, number: int, cells: list[Any]) -> bool:
        """Adds a row unless it is blank; whether it was added."""
        plain: list[Plain] = [number]
        at = len(self.rows)
        held = 1  # cells up to the last that holds anything
        for column, cell in enumerate(cells):
            kind = type(cell)
            if kind is str:
                value: Plain = None if not cell or cell.isspace() else cell
                if value is not None and (value in ERRORS or len(cell) > limits.CELL_CHARACTERS):
                    self.special.append((at, column, "error", cell if value in ERRORS else "too long"))
                    value, held = None, column + 2
            elif kind is float:
                value = int(cell) if cell.is_integer() and abs(cell) < _EXACT else cell
                if not math.isfinite(cell):
                    self.special.append((at, column, "error", "#NUM!"))
                    value, held = None, column + 2
            elif kind is bool or kind is int:
                value = cell
            else:
                self.special.append((at, column, *_special(cell)))
                value, held = None, column + 2
            if value is not None:
                held = column + 2
            plain.append(value)
        if held == 1:
            return False
        if held > limits.COLUMNS + 1:
            raise Unreadable(
                "extent",
                f"Row {number:,} has more than {limits.COLUMNS:,} columns. Copy only the list into a new file.",
            )
        del plain[held:]
        self.rows.append(plain)
        return True

    def as_line(self) -> dict[str, Any]:
        return {"rows": self.rows, "special": self.special}


def _special(cell: object) -> tuple[str, str]:
    if isinstance(cell, CellError):
        return "error", cell.code
    if isinstance(cell, datetime):
        return "moment", cell.isoformat()
    if isinstance(cell, date):
        return "date", cell.isoformat()
    return "text", str(cell)  # a time of day or a length of time
