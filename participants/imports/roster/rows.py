"""From a sheet to children's fields: every row read, every fault at its cell, rows of one child joined."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from inharmony.spreadsheets import Cell, CellError, Row, Sheet
from participants.imports.roster import codes
from participants.imports.roster.dates import DateRead, read_birth_date, read_date
from participants.imports.roster.doubles import join_doubles
from participants.imports.roster.headings import Column, Headings, NotARosterError, column_letters, find_headings
from participants.imports.roster.layout import Layout
from participants.imports.roster.names import NONE_MARKS, clean_name, split_name
from participants.imports.roster.parsed import ParsedRoster, ParsedRow
from participants.imports.roster.problem import Fault, Problem
from participants.imports.roster.text import plain, shown
from participants.imports.roster.upn import looks_like_one, masked, read_upn

_INSTRUCTION = re.compile(
    r"^(?:required|optional|mandatory|conditional|if known|free text|do not (?:edit|change|delete)|e\.?g\.?[ :,]"
    r"|example|for example|format|must be|max(?:imum)?\b|(?:dd|yyyy)[-/ .]|text\b|enter )",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^(?:grand |sub ?)?(?:total|count|sum|average|number of)\b|^\d+ (?:pupils|children|students)\b", re.IGNORECASE
)
_INSTRUCTION_ROWS = 3


def _remembering(reader: Callable[[Cell], tuple[Any, Fault | None]]) -> Callable[[Cell], tuple[Any, Fault | None]]:
    """A reader of few different values: the same text is read once."""
    remembered = lru_cache(maxsize=2_000)(reader)
    return lambda cell: remembered(cell) if isinstance(cell, str) else reader(cell)


_READERS: dict[str, Callable[[Cell], tuple[Any, Fault | None]]] = {
    "upn": read_upn,
    "former_upn": read_upn,
    "preferred_forename": clean_name,
    "sex": _remembering(codes.read_sex),
    "year_group": _remembering(codes.read_year_group),
    "school_class": _remembering(codes.read_school_class),
    "pupil_premium": _remembering(codes.read_flag),
    "fsm": _remembering(codes.read_flag),
    "fsm6": _remembering(codes.read_flag),
    "eal": _remembering(codes.read_flag),
    "first_language": _remembering(codes.read_language),
    "sen": _remembering(codes.read_sen),
    "ethnicity": _remembering(codes.read_ethnicity),
    "school_urn": _remembering(codes.read_urn),
}
_BLANK_VALUES = (None, "")
_UPNS = ("upn", "former_upn")


def parse(sheet: Sheet, *, today: date, layout: Layout = Layout()) -> ParsedRoster:  # noqa: B008 - frozen
    """Returns the sheet's children. Raises NotARosterError when it has no usable headings or nothing under them.

    Blank rows, lines of separators, instructions under the headings and repeated headings are passed over; totals too,
    but those are named.
    """
    headings = find_headings(sheet.rows)
    columns = [
        Column(
            at,
            column_letters(at),
            text,
            {i: n for n, i in headings.columns.items()}.get(at, ""),
            "alias",
            text in headings.dropped,
            "",
            0,
        )
        for at, text in enumerate(headings.texts)
    ]
    gone = {column.index for column in columns if column.forbidden}
    kept = replace(
        sheet,
        rows=tuple(
            row
            if row.number == headings.row
            else Row(row.number, tuple(None if at in gone else cell for at, cell in enumerate(row.cells)))
            for row in sheet.rows
            if row.number >= headings.row
        ),
    )
    reader = RowReader(headings, today)
    below = [row for row in sheet.rows if row.number > headings.row]
    rows, problems = [], []
    for row in _children(below, headings, reader):
        if _is_total(row, headings):
            first = next(plain(cell) for cell in row.cells if plain(cell))
            problems.append(Problem(row.number, "", first, "Looks like a total and is left out.", refused=False))
        else:
            rows.append(reader.read(row))
    if not rows:
        raise NotARosterError(
            f"There are no children under the headings in row {headings.row}. Was the right sheet sent?"
        )
    _warn_of_month_first(reader.ambiguous, reader.month_first, headings)
    join_doubles(rows)
    return ParsedRoster(
        headings.row, headings.mapped, headings.dropped, headings.ignored, rows, problems, columns, kept, []
    )


def _children(below: list[Row], headings: Headings, reader: "RowReader") -> Iterator[Row]:
    for position, row in enumerate(below):
        if not any(isinstance(cell, CellError) or plain(cell) for cell in row.cells):
            continue
        if headings.repeats(row) or (position < _INSTRUCTION_ROWS and _is_instruction(row, reader)):
            continue
        yield row


def _is_instruction(row: Row, reader: "RowReader") -> bool:
    """Words such as “Required: free text” in at least half of the cells, and no date of birth."""
    texts = [text for text in map(plain, row.cells) if text]
    told = sum(1 for text in texts if _INSTRUCTION.match(text))
    return told * 2 >= len(texts) and reader.birth_date(row).day is None


def _is_total(row: Row, headings: Headings) -> bool:
    texts = [text for text in map(plain, row.cells) if text]
    index = headings.columns["date_of_birth"]
    return bool(_TOTAL.match(texts[0]) if texts else False) and (
        len(row.cells) <= index or row.cells[index] is None or not isinstance(row.cells[index], (str, date))
    )


class RowReader:
    """Reads one row after another under the same headings, and remembers what only the whole sheet can settle."""

    def __init__(self, headings: Headings, today: date) -> None:
        self.headings = headings
        self.today = today
        self.ambiguous: list[ParsedRow] = []
        self.month_first: list[int] = []
        self._simple = [(name, index, _READERS[name]) for name, index in headings.columns.items() if name in _READERS]

    def cell(self, row: Row, name: str) -> Cell:
        """Returns the cell of a field, None where the row is shorter or the field has no column."""
        index = self.headings.columns.get(name, -1)
        return row.cells[index] if 0 <= index < len(row.cells) else None

    def birth_date(self, row: Row) -> DateRead:
        """Returns what the date of birth reads as."""
        return read_birth_date(self.cell(row, "date_of_birth"), today=self.today)

    def read(self, row: Row) -> ParsedRow:
        """Returns the row's fields and every fault found in them."""
        parsed = ParsedRow(row.number)
        width = len(row.cells)
        self._read_names(row, parsed)
        self._read_birth_date(row, parsed)
        for name, index, reader in self._simple:
            cell = row.cells[index] if index < width else None
            if cell is not None:
                self._take(parsed, name, cell, reader(cell) if not isinstance(cell, CellError) else ("", None))
        for name in ("start_date", "leaving_date"):
            if name in self.headings.columns:
                read = read_date(self.cell(row, name), today=self.today)
                fault = Fault(read.fault.message) if read.fault else None
                self._take(parsed, name, self.cell(row, name), (read.day, fault))
        self._derive(parsed)
        return parsed

    def _take(self, parsed: ParsedRow, name: str, cell: Cell, found: tuple[Any, Fault | None]) -> None:
        value, fault = found
        if isinstance(cell, CellError):
            fault = fault or Fault(_of_error(cell))
        if value not in _BLANK_VALUES:
            parsed.fields[name] = value
        if cell is not None:
            parsed.cells[name] = shown(cell)
        if fault:
            self._add(parsed, name, cell, fault)

    def _add(self, parsed: ParsedRow, name: str, cell: Cell, fault: Fault) -> None:
        value = shown(cell)
        if name in _UPNS or looks_like_one(value):
            # what is wrong is kept, shown and printed by commands: a UPN goes nowhere of these
            value = masked(value)
        message = f"“{value}” {fault.message}" if value and not fault.message[0].isupper() else fault.message
        parsed.problems.append(Problem(parsed.row, self.headings.mapped[name], value, message, fault.refused))

    def _read_names(self, row: Row, parsed: ParsedRow) -> None:
        if "full_name" in self.headings.columns:
            cell = self.cell(row, "full_name")
            forename, surname, fault = split_name(cell)
            parsed.fields |= {"forename": forename, "surname": surname} if forename else {}
            self._take(parsed, "full_name", cell, ("", fault))
            if not forename and fault is None:
                self._missing(parsed, "full_name", cell, "The name is missing. Write “Surname, Forename”.")
            return
        for name, remedy in (
            ("forename", "The forename is missing. Write the child’s forename."),
            ("surname", "The surname is missing. Write it; for a child with one name only, write a hyphen (-)."),
        ):
            cell = self.cell(row, name)
            value, fault = clean_name(cell)
            no_surname = name == "surname" and value in NONE_MARKS
            if value in NONE_MARKS:
                value = ""
            self._take(parsed, name, cell, (value, fault))
            if no_surname:
                parsed.fields["surname"] = ""
            elif not value and fault is None:
                self._missing(parsed, name, cell, remedy)

    def _missing(self, parsed: ParsedRow, name: str, cell: Cell, message: str) -> None:
        parsed.problems = [p for p in parsed.problems if p.column != self.headings.mapped[name]]
        if isinstance(cell, CellError):
            message = _of_error(cell)
        self._add(parsed, name, cell, Fault(message, refused=True))

    def _read_birth_date(self, row: Row, parsed: ParsedRow) -> None:
        cell = self.cell(row, "date_of_birth")
        read = self.birth_date(row)
        self._take(parsed, "date_of_birth", cell, (read.day, read.fault))
        if read.day is None and read.fault is None:
            message = "The date of birth is missing. Write day/month/year, for example 14/03/2018."
            self._missing(parsed, "date_of_birth", cell, message)
        if read.ambiguous:
            self.ambiguous.append(parsed)
        if read.fault and read.fault.message.startswith("can only be month/day/year"):
            self.month_first.append(row.number)

    def _derive(self, parsed: ParsedRow) -> None:
        """English as an additional language follows from the first language where the file does not say."""
        if "eal" not in parsed.fields and "first_language" in parsed.fields:
            eal = codes.is_eal(parsed.fields["first_language"])
            if eal is not None:
                parsed.fields["eal"] = eal


def _of_error(cell: CellError) -> str:
    return f"The cell holds no value ({cell.code}). Put the formula right, or type the value."


def _warn_of_month_first(ambiguous: list[ParsedRow], month_first: list[int], headings: Headings) -> None:
    """Where one row can only be month/day/year, the rows that could be either may be so too."""
    if not month_first:
        return
    column = headings.mapped["date_of_birth"]
    for row in ambiguous:
        value = row.cells["date_of_birth"]
        row.problems.append(
            Problem(
                row.row,
                column,
                value,
                f"“{value}” is read as day/month/year, but row {month_first[0]} of this column is month/day/year."
                " Check which is meant.",
                refused=False,
            )
        )
