"""From a sheet to children's fields: every column read, every fault at its cell, rows of one child joined.

A class list holds few different values in most of its columns, so each different value is read once, column by column.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from inharmony.spreadsheets import Cell, CellError, Row, Sheet
from inharmony.spreadsheets.sheet import Span
from participants.imports.roster import codes
from participants.imports.roster.cells import OF_DATES, READERS, Taken
from participants.imports.roster.columns import NotARosterError
from participants.imports.roster.dates import read_birth_date
from participants.imports.roster.doubles import join_doubles
from participants.imports.roster.headings import Headings, find_headings, kept, without_postcodes
from participants.imports.roster.homes import LookUp, nothing_loaded
from participants.imports.roster.layout import Layout
from participants.imports.roster.parsed import ParsedRoster, ParsedRow
from participants.imports.roster.problem import Fault, Problem
from participants.imports.roster.text import from_shown, plain, shown
from participants.imports.roster.upn import looks_like_one, masked

_INSTRUCTION = re.compile(
    r"^(?:required|optional|mandatory|conditional|if known|free text|do not (?:edit|change|delete)|e\.?g\.?[ :,]"
    r"|example|for example|format|must be|max(?:imum)?\b|(?:dd|yyyy)[-/ .]|text\b|enter )",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^(?:grand |sub ?)?(?:total|count|sum|average|number of)\b|^\d+ (?:pupils|children|students)\b", re.IGNORECASE
)
_GROUP = re.compile(r"^(?:class|form|reg|registration|tutor|teacher|year|yr|group|school)\b", re.IGNORECASE)
_INSTRUCTION_ROWS = 3
FLAGS = ("pupil_premium", "fsm", "fsm6", "eal")
_UPNS = ("upn", "former_upn")
_GROUPED = ("school_class", "year_group", "school_urn")  # what merged cells beside several children mean for each


def parse(sheet: Sheet, *, today: date, layout: Layout | None = None, look_up: LookUp = nothing_loaded) -> ParsedRoster:
    """Returns the sheet's children. Raises NotARosterError when it has no usable headings or nothing under them.

    Rows that are blank wherever something is read, lines of separators, instructions under the headings and repeated
    headings are passed over; totals too, but those are named. Of postcodes nothing goes further than `look_up`.
    """
    layout = layout or Layout()
    headings = find_headings(sheet, today=today, layout=layout, look_up=look_up)
    sheet = without_postcodes(sheet, headings)
    reader = RowReader(headings.mapped, today=today, layout=layout)
    below = [row for row in sheet.rows if row.number > headings.row]
    problems = list(headings.problems)
    children = _children(below, headings, reader, problems)
    if not children:
        under = f"under the headings in row {headings.row}" if headings.row else "in the list"
        raise NotARosterError(
            f"There are no children {under}. Was the right sheet sent?",
            headings.table,
            headings.row,
            kept(sheet, headings),
        )
    columns = _columns(children, headings, sheet)
    rows, asks = reader.read_all([row.number for row in children], columns)
    join_doubles(rows, headings.mapped)
    return ParsedRoster(
        heading_row=headings.row,
        mapped=headings.mapped,
        dropped=headings.dropped,
        ignored=headings.ignored,
        rows=rows,
        problems=problems,
        columns=list(headings.table),
        asks=asks,
        kept=kept(sheet, headings),
    )


def _children(below: list[Row], headings: Headings, reader: "RowReader", problems: list[Problem]) -> list[Row]:
    """The rows that are children. Only rows without a date of birth can be anything else, and the very first."""
    at = headings.columns["date_of_birth"]
    births = [row.cells[at] if at < len(row.cells) else None for row in below]
    title = {texts[at] for texts in headings.texts if at < len(texts)}
    doubtful = {cell for cell in set(births) if not _may_be_birth(cell) or plain(cell) in title}
    if len(below) > _INSTRUCTION_ROWS and doubtful.isdisjoint(births[_INSTRUCTION_ROWS:]):
        head = list(_checked(below[:_INSTRUCTION_ROWS], 0, headings, reader, problems))
        return [*head, *below[_INSTRUCTION_ROWS:]]
    children = []
    for position, (row, birth) in enumerate(zip(below, births, strict=True)):
        if position >= _INSTRUCTION_ROWS and birth not in doubtful:
            children.append(row)
        else:
            children.extend(_checked([row], position, headings, reader, problems))
    return children


def _may_be_birth(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and len(cell) > 5 and any(map(str.isdigit, cell)))


def _checked(
    rows: Sequence[Row], first: int, headings: Headings, reader: "RowReader", problems: list[Problem]
) -> Iterator[Row]:
    read = sorted(headings.columns.values())
    for position, row in enumerate(rows, first):
        # what stands in other columns alone is no child: a note under the list, a mark in the margin
        cells = [row.cells[index] for index in read if index < len(row.cells)]
        if not any(isinstance(cell, CellError) or plain(cell) for cell in cells):
            continue
        if headings.repeats(row) or (position < _INSTRUCTION_ROWS and _is_instruction(row, headings, reader)):
            continue
        if why := _why_no_child(row, headings, reader):
            index, text = next((at, shown(plain(cell))) for at, cell in enumerate(row.cells) if plain(cell))
            name = next((column.name for column in headings.table if column.index == index), "")
            problems.append(Problem(row.number, name, text, f"“{text}” {why}", refused=False))
            continue
        yield row


def _is_instruction(row: Row, headings: Headings, reader: "RowReader") -> bool:
    """Words such as “Required: free text” in at least half of the cells, and no date of birth."""
    texts = [text for text in map(plain, row.cells) if text]
    told = sum(1 for text in texts if _INSTRUCTION.match(text))
    return bool(texts) and told * 2 >= len(texts) and not _has_birth(row, headings, reader)


def _why_no_child(row: Row, headings: Headings, reader: "RowReader") -> str:
    """What a row of words is that is left out and named: a total, or the heading of a group; empty for a child."""
    texts = [text for text in map(plain, row.cells) if text]
    if not texts or _has_birth(row, headings, reader):
        return ""
    if _TOTAL.match(texts[0]):
        return "looks like a total, so this row is left out. Nothing needs to be done."
    if len(texts) == 1 and _GROUP.match(texts[0]):
        return (
            "looks like the heading of a group, so this row is left out. Where it is not in a column of its own, write"
            " it beside each child."
        )
    return ""


def _has_birth(row: Row, headings: Headings, reader: "RowReader") -> bool:
    index = headings.columns["date_of_birth"]
    cell = row.cells[index] if index < len(row.cells) else None
    return isinstance(cell, (str, date)) and read_birth_date(cell, today=reader.today).day is not None


def _columns(children: list[Row], headings: Headings, sheet: Sheet) -> dict[str, Sequence[Cell]]:
    """The cells of each field, one a child; merged cells beside several children stand for each of them."""
    wide = list(zip_longest(*(row.cells for row in children)))
    nothing: Sequence[Cell] = (None,) * len(children)
    columns = {name: wide[index] if index < len(wide) else nothing for name, index in headings.columns.items()}
    spans = [span for span in sheet.merged if span.bottom > span.top > headings.row]
    for name in _GROUPED:
        index = headings.columns.get(name)
        tall = [span for span in spans if index is not None and span.left <= index <= span.right]
        if tall:
            columns[name] = _spread(children, columns[name], tall, sheet)
    return columns


def _spread(children: list[Row], cells: Sequence[Cell], spans: Sequence[Span], sheet: Sheet) -> list[Cell]:
    """The cells with what stands in the first of the merged ones; spans that overlap are nobody's, the first counts."""
    tops = {span.top for span in spans}
    firsts = {row.number: row.cells for row in sheet.rows if row.number in tops}
    numbers = [row.number for row in children]
    spread, done = list(cells), 0
    for span in sorted(spans):
        first = firsts.get(span.top, ())
        if span.top <= done or span.left >= len(first):
            continue
        done = span.bottom
        for at in range(bisect_left(numbers, span.top), bisect_right(numbers, span.bottom)):
            if spread[at] is None:
                spread[at] = first[span.left]
    return spread


class RowReader:
    """Reads cells by their field, and remembers nothing of one row for the next."""

    def __init__(self, mapped: Mapping[str, str], *, today: date, layout: Layout | None = None) -> None:
        self.mapped = mapped
        self.today = today
        self.layout = layout or Layout()
        self._readers = {name: self._reader(name) for name in mapped if name in READERS or name in OF_DATES}

    def read_all(
        self, numbers: Sequence[int], columns: Mapping[str, Sequence[Cell]]
    ) -> tuple[list[ParsedRow], list[str]]:
        """Returns the rows, and the yes-or-no fields of which somebody has to say what a blank means."""
        values: dict[str, Sequence[Any]] = {}
        texts: dict[str, list[str | None]] = {}
        faulty: dict[int, list[Problem]] = {}
        asks = []
        for name, cells in columns.items():
            found, taken = self._read_column(name, cells)
            texts[name] = [one.text for one in found]
            if name == "full_name":
                pairs = [one.value or (None, None) for one in found]
                values |= {"forename": [pair[0] for pair in pairs], "surname": [pair[1] for pair in pairs]}
            else:
                values[name] = [one.value for one in found]
            if any(one.fault for one in taken):
                for at, one in enumerate(found):
                    if one.fault:
                        faulty.setdefault(at, []).append(self._problem(numbers[at], name, one.text or "", one.fault))
            if name in FLAGS and name not in self.layout.blanks and _is_asked(taken):
                asks.append(name)
            if name == "date_of_birth":
                self._doubt_orders(numbers, cells, found, faulty)
        _derive(values)
        rows = _rows(numbers, values, texts)
        for at, problems in faulty.items():
            rows[at].problems = problems
        return rows, asks

    def reread(self, number: int, cells: Mapping[str, str]) -> ParsedRow:
        """Returns a row read again from its cells as they were shown (`ParsedRow.cells`), some of them mended.

        What only the whole sheet can settle (two rows of one child, the order of day and month) is not looked at. UPNs
        that are not among the cells are passed over.
        """
        names = [name for name in self.mapped if name not in _UPNS or name in cells]
        known: dict[str, list[Cell]] = {name: [from_shown(cells[name]) if name in cells else None] for name in names}
        taken = {name: self._readers[name](column[0]) for name, column in known.items() if name in self._readers}
        values: dict[str, Sequence[Any]] = {}
        for name, one in taken.items():
            if name == "full_name":
                pair = one.value or (None, None)
                values |= {"forename": [pair[0]], "surname": [pair[1]]}
            else:
                values[name] = [one.value]
        _derive(values)
        row = _rows([number], values, {name: [one.text] for name, one in taken.items()})[0]
        row.problems = [
            self._problem(number, name, one.text or "", one.fault) for name, one in taken.items() if one.fault
        ]
        return row

    def _read_column(self, name: str, cells: Sequence[Cell]) -> tuple[list[Taken], list[Taken]]:
        """What each cell of a column reads as, and the different ones among them. Each different cell is read once."""
        read = self._readers[name]
        keys: Sequence[Any] = cells
        if not set(map(type, cells)) <= _TOLD_APART:
            # 1 and True and 1.0 are one and the same to a dictionary, and not to a reader
            keys = list(zip(map(type, cells), cells, strict=True))
            known = {key: read(key[1]) for key in set(keys)}
        else:
            known = {key: read(key) for key in set(keys)}
        return list(map(known.__getitem__, keys)), list(known.values())

    def _reader(self, name: str) -> Callable[[Cell], Taken]:
        if name in OF_DATES:
            return lambda cell: OF_DATES[name](cell, self.today)
        if name in self.layout.blanks:
            blank = self.layout.blanks[name]
            read = READERS[name]

            def answered(cell: Cell) -> Taken:
                taken = read(cell)
                return taken.having(value=blank) if taken.is_blank else taken

            return answered
        return READERS[name]

    def _problem(self, row: int, name: str, value: str, fault: Fault) -> Problem:
        if name in _UPNS or looks_like_one(value):
            # what is wrong is kept, shown and printed by commands: a UPN goes nowhere of these
            value = masked(value)
        message = f"“{value}” {fault.message}" if value and not fault.message[0].isupper() else fault.message
        return Problem(row, self.mapped[name], value, message, fault.refused, name)

    def _doubt_orders(
        self, numbers: Sequence[int], cells: Sequence[Cell], found: list[Taken], faulty: dict[int, list[Problem]]
    ) -> None:
        """Warns of dates whose day and month may stand the other way round, where no other row settles it."""
        orders = [one.order for one in found]
        first_month = next((number for number, order in zip(numbers, orders, strict=True) if order == "month"), None)
        settled = first_month is None and "day" in orders
        if "either" in orders and not settled:
            why = (
                f"row {first_month} of this column is month/day/year. Check which is meant."
                if first_month is not None
                else "no other row shows which comes first. Check that it is not month/day/year."
            )
            for at, order in enumerate(orders):
                if order == "either":
                    self._doubt(faulty, at, numbers[at], found[at], f"is read as day/month/year, but {why}")
        if _swapped_by_a_program(cells, orders):
            why = (
                "may have its day and month the other way round: the dates of this column that a spreadsheet program"
                " could not take for month/day/year are still texts. Compare it with the school’s system."
            )
            for at, cell in enumerate(cells):
                if isinstance(cell, date):
                    self._doubt(faulty, at, numbers[at], found[at], why)

    def _doubt(self, faulty: dict[int, list[Problem]], at: int, number: int, taken: Taken, words: str) -> None:
        problem = self._problem(number, "date_of_birth", taken.text or "", Fault(words))
        faulty.setdefault(at, []).append(problem)


def reread(
    mapped: Mapping[str, str], row: int, cells: Mapping[str, str], *, today: date, layout: Layout | None = None
) -> ParsedRow:
    """Returns one row read again from its cells as they were shown, under the headings of its import."""
    return RowReader(mapped, today=today, layout=layout).reread(row, cells)


_TOLD_APART = {str, date, type(None), CellError}
_FEW = 2  # dates of each kind, from which a column is taken for one that was converted by halves


def _swapped_by_a_program(cells: Sequence[Cell], orders: Sequence[str]) -> bool:
    """Whether a program of another country took what it could for month/day/year and left the rest as texts."""
    texts = [order for cell, order in zip(cells, orders, strict=True) if isinstance(cell, str) and order]
    dates = [cell for cell in cells if isinstance(cell, date)]
    return len(texts) >= _FEW and len(dates) >= _FEW and set(texts) == {"day"} and all(day.day <= 12 for day in dates)


def _is_asked(taken: Sequence[Taken]) -> bool:
    """Whether a column holds nothing but yes and blanks."""
    said = [one for one in taken if not one.is_blank]
    return len(said) < len(taken) and bool(said) and all(one.value is True and one.fault is None for one in said)


def _rows(
    numbers: Sequence[int], values: Mapping[str, Sequence[Any]], texts: Mapping[str, Sequence[str | None]]
) -> list[ParsedRow]:
    rows = []
    names, cells = tuple(values), tuple(texts)
    for number, found, sent in zip(
        numbers, zip(*values.values(), strict=True), zip(*texts.values(), strict=True), strict=True
    ):
        rows.append(ParsedRow(number, _filled(names, found), cells, sent))
    return rows


def _filled(names: tuple[str, ...], found: tuple[Any, ...]) -> dict[str, Any]:
    if None in found:
        return {name: value for name, value in zip(names, found, strict=True) if value is not None}
    return dict(zip(names, found, strict=True))


def _derive(values: dict[str, Sequence[Any]]) -> None:
    """English as an additional language follows from the first language where the file does not say."""
    if "first_language" in values:
        languages = values["first_language"]
        given = values.get("eal", (None,) * len(languages))
        follows = {language: codes.is_eal(language) for language in set(languages) if language is not None}
        values["eal"] = [
            said if said is not None else follows.get(language) for said, language in zip(given, languages, strict=True)
        ]
