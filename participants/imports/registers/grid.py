"""A sheet read as a register: the row of days, the columns of names, a row a child, and the letters in its cells.

Nothing else of the sheet goes on: the columns that are no day and no name, and in the cells whatever is longer than a
mark, are dropped here. The days may stand in several rows (a block a term), and as figures under the names of months.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from inharmony.spreadsheets import Book, Cell, CellError, Row, Sheet
from participants.imports.registers import days
from participants.imports.registers.days import DayRead
from participants.imports.registers.letters import KNOWN, key_of
from participants.imports.roster.aliases import is_never_kept, meaning
from participants.imports.roster.columns import column_letters
from participants.imports.roster.dates import read_birth_date
from participants.imports.roster.names import clean_name
from participants.imports.roster.text import plain
from participants.imports.roster.upn import read_upn
from participants.validators.identity import upn_hash
from schools.models import AcademicYear

FEWEST_DAYS = 3
MOST_ROWS = 5_000
LONGEST_MARK = 4
MOST_MARKS = 100_000
_NAMES = ("full_name", "forename", "preferred_forename", "surname")
_READ = (*_NAMES, "date_of_birth", "upn", "school_class")
_TOTALS = re.compile(
    r"^(?:(?:grand|sub)?\s?totals?|(?:no\.?|number|%|percentage|percent|sum|count)?\s*(?:of)?\s*"
    r"(?:children|pupils)?\s*(?:present|absent|attended|attending|late|attendance)|average|mean|sum|count|staff|tutors?|"
    r"teachers?|notes?|comments?|key|signed|signature|register taken by|date|week|session|day|time)\b[^a-z]*.{0,24}$",
    re.IGNORECASE,
)
_NEVER = "It is longer than a mark, so nothing of it is kept. Put a letter there, and send the sheet again."


class NotARegisterError(Exception):
    """The sheet is refused as a whole; the text says what was looked for, and what to do."""


@dataclass(slots=True)
class Column:
    """A column of a register: where it is, what stands over it, the day it is of or why it can be of none."""

    index: int
    row: int
    text: str
    day: date | None
    problem: str = ""

    @property
    def letters(self) -> str:
        """The column as the spreadsheet program names it."""
        return column_letters(self.index)


@dataclass(slots=True)
class ChildRow:
    """A row of a register: who it is of, as written, and their marks by column. Of a UPN its keyed hash is kept."""

    row: int
    forename: str
    surname: str
    # where forename and surname stand in one cell
    whole: str
    born: date | None
    upn_hash: str
    school_class: str
    marks: dict[int, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name as it is shown."""
        return self.whole or f"{self.forename} {self.surname}".strip()


@dataclass(slots=True)
class Flaw:
    """A cell that is not taken: row as the spreadsheet program shows it, column, what stands there, what to do."""

    row: int
    column: str
    value: str
    message: str


@dataclass(slots=True)
class Block:
    """A row of days and the children under it."""

    heading_row: int
    columns: list[Column]
    rows: list[ChildRow]


@dataclass(slots=True)
class Grid:
    """What a sheet says as a register, and what of it was passed over."""

    place: int
    name: str
    blocks: list[Block]
    passed: list[tuple[int, str]]
    flaws: list[Flaw]
    unread: list[str]

    @property
    def rows(self) -> list[ChildRow]:
        """The rows of children of all blocks, in the order of the sheet."""
        return [row for block in self.blocks for row in block.rows]

    @property
    def columns(self) -> list[Column]:
        """The columns of days of all blocks."""
        return [column for block in self.blocks for column in block.columns]

    def as_json(self) -> dict[str, Any]:
        """Returns the grid in the shape in which it is sealed."""
        return asdict(self)

    @staticmethod
    def from_json(kept: dict[str, Any]) -> "Grid":
        """Returns the grid that was kept."""
        return Grid(
            kept["place"],
            kept["name"],
            [
                Block(
                    block["heading_row"],
                    [Column(**{**column, "day": _day(column["day"])}) for column in block["columns"]],
                    [_row(row) for row in block["rows"]],
                )
                for block in kept["blocks"]
            ],
            [(row, why) for row, why in kept["passed"]],
            [Flaw(**flaw) for flaw in kept["flaws"]],
            kept["unread"],
        )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _row(kept: dict[str, Any]) -> ChildRow:
    marks = {int(index): letter for index, letter in kept["marks"].items()}
    return ChildRow(**{**kept, "born": _day(kept["born"]), "marks": marks})


def grids_of(book: Book, year: AcademicYear, *, sheet: str = "") -> list[Grid]:
    """Returns every visible sheet that is a register; with a name, that sheet. Raises NotARegisterError for none."""
    visible = [(at, each) for at, each in enumerate(book.sheets) if each.rows and not each.hidden]
    if sheet:
        named = [(at, each) for at, each in visible if each.name.casefold() == sheet.casefold()]
        if not named:
            listed = ", ".join(f"“{each.name}”" for _, each in visible)
            raise NotARegisterError(f"There is no visible sheet “{sheet}”. The file has {listed}.")
        visible = named
    found, refusal = [], None
    for at, each in visible:
        try:
            found.append(read_grid(each, year, place=at))
        except NotARegisterError as why:
            refusal = refusal or why
    if not found:
        assert refusal is not None
        raise refusal
    return found


def read_grid(sheet: Sheet, year: AcademicYear, *, place: int = 0) -> Grid:
    """Returns a sheet as a register; raises NotARegisterError where it has no row of days, no names or no marks."""
    heads = _heads(sheet, year) if len(sheet.rows) <= MOST_ROWS else []
    if len(sheet.rows) > MOST_ROWS:
        raise NotARegisterError(f"The sheet has more than {MOST_ROWS:,} rows. Send it in parts, an ensemble each.")
    if not heads:
        first, last = sheet.rows[0].number, sheet.rows[-1].number
        raise NotARegisterError(
            f"No row with the days of sessions was found in rows {first} to {last}: at least {FEWEST_DAYS} dates beside"
            " each other, such as 12/09/2024, 12/9 or 12 Sep, with the children in rows below. If this is a list of"
            " children without dates, bring it in as a class list."
        )
    grid = Grid(place, sheet.name[:100], [], [], [], [])
    fields: dict[str, int] = {}
    for at, (lines, columns) in enumerate(heads):
        begins = lines[-1].number
        ends = heads[at + 1][0][0].number if at + 1 < len(heads) else None
        # over a later block stand the children of the one before
        above = [row for row in sheet.rows if begins - 4 < row.number <= begins] if at == 0 else lines
        body = [row for row in sheet.rows if row.number > begins and (ends is None or row.number < ends)]
        fields = _fields(above, body, {column.index for column in columns}, fields)
        _read_block(grid, lines[-1], columns, body, fields, year)
    if not grid.rows:
        raise NotARegisterError(
            f"Row {heads[0][0][-1].number} has the days of sessions, but below it stands no row with a name and a mark."
            " Put the names of the children into a column on the left, and send the sheet again."
        )
    if sum(len(row.marks) for row in grid.rows) > MOST_MARKS:
        raise NotARegisterError(f"The sheet holds more than {MOST_MARKS:,} marks. Send it in parts, a term each.")
    return grid


def _heads(sheet: Sheet, year: AcademicYear) -> list[tuple[list[Row], list[Column]]]:
    """The rows of days with their columns; of days under months two rows."""
    found: list[tuple[list[Row], list[Column]]] = []
    above: Row | None = None
    for row in sheet.rows:
        if above is not None and above.number + 1 == row.number:
            columns = _columns(row, _under_months(above, row, year))
            # of marks that are figures many are the same
            if len({column.day for column in columns}) == len(columns) >= FEWEST_DAYS:
                if found and found[-1][0][-1] is above:
                    found.pop()
                found.append(([above, row], columns))
                above = row
                continue
        columns = _columns(row, ((at, cell, days.read_day(cell, year)) for at, cell in enumerate(row.cells)))
        if len(columns) >= FEWEST_DAYS:
            found.append(([row], columns))
        above = row
    return found


def _columns(row: Row, read: Iterable[tuple[int, Cell, DayRead]]) -> list[Column]:
    return [
        Column(at, row.number, _written(cell, found), found.day, found.problem)
        for at, cell, found in read
        if found.is_there
    ]


def _written(cell: Cell, found: DayRead) -> str:
    return plain(cell) if isinstance(cell, str) or found.day is None else f"{found.day:%d/%m/%Y}"


def _under_months(above: Row, row: Row, year: AcademicYear) -> Iterator[tuple[int, Cell, DayRead]]:
    month: int | None = None
    for at, cell in enumerate(row.cells):
        over = above.cells[at] if at < len(above.cells) else None
        if over is not None:
            month = days.month_of(plain(over))
        figure = days.day_figure(cell) if month else None
        if month and figure:
            yield at, cell, days.in_year(figure, month, year, f"{figure}/{month}")


def _read_block(
    grid: Grid, head: Row, columns: list[Column], body: Sequence[Row], fields: dict[str, int], year: AcademicYear
) -> None:
    known = {column.index for column in columns} | set(fields.values())
    texts = [plain(cell) for at, cell in enumerate(head.cells) if at not in known]
    grid.unread += [text for text in dict.fromkeys(texts) if text and text not in grid.unread]
    if not {"full_name", "forename", "surname"} & fields.keys():
        raise NotARegisterError(
            f"Row {head.number} has the days of sessions, but no column beside them holds the names of children."
            " Call it Name, or Forename and Surname, and send the sheet again."
        )
    block = Block(head.number, columns, [])
    for row in body:
        _take_row(grid, block, row, fields, year)
    grid.blocks.append(block)


def _fields(above: Sequence[Row], body: Sequence[Row], of_day: set[int], before: dict[str, int]) -> dict[str, int]:
    """The columns of names: by their headings, the row of days and those above it; else by what stands in them.

    Where neither tells, they are those of the block `before`.
    """
    fields, forbidden = _told(above, of_day)
    if {"forename", "surname"} <= fields.keys():
        fields.pop("full_name", None)
    elif "full_name" in fields:
        fields = {name: at for name, at in fields.items() if name not in ("forename", "surname")}
    if not set(_NAMES) & fields.keys():
        fields = before or fields | _shaped(body, of_day | forbidden | set(fields.values()))
    if "forename" not in fields and "full_name" not in fields and "preferred_forename" in fields:
        fields["forename"] = fields["preferred_forename"]
    return {name: at for name, at in fields.items() if name != "preferred_forename"}


def _told(above: Sequence[Row], of_day: set[int]) -> tuple[dict[str, int], set[int]]:
    """The columns that headings name, and those that must not be held."""
    found: dict[str, tuple[int, int]] = {}
    forbidden: set[int] = set()
    for row in reversed(above):
        for at, cell in enumerate(row.cells):
            text = plain(cell) if isinstance(cell, str) and len(cell) <= 60 else ""
            if not text or at in of_day:
                continue
            means = meaning(text)
            if means is None and is_never_kept(text):
                forbidden.add(at)
            elif means and means[0] in _READ and (means[0] not in found or means[1] < found[means[0]][0]):
                found[means[0]] = (means[1], at)
    return {name: at for name, (_, at) in found.items()}, forbidden


def _shaped(body: Sequence[Row], taken: set[int]) -> dict[str, int]:
    """The first column of names, and where the next one holds names too, the two of them."""
    width = max((len(row.cells) for row in body), default=0)
    named = [at for at in range(width) if at not in taken and _is_names([_at(row, at) for row in body])]
    if not named:
        return {}
    first = named[0]
    if first + 1 in named:
        return {"forename": first, "surname": first + 1}
    return {"full_name": first}


def _is_names(cells: Sequence[Cell]) -> bool:
    texts = [text for cell in cells if isinstance(cell, str) and (text := plain(cell))]
    filled = sum(cell is not None for cell in cells)
    names = [text for text in texts if len(text) > 1 and sum(map(str.isalpha, text)) >= 0.7 * len(text)]
    return bool(filled) and len(names) >= 0.6 * filled and len(set(names)) > len(names) / 2 and len(names) > 0


def _at(row: Row, index: int | None) -> Cell:
    return row.cells[index] if index is not None and index < len(row.cells) else None


def _take_row(grid: Grid, block: Block, row: Row, fields: dict[str, int], year: AcademicYear) -> None:
    marks = {column.index: cell for column in block.columns if (cell := _at(row, column.index)) not in (None, "")}
    marks = {at: cell for at, cell in marks.items() if not isinstance(cell, str) or plain(cell)}
    written = {name: plain(_at(row, fields[name])) for name in _NAMES if name in fields}
    label = " ".join(text for text in written.values() if text)
    if not label:
        if marks:
            grid.passed.append((row.number, "no name in the row"))
        return
    if _TOTALS.match(label):
        grid.passed.append((row.number, f"“{label[:40]}”: no child"))
        return
    if not marks:
        grid.passed.append((row.number, f"“{label[:40]}”: no mark in the row"))
        return
    names = {name: clean_name(_at(row, fields[name])) for name in written}
    fault = next((fault for _, fault in names.values() if fault and fault.refused), None)
    if fault:
        heading = column_letters(next(fields[name] for name, (_, found) in names.items() if found is fault))
        grid.flaws.append(Flaw(row.number, heading, label[:40], fault.message))
        return
    child = ChildRow(
        row=row.number,
        forename=names.get("forename", ("", None))[0],
        surname=names.get("surname", ("", None))[0],
        whole=names.get("full_name", ("", None))[0],
        born=read_birth_date(_at(row, fields.get("date_of_birth")), today=year.ends_on).day,
        upn_hash=_hash(_at(row, fields.get("upn"))),
        school_class=plain(_at(row, fields.get("school_class")))[:40],
    )
    for column in block.columns:
        if column.index in marks:
            _take_mark(grid, child, column, marks[column.index])
    block.rows.append(child)


def _hash(cell: Cell) -> str:
    read = read_upn(plain(cell)) if cell is not None else ("", None)
    return upn_hash(read[0]) if read[0] else ""


def _take_mark(grid: Grid, child: ChildRow, column: Column, cell: Cell) -> None:
    if isinstance(cell, CellError):
        words = "It is an error of the spreadsheet program. Put the mark there, and send the sheet again."
        grid.flaws.append(Flaw(child.row, column.letters, cell.code, words))
        return
    letter = key_of(plain(cell))
    # what is longer, and no word for a mark, may be the story of a family
    if len(letter) > LONGEST_MARK and letter not in KNOWN:
        grid.flaws.append(Flaw(child.row, column.letters, "", _NEVER))
        return
    child.marks[column.index] = letter
