"""A spreadsheet once it is read, books of sheets of rows of plain cells; and a sheet that is to be written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from .refusal import NOT_CALCULATED, Unreadable

__all__ = ["NOT_CALCULATED", "Book", "Cell", "CellError", "CellOut", "Linked", "Row", "Sheet", "Span", "Unreadable"]


@dataclass(frozen=True, slots=True)
class CellError:
    """What stands in a cell that has no value: `#REF!`, `#N/A`, or NOT_CALCULATED."""

    code: str


Value = str | int | float | bool | date | datetime | None
Cell = Value | CellError


@dataclass(frozen=True, slots=True)
class Linked:
    """
    A cell to write that opens a page: its value, typed as any other, and an absolute address that the portal made.

    Never an address that somebody typed: a text of a person is a text, whatever it looks like.
    """

    value: Value
    href: str


CellOut = Cell | Linked


@dataclass(frozen=True, slots=True)
class SheetOut:
    """A sheet to write: its name, its headings (may repeat or be empty), its rows; cells as read may go out again."""

    name: str
    headings: Sequence[Cell]
    rows: Iterable[Sequence[CellOut]]


class Row(NamedTuple):
    """One row: its number as the spreadsheet program shows it (from 1), and its cells from column A."""

    number: int
    cells: tuple[Cell, ...]


class Span(NamedTuple):
    """Cells merged into one: first and last row as the spreadsheet program numbers them, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's rows that hold anything, in order. Blank rows are left out; numbers stay the sheet's own.

    Of merged cells only the first holds the value.
    """

    name: str
    hidden: bool
    rows: tuple[Row, ...]
    merged: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A file as read.

    `format` is xlsx, ods, xls, csv or tsv; `encoding` names the text encoding of csv and tsv and is empty
    otherwise; `notes` are sentences that a person should see beside whatever is made of the rows.
    """

    format: str
    encoding: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that a person sees when opening the file, those without rows left out."""
        return tuple(sheet for sheet in self.sheets if sheet.rows and not sheet.hidden)
