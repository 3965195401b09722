"""Registers as hubs kept them in spreadsheets, and the way in for them in tests."""

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook

from inharmony.spreadsheets import read
from participants.actions.past_registers import say_letters, token_for
from participants.imports.registers import preview
from participants.imports.registers.grid import Grid, grids_of
from participants.models import PastRegister
from schools.models import AcademicYear


def as_csv(rows) -> bytes:
    """Returns rows of cells as a file of commas."""
    written = StringIO()
    csv.writer(written).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return written.getvalue().encode()


def as_xlsx(*sheets, merged=()) -> bytes:
    """Returns a workbook; a sheet is its rows, or a pair of its name and its rows."""
    book = Workbook()
    book.remove(book.active)
    for at, sheet in enumerate(sheets):
        name, rows = sheet if isinstance(sheet, tuple) else (f"Sheet{at + 1}", sheet)
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for span in merged:
            page.merge_cells(span)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def grid_of(data: bytes, year: int, *, name="register.xlsx") -> Grid:
    """Returns the one register of a file."""
    (grid,) = grids_of(read(data, name), AcademicYear(year=year))
    return grid


def marks_of(grid: Grid) -> dict[str, dict[str, str]]:
    """Returns what a register says: by name, the letter of each day."""
    found: dict[str, dict[str, str]] = {}
    for block in grid.blocks:
        days = {column.index: f"{column.day}" for column in block.columns if column.day}
        for row in block.rows:
            marks = found.setdefault(row.name, {})
            marks.update({days[at]: letter for at, letter in row.marks.items() if at in days})
    return found


def keep(by, data: bytes, ensemble, *, year: int, file_name="register.csv") -> PastRegister:
    """Returns the past register waiting for a decision."""
    return preview.keep(preview.Sent(data, file_name, ensemble, AcademicYear(year=year)), by=by)


def say(by, kept: PastRegister, times=None, **letters) -> None:
    """Says what every letter means: as it is proposed, unless told."""
    plan = preview.plan_of(kept, by)
    means = {letter.letter: letters.get(letter.letter, letter.means) for letter in plan.letters}
    say_letters(past_register=kept, letters=means, times=times, by=by)


def accept(by, kept: PastRegister) -> PastRegister:
    """Returns the accepted past register."""
    token = token_for(kept, by, preview.plan_of(kept, by).fingerprint())
    return preview.accept(kept, token, by=by)
