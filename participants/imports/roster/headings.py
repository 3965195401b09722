"""Finding the row of headings of a list, and what of the sheet may be kept; columns.py says what each column is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made
from datetime import date
from itertools import pairwise, zip_longest

from inharmony.spreadsheets import Book, Cell, Row, Sheet
from participants.imports.roster.columns import Column, LayoutError, NotARosterError, name_columns, of_shape, shown
from participants.imports.roster.heading_lines import Lines, above_data, one_line, two_lines
from participants.imports.roster.homes import Homes, LookUp, nothing_loaded, with_homes
from participants.imports.roster.layout import Layout
from participants.imports.roster.problem import Problem
from participants.imports.roster.shapes import is_data, is_private
from participants.imports.roster.text import plain

SEARCHED_ROWS = 30
_ASK = "Give the columns names such as Forename, Surname, Date of birth."


@dataclass(frozen=True)
class Headings:
    """The heading rows, and their columns: those read (field to column index and heading), dropped, and not read.

    `row` is the lowest heading row, 0 where there is none; `lines` are all of them.
    """

    row: int
    columns: dict[str, int]
    mapped: dict[str, str]
    dropped: list[str]
    ignored: list[str]
    texts: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = ()
    table: tuple[Column, ...] = ()
    problems: tuple[Problem, ...] = ()
    private: dict[int, set[Cell]] = made(default_factory=dict)  # single cells to be emptied, by column
    homes: dict[int, Homes] = made(default_factory=dict)  # what stands in the place of postcodes, by column

    @property
    def forbidden(self) -> frozenset[int]:
        """The columns of which nothing is kept."""
        return frozenset(column.index for column in self.table if column.forbidden)

    def repeats(self, row: Row) -> bool:
        """Whether a row is a heading row over again, as at the top of a printed page."""
        return any(
            all(plain(cell) == text for cell, text in zip_longest(row.cells, texts, fillvalue=""))
            for texts in self.texts
        )


def find_headings(
    sheet: Sheet, *, today: date, layout: Layout | None = None, look_up: LookUp = nothing_loaded
) -> Headings:
    """Returns the headings: the row or two, among the first thirty that hold anything, that name most fields.

    Postcodes of homes are looked up by `look_up`; where it has nothing to look them up in, their column is dropped.
    Raises NotARosterError when no row names two fields and the values do not tell either, or when names or dates of
    birth have no column; LayoutError when what was said of the columns cannot be so.
    """
    layout = layout or Layout()
    lines = _lines(sheet, today, layout)
    row = lines.rows[-1].number if lines and lines.rows else 0
    below = [known.cells for known in sheet.rows if known.number > row]
    bodies = list(zip_longest(*below))
    headings = _read(lines, bodies, today, layout, look_up)
    if lines is None and not headings.mapped:
        raise _nothing_found(sheet, headings)
    _require_columns(sheet, headings)
    return headings


def _lines(sheet: Sheet, today: date, layout: Layout) -> Lines | None:
    """The heading rows; None where the list seems to have none."""
    looked_at = sheet.rows[:SEARCHED_ROWS]
    if layout.heading_row is not None:
        if layout.heading_row == 0:
            return None
        looked_at = tuple(row for row in sheet.rows if abs(row.number - layout.heading_row) <= 1)
        if not any(row.number == layout.heading_row for row in looked_at):
            raise LayoutError(f"Row {layout.heading_row} holds nothing, so it cannot be the row of headings.")
    candidates = [one_line(row) for row in looked_at if layout.heading_row in (None, row.number)]
    for upper, lower in pairwise(looked_at):
        if upper.number + 1 == lower.number and not is_data(lower.cells, today):
            candidates.append(two_lines(upper, lower, sheet.merged))
    best = max(candidates, key=lambda lines: lines.score(layout), default=None)
    if best and best.score(layout)[0] >= 2:
        return best
    if best and layout.heading_row:
        # headings are kept for good, in the open
        if any(is_data(row.cells, today) for row in best.rows):
            raise LayoutError(
                f"Row {layout.heading_row} is a child’s, so it cannot be the row of headings. Where the list has no"
                " headings, write 0."
            )
        return best
    return above_data(looked_at, today)


def _read(
    lines: Lines | None, bodies: Sequence[Sequence[Cell]], today: date, layout: Layout, look_up: LookUp
) -> Headings:
    found, shaped = name_columns(lines, bodies, today, layout, look_up)
    read = sorted((column for column in found if column.field), key=lambda column: column.index)
    table = tuple(shown(column) for column in found if column.is_there)
    names = {column.index: column.name for column in table}
    row = lines.rows[-1].number if lines else 0
    return Headings(
        row=row,
        columns={column.field: column.index for column in read},
        mapped={column.field: names[column.index] for column in read},
        dropped=[column.name for column in table if column.forbidden],
        ignored=[column.name for column in table if not column.forbidden and not column.field],
        texts=tuple(tuple(map(plain, known.cells)) for known in lines.rows) if lines else (),
        lines=tuple(known.number for known in lines.rows) if lines else (),
        table=table,
        problems=tuple(of_shape(row, names[column.index], column) for column in shaped),
        private={column.index: column.private for column in found if column.private},
        homes={column.index: column.homes for column in found if column.homes},
    )


def _nothing_found(sheet: Sheet, headings: Headings) -> NotARosterError:
    looked_at = sheet.rows[:SEARCHED_ROWS]
    where = f"rows {looked_at[0].number} to {looked_at[-1].number}" if len(looked_at) > 1 else "the first row"
    return NotARosterError(f"No row of headings was found in {where}. {_ASK}", headings.table, 0, kept(sheet, headings))


def _require_columns(sheet: Sheet, headings: Headings) -> None:
    missing = []
    if "full_name" not in headings.columns:
        missing += [name for name in ("forename", "surname") if name not in headings.columns]
    if "date_of_birth" not in headings.columns:
        missing.append("date of birth")
    if not missing:
        return
    listed = ", ".join(f"“{column.heading}”" for column in headings.table if column.heading)[:300]
    lacking = f"no column of it holds the {' or the '.join(missing)}"
    if headings.row:
        words = f"Row {headings.row} is read as the headings, but {lacking}. It has {listed}. {_ASK}"
    else:
        words = f"The list has no headings, and no column of it looks like the {' or the '.join(missing)}. {_ASK}"
    raise NotARosterError(words, headings.table, headings.row, kept(sheet, headings))


def kept(sheet: Sheet, headings: Headings) -> Sheet:
    """Returns the sheet as it may be stored: the headings, but nothing below them in columns that must not be held.

    Single cells of other unread columns, and of the rows above the headings, are emptied where they look private.
    """
    forbidden, private = headings.forbidden, headings.private
    sheet = without_postcodes(sheet, headings)
    above = any(row.number <= headings.row and any(map(is_private, row.cells)) for row in sheet.rows[:SEARCHED_ROWS])
    if not forbidden and not private and not above:
        return sheet
    rows = (_kept_row(row, headings, forbidden, private) for row in sheet.rows)
    return replace(sheet, rows=tuple(row for row in rows if row.cells))


def without_postcodes(sheet: Sheet, headings: Headings) -> Sheet:
    """Returns the sheet with the deciles of homes in the place of their postcodes."""
    if not headings.homes:
        return sheet
    rows = (row if row.number <= headings.row else with_homes(row, headings.homes) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def _kept_row(row: Row, headings: Headings, forbidden: frozenset[int], private: dict[int, set[Cell]]) -> Row:
    if row.number <= headings.row or headings.repeats(row):
        if not any(map(is_private, row.cells)):
            return row
        return Row(row.number, tuple(None if is_private(cell) else cell for cell in row.cells))
    cells = list(row.cells)
    for index in forbidden:
        if index < len(cells):
            cells[index] = None
    for index, values in private.items():
        if index < len(cells) and cells[index] in values:
            cells[index] = None
    while cells and cells[-1] is None:
        cells.pop()
    return Row(row.number, tuple(cells))


def lists_of(book: Book) -> list[Sheet]:
    """Returns the visible sheets that seem to hold a list of children: a row of headings, or children's values."""
    today = date.today()
    return [sheet for sheet in book.visible if _is_list(sheet, today)]


def _is_list(sheet: Sheet, today: date) -> bool:
    try:
        find_headings(Sheet(sheet.name, sheet.hidden, sheet.rows[:LIST_ROWS], sheet.merged), today=today)
    except NotARosterError as refusal:
        return bool({"date_of_birth", "upn"} & {column.field for column in refusal.columns})
    return True


LIST_ROWS = 500
