"""Kept sheets read again: as a person says they are meant, and with the cells they mended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from inharmony.spreadsheets import Row, Sheet
from participants.actions.roster import RosterRefusedError
from participants.imports.roster import staging
from participants.imports.roster.columns import EXAMPLE, NotARosterError
from participants.imports.roster.homes import home_decile
from participants.imports.roster.layout import Layout
from participants.imports.roster.parsed import ParsedRoster
from participants.imports.roster.rows import parse
from participants.imports.roster.source import rows_in, sheet_in
from participants.imports.roster.text import plain, shown
from participants.imports.roster.upn import looks_like_one, masked
from participants.models import RosterImport, RosterRow, RosterSheet
from participants.validators.identity import seal, unseal
from schools.queries.deprivation import idaci_deciles

_DESTROYED = "What this file held is destroyed by now. Send the list again."
UPNS = frozenset({"upn", "former_upn"})


@dataclass(frozen=True)
class Choices:
    """What a person says of how a kept file is to be read; the sheet by its place in the file."""

    place: int
    columns: dict[int, str] = field(default_factory=dict)
    blanks: dict[str, bool | None] = field(default_factory=dict)
    heading_row: int | None = None


def choices_of(roster_import: RosterImport) -> Choices:
    """Returns what was said of an import so far."""
    said = roster_import.choices
    return Choices(
        place=said.get("place", 0),
        columns={int(index): name for index, name in said.get("columns", {}).items()},
        blanks=said.get("blanks", {}),
        heading_row=said.get("heading_row"),
    )


def parsed_again(
    roster_import: RosterImport, kept: Sequence[RosterRow], choices: Choices, remembered: Layout
) -> tuple[ParsedRoster, Layout, Sheet]:
    """Returns a kept sheet read as a person says, the layout by which, and the sheet; raises NotARosterError."""
    sheet = kept_sheet(roster_import, choices.place)
    layout = replace(
        remembered,
        columns=choices.columns,
        blanks=remembered.blanks | choices.blanks,
        heading_row=choices.heading_row,
    )
    parsed = parse(_mended(sheet, kept), today=timezone.localdate(), layout=layout, look_up=idaci_deciles)
    return parsed, layout, sheet


def kept_sheet(roster_import: RosterImport, place: int) -> Sheet:
    """Returns a sheet as it was sent, without the columns that must not be held; refused once it is destroyed."""
    pieces = list(RosterSheet.objects.filter(roster_import=roster_import, place=place).order_by("first_row"))
    if not pieces:
        raise RosterRefusedError(_DESTROYED)
    return sheet_in(pieces[0].name, (piece.content for piece in pieces))


def _mended(sheet: Sheet, kept: Sequence[RosterRow]) -> Sheet:
    """The sheet with every cell that a person mended as they wrote it."""
    mends = {row.row: _mends_of(row.mended) for row in kept if row.mended}
    if not mends:
        return sheet
    rows = tuple(_with_cells(row, mends[row.number]) if row.number in mends else row for row in sheet.rows)
    return replace(sheet, rows=rows)


def _mends_of(mended: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Column and new text of each cell that was mended; a UPN is kept sealed."""
    return [(at, unseal(text) if name in UPNS else text) for name, (at, _, text) in mended.items()]


def _with_cells(row: Row, mends: Iterable[tuple[int, str]]) -> Row:
    cells = list(row.cells)
    for at, text in mends:
        cells += [None] * (at + 1 - len(cells))
        cells[at] = text
    return Row(row.number, tuple(cells))


def file_rows(roster_import: RosterImport, school_id: int | None, kept: Sequence[RosterRow]) -> list[staging.FileRow]:
    """Returns all rows read again with what was mended: what two rows say of one child depends on both."""
    sheet = _mended(kept_sheet(roster_import, choices_of(roster_import).place), kept)
    parsed = parse(sheet, today=timezone.localdate(), layout=_as_read(roster_import), look_up=idaci_deciles)
    return with_said(staging.from_parsed(parsed, school_id), kept)


def _as_read(roster_import: RosterImport) -> Layout:
    """The layout that reads the sheet as it was read, whatever rows of it are given."""
    columns = {
        column["index"]: column["field"] for column in roster_import.columns if column["field"] or column["heading"]
    }
    return Layout(columns=columns, blanks=choices_of(roster_import).blanks, heading_row=roster_import.heading_row)


def with_said(rows: list[staging.FileRow], kept: Sequence[RosterRow]) -> list[staging.FileRow]:
    """Returns the rows; what a person said of rows and mended in them stays with them."""
    said = {row.row: row for row in kept if row.decision or row.mended}
    for row in rows:
        if row.row in said:
            row.decision, row.mended = said[row.row].decision, said[row.row].mended
            row.said_of = said[row.row].fields.get("candidate")
    return rows


def _rows_alone(roster_import: RosterImport, place: int, number: int) -> tuple[list[Row], Row]:
    """The rows down to the headings, and one row as it was sent: one or two pieces of the sheet, not all of it."""
    pieces = RosterSheet.objects.filter(roster_import=roster_import, place=place).order_by("first_row")
    top = pieces.first()
    of_row = pieces.filter(first_row__lte=number).last()
    if top is None or of_row is None:
        raise RosterRefusedError(_DESTROYED)
    heading = [row for row in rows_in([top.content]) if row.number <= (roster_import.heading_row or 0)]
    return heading, next(row for row in rows_in([of_row.content]) if row.number == number)


def read_with(
    roster_import: RosterImport, row: RosterRow, texts: Mapping[str, str], school_id: int | None
) -> staging.FileRow:
    """Returns a row read again with texts in the place of cells, by field; what was sent takes a mending back."""
    columns = {column["field"]: column["index"] for column in roster_import.columns if column["field"]}
    if row.row is None or texts.keys() - columns.keys():
        raise RosterRefusedError("There is no such cell in this list.")
    heading, as_sent = _rows_alone(roster_import, choices_of(roster_import).place, row.row)
    mended = {name: kept for name, kept in row.mended.items() if name not in texts}
    for name, typed in texts.items():
        # a postcode may be typed, and goes no further than this
        text = home_decile(typed, idaci_deciles) if name == "home_decile" else typed
        if name not in UPNS and looks_like_one(text):
            raise RosterRefusedError("That is a UPN: it is typed into the cell of the UPN and nowhere else.")
        was = _shown(as_sent, columns[name])
        if text != was:
            mended[name] = [columns[name], _covered(was, name), seal(text) if name in UPNS else text]
    # as wide as the sheet, so that every column said to be read is there
    widest = max(columns.values())
    wide = Row(as_sent.number, as_sent.cells + (None,) * (widest + 1 - len(as_sent.cells)))
    alone = Sheet("", False, (*heading, _with_cells(wide, _mends_of(mended))))
    try:
        parsed = parse(alone, today=timezone.localdate(), layout=_as_read(roster_import), look_up=idaci_deciles)
    except NotARosterError as refusal:
        words = f"Row {row.row} would be no child’s row any more, so nothing was changed."
        raise RosterRefusedError(words) from refusal
    (read,) = staging.from_parsed(parsed, school_id)
    read.mended = mended
    return read


def _covered(was: str, name: str) -> str:
    return masked(was) if name in UPNS or looks_like_one(was) else was


def examples_of(roster_import: RosterImport) -> dict[int, str]:
    """Returns, by its index, the first value of each column that may be held; a UPN with dots. One piece is read."""
    pieces = RosterSheet.objects.filter(roster_import=roster_import, place=choices_of(roster_import).place)
    first = pieces.order_by("first_row").first()
    if first is None:
        return {}
    below = [row for row in rows_in([first.content]) if row.number > (roster_import.heading_row or 0)]
    found = {}
    for column in roster_import.columns:
        texts = (plain(row.cells[column["index"]]) for row in below if column["index"] < len(row.cells))
        text = "" if column["forbidden"] else next((text for text in texts if text), "")
        text = masked(text) if column["field"] in UPNS or looks_like_one(text) else text
        found[column["index"]] = text if len(text) <= EXAMPLE else f"{text[: EXAMPLE - 1]}…"
    return found


@dataclass(frozen=True)
class KeptCell:
    """A cell of a row that is read: its field and heading, what stands in it now, and what was sent if that differs.

    Of a UPN all but the last four characters are dotted out.
    """

    field: str
    heading: str
    text: str
    was: str

    @property
    def is_mended(self) -> bool:
        """Whether a person put something else in its place."""
        return self.text != self.was

    @property
    def is_masked(self) -> bool:
        """Whether it is a UPN, or looks like one in another column: it is never shown whole."""
        return self.field in UPNS or "•" in self.text


def cells_of(roster_import: RosterImport, row: RosterRow) -> list[KeptCell]:
    """Returns the cells of a row that are read, in the sheet's order."""
    if row.row is None:
        raise RosterRefusedError("There is no such row in this list.")
    _, as_sent = _rows_alone(roster_import, choices_of(roster_import).place, row.row)
    found = []
    for column in roster_import.columns:
        if name := column["field"]:
            was = text = _shown(as_sent, column["index"])
            if name in row.mended:
                text = unseal(row.mended[name][2]) if name in UPNS else row.mended[name][2]
            if name in UPNS or looks_like_one(text) or looks_like_one(was):
                text, was = masked(text), masked(was)
            found.append(KeptCell(name, column["heading"] or f"Column {column['letters']}", text, was))
    return found


def _shown(row: Row, index: int) -> str:
    return shown(row.cells[index]) if index < len(row.cells) else ""
