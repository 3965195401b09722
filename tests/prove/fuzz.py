"""Class lists changed by chance, and chance alone, are read or refused in plain words; nothing else ever happens.

Whole files are changed byte by byte, and inside their archives, checksums put right, so that the change reaches the
reader of the sheet; rows of cells are changed past the reader as well, which is a thousand times as quick.
"""

import io
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from inharmony.spreadsheets import Cell, CellError, Row, Sheet, Unreadable, read
from inharmony.spreadsheets.sheet import Span
from participants.imports.roster.columns import FIELDS, NotARosterError
from participants.imports.roster.layout import Layout
from participants.imports.roster.parsed import ParsedRoster
from participants.imports.roster.rows import parse, reread
from tests.inharmony.spreadsheets.hostile import hostile_files
from tests.participants.imports.roster.layouts import layouts
from tests.prove.stage import Outcome, Stage
from tests.published import FOLDER

TODAY = date(2026, 9, 10)
LEAST = 200  # files
LONGEST = 15.5  # seconds
LARGEST = 2 << 20  # bytes of a file that is changed
SHEETS_A_FILE = 20
PIECES = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'"',
        b"'",
        b";",
        b",",
        b"\t",
        b"\r",
        b"\n",
        b"=",
        b"<",
        b">",
        b"&",
        b"&#0;",
    ),
    *(b"]]>", b"<![CDATA[", b"<!--", b'r="XFD1048576"', b'r="A0"', b't="s"', b't="e"', b't="d"', b"<v>999999999</v>"),
    *(b"<v>-1</v>", b"<v>1e400</v>", b"<v>NaN</v>", b"<f>A1</f>", b"<mergeCell ref='A1:XFD9'/>", b"\xe2\x80\xae"),
    *(
        b'table:number-columns-repeated="70000"',
        b'office:date-value="9999-99-99"',
        b"<!DOCTYPE x>",
        b"\xf0\x9f\x8e\xbb",
    ),
)
WORDS: tuple[Any, ...] = (
    *("Forename", "Surname", "DOB", "UPN", "Name", "Year", "Pupil", "Parent", "Address", "PP", "Required: free text"),
    *(
        "Total",
        "30 pupils",
        "Lark, Ada",
        "'",
        "''''",
        "=1+1",
        "-",
        "F999999925001",
        "14/03/2018",
        "3/20/2018",
        "31/02/2018",
    ),
    *(
        "2018-03-14",
        "0113 496 0123",
        "ada@lark.example",
        "Y",
        "N",
        "E",
        "ENG",
        "WBRI",
        "Year 3",
        "\u202e",
        "x" * 40_000,
    ),
    *(
        None,
        True,
        False,
        0,
        -1,
        1.5,
        1e300,
        43173,
        20180314,
        10**15,
        date(2018, 3, 14),
        date(1, 1, 1),
        date(9999, 12, 31),
    ),
    *(datetime(2018, 3, 14, 9), CellError("#REF!"), CellError("formula without a result"), CellError("x")),  # noqa: DTZ001
)


def prove(stage: Stage) -> Outcome:
    """Returns the number of files and sheets tried; wrong is anything but rows or a refusal in plain words."""
    return chase(stage.rng, seeds(), lambda: stage.goes_on, LEAST)


def chase(rng: Random, known: list[tuple[str, bytes]], goes_on: Callable[[], bool], least: int) -> Outcome:
    """Changes known files and what was read of them, at least so many and as long as it goes on; returns the outcome."""
    outcome, counts = Outcome(), Counter()
    sheets: list[Sheet] = []
    while len(outcome.wrong) < 20 and (goes_on() or counts["files"] < least):
        name, data = rng.choice(known)
        data = _changed(rng, data, known)
        counts["files"] += 1
        _try_file(data, name, rng, counts, outcome, sheets)
        for _ in range(SHEETS_A_FILE if sheets else 0):
            counts["sheets"] += 1
            _try_sheet(_changed_sheet(rng, rng.choice(sheets)), rng, counts, outcome)
    outcome.counted = counts["files"] + counts["sheets"]
    outcome.words = (
        f"changed by chance: {counts['files']:,} files ({counts['read']:,} still read, {counts['refused']:,} refused)"
        f" and {counts['sheets']:,} sheets; {counts['lists']:,} were class lists"
    )
    return outcome


def seeds() -> list[tuple[str, bytes]]:
    """Returns names and bytes of the files to change: made, hostile and, where they lie beside, published ones."""
    known = [(layout.file_name, layout.data) for layout in (recipe.make() for recipe in layouts())]
    known += [(name, data) for name, (data, _) in hostile_files().items()]
    published: list[Path] = []
    for folder in ("rosters", "csv", "spreadsheets", "upn"):
        published += sorted((FOLDER / folder).glob("*"))
    known += [(path.name, path.read_bytes()) for path in published] * 4
    return [(name, data) for name, data in known if len(data) <= LARGEST]


def _changed(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    """The bytes with one to eight changes; a workbook mostly inside, packed again."""
    if rng.random() < 0.02:
        return rng.randbytes(rng.randrange(4000))
    if data.startswith(b"PK") and rng.random() < 0.7:
        return _changed_inside(rng, data, seeds)
    for _ in range(rng.randint(1, 8)):
        data = rng.choice(CHANGES)(rng, data, seeds)
    return data


def _changed_inside(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                return data[: rng.randrange(len(data))]
            parts = [(part.filename, part.compress_type, archive.read(part)) for part in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return CHANGES[0](rng, data, seeds)
    at = max(range(len(parts)), key=lambda n: len(parts[n][2])) if rng.random() < 0.6 else rng.randrange(len(parts))
    name, method, body = parts[at]
    for _ in range(rng.randint(1, 5)):
        body = rng.choice(CHANGES)(rng, body, seeds)
    parts[at] = (name, method, body)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, method, body in parts:
            archive.writestr(zipfile.ZipInfo(name), body, zipfile.ZIP_STORED if method == 0 else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _flip(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    if not data:
        return b"\xff"
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _cut(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _drop(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randint(1, 40) :]


def _repeat(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at : at + rng.randint(1, 60)] * rng.choice((2, 3, 50)) + data[at:]


def _put(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(PIECES) + data[at + rng.choice((0, 0, 3)) :]


def _number(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    """One of the numbers in it becomes another."""
    places = [at for at in range(len(data)) if 48 <= data[at] < 58][:5000]
    if not places:
        return data
    at = rng.choice(places)
    return data[:at] + rng.choice((b"0", b"9" * 12, b"-1", b"4294967296", b"1048577", b"")) + data[at + 1 :]


def _splice(rng: Random, data: bytes, seeds: list[tuple[str, bytes]]) -> bytes:
    other = rng.choice(seeds)[1][:100_000]
    at = rng.randrange(len(other) + 1)
    return data[: rng.randrange(len(data) + 1)] + other[at : at + 2000] + data[rng.randrange(len(data) + 1) :]


CHANGES: tuple[Callable[[Random, bytes, list[tuple[str, bytes]]], bytes], ...] = (
    *(_flip, _flip, _put, _put, _number, _number, _drop, _repeat, _splice, _cut),
)


def _try_file(data: bytes, name: str, rng: Random, counts: Counter, outcome: Outcome, sheets: list[Sheet]) -> None:
    began = time.monotonic()
    try:
        book = read(data, name)
    except Unreadable as refusal:
        counts["refused"] += 1
        counts[refusal.reason] += 1
        _expect_plain(str(refusal), outcome, data)
    except Exception as error:
        _keep(data, f"reading it ended in {error!r}", outcome)
    else:
        counts["read"] += 1
        for sheet in book.sheets[:5]:
            if 0 < len(sheet.rows) < 500:
                sheets.append(sheet)
                del sheets[: max(len(sheets) - 300, 0)]
            _try_sheet(sheet, rng, counts, outcome)
    if time.monotonic() - began > LONGEST:
        _keep(data, f"it took {time.monotonic() - began:.0f} seconds", outcome)


def _expect_plain(words: str, outcome: Outcome, data: bytes) -> None:
    if not words.endswith((".", "?")) or "Traceback" in words or len(words) > 1500:
        _keep(data, f"it is refused with {words[:200]!r}", outcome)


def _keep(data: bytes, words: str, outcome: Outcome) -> None:
    """Keeps the file that showed a fault, beside the data of the proof."""
    folder = Path(settings.DATA_DIR) / "found"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{len(list(folder.iterdir()))}.bin"
    path.write_bytes(data)
    outcome.wrong.append(f"{path}: {words}")


def _changed_sheet(rng: Random, sheet: Sheet) -> Sheet:
    """Cells in other places, other cells, rows missing, merged cells where none are."""
    rows = [[row.number, *row.cells] for row in sheet.rows]
    for _ in range(rng.randint(1, 12)):
        row = rng.choice(rows)
        at = rng.randint(1, max(len(row), 2))
        if rng.random() < 0.6:
            row[at : at + rng.randint(0, 1)] = [rng.choice(WORDS)]
        elif rng.random() < 0.5 and len(rows) > 1:
            rows.remove(row)
        else:
            other = rng.choice(rows)
            row[at:] = other[at:]
    spans = tuple(
        Span(top := rng.randint(1, 20), left := rng.randint(0, 9), top + rng.randint(0, 40), left + rng.randint(0, 5))
        for _ in range(rng.choice((0, 0, 1, 3)))
    )
    return Sheet(sheet.name, False, tuple(Row(int(number), tuple(cells)) for number, *cells in rows), spans)


def _try_sheet(sheet: Sheet, rng: Random, counts: Counter, outcome: Outcome) -> None:
    layout = _layout(rng)
    try:
        roster = parse(sheet, today=TODAY, layout=layout)
        counts["lists"] += 1
        faults = faults_of(roster, layout)
    except NotARosterError as refusal:
        _expect_plain(str(refusal), outcome, repr(sheet).encode())
    except Exception as error:
        _keep(repr((sheet, layout)).encode(), f"parsing it ended in {error!r}", outcome)
    else:
        if faults:
            _keep(repr((sheet, layout)).encode(), faults, outcome)


def _layout(rng: Random) -> Layout:
    if rng.random() < 0.7:
        return Layout()
    return Layout(
        columns={rng.randint(0, 12): rng.choice(("", *FIELDS)) for _ in range(rng.randint(0, 4))},
        blanks={rng.choice(("pupil_premium", "fsm", "eal")): rng.choice((False, None))} if rng.random() < 0.5 else {},
        heading_row=rng.choice((None, None, 0, 1, 2, 5)),
        remembered={"reg": rng.choice(("", "school_class", "year_group")), "canary": "forename"},
    )


def faults_of(roster: ParsedRoster, layout: Layout) -> str:
    """What a list may never be, whatever was sent; empty for nothing."""
    numbers = [row.row for row in roster.rows]
    if numbers != sorted(set(numbers)):
        return "a row comes twice or out of order"
    for row in roster.rows:
        whole = {"forename", "surname", "date_of_birth"} <= row.fields.keys()
        if not whole and not row.is_refused:
            return f"row {row.row} goes in without a name or a date of birth"
        for problem in row.problems:
            if problem.row != row.row or not problem.message.endswith((".", "?")) or not problem.column:
                return f"row {row.row} has a problem without a place or words: {problem}"
        if row.same_as is None and not any(problem.field == "" for problem in row.problems):
            again = reread(roster.mapped, row.row, row.cells, today=TODAY, layout=layout)
            if again.is_refused and not row.is_refused:
                return f"row {row.row} is refused only when it is read again"
    forbidden = {column.index for column in roster.columns if column.forbidden}
    titles = {cell for row in roster.kept.rows if row.number <= roster.heading_row for cell in row.cells}
    held = (row for row in roster.kept.rows if row.number > roster.heading_row and _holds(row, forbidden, titles))
    return next((f"row {row.number} is kept with a cell that must not be held" for row in held), "")


def _holds(row: Row, forbidden: set[int], titles: set[Cell]) -> bool:
    """Whether the row holds anything in a forbidden column but the headings over again."""
    return any(index < len(row.cells) and row.cells[index] not in (None, *titles) for index in forbidden)
