"""The limited child: reads one file from its standard input and writes the rows to its standard output.

It starts as a fresh interpreter without the portal's settings or surroundings. Before it looks at the file it gives
up memory over 384 MB, processor time over 10 s, and the right to open anything at all: no file, no socket. What it
writes is JSON, one object a line, so that even a child taken over by its file can only send text:

    {"format", "encoding", "notes"}       once
    {"sheet", "hidden", "merged"}         before each sheet's rows
    {"numbers": [row, ...], "columns": [{"values": [...], "at": [...], "dates": true, "special": [...]}, ...]}
    {"end": true}                         or {"unreadable": reason, "message": words}

Rows come by columns, some hundreds of rows at a time, because a column holds few kinds and few different values: each
is looked at once. With `at`, `values` are the different values and `at` says which of them each row has. `dates` says
that all values are dates; `special` lists what JSON cannot say, as [place in values, kind, text].
"""

import gc
import io
import json
import math
import os
import resource
import sys
from datetime import date, datetime
from itertools import islice, zip_longest

import python_calamine

from . import limits, precheck
from .refusal import ERRORS, TOO_LONG, Unreadable

TYPE_CHECKING = False  # `typing` itself would be a tenth of the child's start
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from .parts import Place

    Line = dict[str, Any]

_ROWS_A_LINE = 1000
_EXACT = 2**53  # whole numbers beyond this are not exact in a spreadsheet

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


def main(kind: str, filename: str) -> None:
    """Reads, writes and ends; every expected refusal is an answer, everything else ends the process."""
    data = sys.stdin.buffer.read()
    load(kind)
    gc.disable()  # nothing it makes goes round in circles, and it does not live long
    give_up_rights()
    out = sys.stdout.buffer
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
    try:
        for line in answer(kind, data, filename):
            out.write(encode(line).encode("utf-8", "replace") + b"\n")
            out.flush()  # the caller takes in what there is while the rest is read
    except Unreadable as refusal:
        out.write(json.dumps({"unreadable": refusal.reason, "message": str(refusal)}).encode() + b"\n")
    out.flush()
    os._exit(0)  # nothing is left to tidy; taking a big workbook apart would only cost time


def load(kind: str) -> None:
    """Loads the modules that a kind of file needs: once the rights are given up no module can be loaded."""
    import codecs

    if kind == precheck.TEXT:
        from . import text  # noqa: F401

        for encoding in _ENCODINGS:
            codecs.lookup(encoding)
    else:
        import zipfile  # noqa: F401

        from . import parts  # noqa: F401

        codecs.lookup("cp437")  # names of parts


def give_up_rights() -> None:
    """From here on: no new memory past the limit, no processor time past it, nothing opened, nothing forked."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_CPU_SECONDS, limits.CHILD_CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def answer(kind: str, data: bytes, filename: str) -> "Iterator[Line]":
    """The lines described above, for a file of a kind that the pre-check found."""
    yield from (_of_text(data) if kind == precheck.TEXT else _of_workbook(kind, data, filename))
    yield {"end": True}


def _of_text(data: bytes) -> "Iterator[Line]":
    from . import text

    content, encoding = text.decode(data)
    content, named = text.take_sep_line(content)
    separator = named or text.separator_of(content)
    yield {"format": "tsv" if separator == "\t" else "csv", "encoding": encoding, "notes": []}
    yield {"sheet": "", "hidden": False, "merged": []}
    yield from _lines(text.rows_of(content, separator), {})


def _of_workbook(kind: str, data: bytes, filename: str) -> "Iterator[Line]":
    import zipfile
    import zlib

    from . import parts

    flaws: dict[str, dict[Place, str]] = {}
    merged: dict[str, list[list[int]]] = {}
    notes = []
    try:
        if kind == precheck.XLS:
            notes.append(
                "This is an old workbook (.xls): cells that hold an error look like blank ones here."
                " Save it as .xlsx to be sure."
            )
        else:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                flaws, mended = parts.look_through(archive, kind, filename)
                if mended:
                    data = parts.with_parts(archive, mended)
                merged = parts.merged_in(archive) if kind == precheck.ODS else {}
        book = python_calamine.load_workbook(io.BytesIO(data))
        yield {"format": kind, "encoding": "", "notes": notes}
        yield from _sheets(book, flaws, merged)
    except python_calamine.PasswordError as error:
        raise precheck.locked(filename) from error
    except (
        python_calamine.CalamineError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        parts.XmlError,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        NotImplementedError,
        OverflowError,
        IndexError,
    ) as error:
        raise precheck.damaged(filename) from error


def _sheets(
    book: "python_calamine.CalamineWorkbook",
    flaws: "dict[str, dict[Place, str]]",
    merged: dict[str, list[list[int]]],
) -> "Iterator[Line]":
    for known in book.sheets_metadata:
        if known.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(known.name)
        hidden = known.visible != python_calamine.SheetVisibleEnum.Visible
        yield {"sheet": known.name, "hidden": hidden, "merged": merged.get(known.name) or _merged(sheet)}
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


def _merged(sheet: "python_calamine.CalamineSheet") -> list[list[int]]:
    """Merged cells as first row (from 1), first column (from 0), last row, last column."""
    from . import parts

    spans = sheet.merged_cell_ranges or ()
    return [[top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in islice(spans, parts.SPANS)]


def _placed(rows: "Iterable[list[Any]]", left: int) -> "Iterable[list[Any]]":
    """The rows from the sheet's first, as the reader gives them, with the blank columns that it leaves out."""
    if not left:
        return rows
    margin: list[Any] = [""] * left
    return (margin + row for row in rows)


def _lines(rows: "Iterable[Sequence[Any]]", flaws: "dict[Place, str]") -> "Iterator[Line]":
    """The rows that hold anything, some hundreds a line."""
    coming = iter(_with_flaws(rows, flaws) if flaws else rows)
    first, count = 1, 0
    while batch := list(islice(coming, _ROWS_A_LINE)):
        line = as_line(batch, first)
        first += len(batch)
        if line["numbers"]:
            count += len(line["numbers"])
            if count > limits.SHEET_ROWS:
                raise Unreadable(
                    "rows",
                    f"There are more than {limits.ROWS:,} rows with something in them. Send the list in parts.",
                )
            yield line


def _with_flaws(rows: "Iterable[Sequence[Any]]", flaws: "dict[Place, str]") -> "Iterator[Sequence[Any]]":
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), code in flaws.items():
        by_row.setdefault(row, {})[column] = code
    at = -1
    for at, cells in enumerate(rows):
        yield _marked(cells, by_row.pop(at, {}))
    for below in range(at + 1, max(by_row, default=at) + 1):
        yield _marked([], by_row.get(below, {}))


class Flaw(str):
    """The code of a cell that holds no value."""

    __slots__ = ()


def _marked(cells: "Sequence[Any]", codes: dict[int, str]) -> "Sequence[Any]":
    if not codes:
        return cells
    wide = [*cells, *[""] * (max(codes) + 1 - len(cells))]
    for column, code in codes.items():
        wide[column] = Flaw(code)
    return wide


def as_line(rows: "list[Sequence[Any]]", first: int) -> "Line":
    """Some rows, the first of this number, by columns. Rows without anything are left out."""
    if max(map(len, rows)) > limits.COLUMNS:
        rows = [_bounded(row, first + at) for at, row in enumerate(rows)]
    columns = [_column(cells) for cells in zip_longest(*rows, fillvalue="")]
    numbers = list(range(first, first + len(rows)))
    if all(blank for _, blank in columns):
        nothing = set.intersection(*(set(blank) for _, blank in columns)) if columns else set(range(len(rows)))
        if nothing:
            kept = [at for at in range(len(rows)) if at not in nothing]
            if not kept:
                return {"numbers": [], "columns": []}
            rows, numbers = [rows[at] for at in kept], [numbers[at] for at in kept]
            columns = [_column(cells) for cells in zip_longest(*rows, fillvalue="")]
    return {"numbers": numbers, "columns": [column for column, _ in columns]}


def _bounded(row: "Sequence[Any]", number: int) -> "Sequence[Any]":
    """The row without blank cells at its end. Raises Unreadable where it is still too wide."""
    held = len(row)
    while held > limits.COLUMNS and type(row[held - 1]) is str and not row[held - 1].strip():
        held -= 1
    if held > limits.COLUMNS:
        raise Unreadable(
            "extent",
            f"Row {number:,} has more than {limits.COLUMNS:,} columns. Copy only the list into a new file.",
        )
    return row[:held]


def _column(cells: "tuple[Any, ...]") -> "tuple[Line, list[int]]":
    """A column as it is sent, and the places of its blank cells."""
    kinds = set(map(type, cells))
    # 1 and True are one and the same to a dictionary, and not to a person
    mixed = len(kinds) > 1 and (bool in kinds or Flaw in kinds)
    keys: Sequence[Any] = list(zip(map(type, cells), cells, strict=True)) if mixed else cells
    different = list(dict.fromkeys(keys))
    sent, special = _values(different if keys is cells else [value for _, value in different])
    column: Line = {"values": sent}
    if kinds <= {date, str} and date in kinds and not any(kind == "text" for _, kind, _ in special):
        only_dates = len(special) + sent.count(None) == len(sent) and all(kind == "date" for _, kind, _ in special)
        if only_dates:
            for at, _, text in special:
                sent[at] = text
            column["dates"], special = True, []
    if special:
        column["special"] = special
    blank: list[int] = []
    if len(sent) == len(cells) and None not in sent:
        return column, blank
    where = dict(zip(different, range(len(different)), strict=True))
    places = list(map(where.__getitem__, keys))
    if None in sent:
        nothing = {place for place, value in enumerate(sent) if value is None}
        blank = [row for row, place in enumerate(places) if place in nothing]
    column["at"] = places
    return column, blank


def _values(cells: "list[Any]") -> "tuple[list[Any], list[tuple[int, str, str]]]":
    """The cells as JSON says them, and those that it cannot say: place, kind, text. A blank cell is null."""
    sent: list[Any] = []
    special: list[tuple[int, str, str]] = []
    for at, cell in enumerate(cells):
        kind = type(cell)
        value: Any = cell
        if kind is str:
            if not cell or cell.isspace():
                value = None
            elif cell in ERRORS or len(cell) > limits.CELL_CHARACTERS:
                special.append((at, "error", cell if cell in ERRORS else TOO_LONG))
                value = 0
        elif kind is float:
            if not math.isfinite(cell):
                special.append((at, "error", "#NUM!"))
                value = 0
            elif cell.is_integer() and abs(cell) < _EXACT:
                value = int(cell)
        elif kind is not bool and kind is not int:
            special.append((at, *_special(cell)))
            value = 0
        sent.append(value)
    return sent, special


def _special(cell: object) -> tuple[str, str]:
    if isinstance(cell, Flaw):
        return "error", str(cell)
    if isinstance(cell, datetime):
        return "moment", cell.isoformat()
    if isinstance(cell, date):
        return "date", cell.isoformat()
    return "text", str(cell)  # a time of day or a length of time
