"""What a hub signed, kept as it stood, and beside it what it would sign now: which numbers are revised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Cells, Place, Said, Source
from evaluation.figures.figure import Figure, Number
from evaluation.figures.period import Period
from evaluation.figures.released import cell
from evaluation.figures.table import Cell
from evaluation.menu.tables import ALL, CHILDREN, TABLES, Counts, Rows, TableSpec
from programmes.models import Ensemble

# table, row, column, the number as text or None, symbol: one entry of `SignedFigures.cells`
Frozen = list[str | None]


def frozen(cells: Cells) -> list[Frozen]:
    """Returns the cells as they are kept, in their order; a number is kept as text, so that it stays what it is."""
    return [
        [table, row, column, None if said.value is None else str(said.value), said.symbol]
        for table, places in cells.items()
        for (row, column), said in places.items()
    ]


def thawed(kept: Iterable[Frozen]) -> Cells:
    """Returns cells that were kept, as they were frozen."""
    cells: dict[str, dict[Place, Said]] = {}
    for table, row, column, value, symbol in kept:
        cells.setdefault(table or "", {})[row or "", column or ""] = Said(_number(value), symbol or "")
    return cells


def _number(value: str | None) -> Number | None:
    if value is None:
        return None
    return Decimal(value) if "." in value else int(value)


def signed_source(kept: Iterable[Frozen], period: Period, title: str, signed_at: datetime) -> Source:
    """Returns what was signed as a source of figures, as at the moment it was signed."""
    return Source(period, title, signed_at, is_exact=True, cells=thawed(kept))


@dataclass(frozen=True)
class Revised:
    """One number that is another now than the one that was signed; `words` say of what it is."""

    table: TableSpec
    words: str
    was: Cell
    now: Cell


def revised(was: Cells, now: Cells) -> tuple[Revised, ...]:
    """Returns every number of the menu that differs, in the menu's order."""
    found: list[Revised] = []
    for key, spec in TABLES.items():
        signed, today = was.get(key, {}), now.get(key, {})
        for place in dict.fromkeys((*signed, *today)):
            before, after = _said(spec, was, place), _said(spec, now, place)
            if before != after:
                column = next((each for each in spec.columns if each.key == place[1]), spec.columns[0])
                found.append(Revised(spec, _words(spec, place), cell(before, column), cell(after, column)))
    return tuple(found)


def _said(spec: TableSpec, cells: Cells, place: Place) -> Said:
    """
    A count that has no row, in a table that is there, is a count of none. So is one of children of whom there were
    none: a table without a row is not kept.
    """
    table = cells.get(spec.key, {})
    nobody = spec.counts is Counts.CHILDREN and cells.get(CHILDREN, {}).get((ALL, "")) == Said(0)
    is_count = spec.counts is not Counts.MEANS and (table or nobody)
    return table.get(place, Said(0) if is_count else Said())


def _words(spec: TableSpec, place: Place) -> str:
    row, column = place
    headings = [each.heading for each in spec.columns if each.key == column and len(spec.columns) > 1]
    return ": ".join([spec.caption, ", ".join(filter(None, [_row(spec, row), *headings]))]).removesuffix(": ")


def _row(spec: TableSpec, row: str) -> str:
    if row == ALL:
        return ""
    if spec.rows is Rows.CATEGORIES:
        return spec.of.categories.get(row, row)
    return str(Ensemble.Kind(row).label) if spec.rows is Rows.KINDS else row


def beside_signed(figure: Figure, signed: Source) -> Figure:
    """Returns a figure that says what was signed in its place, where it is another number now."""
    before = FIGURES[figure.key](signed, ALL)
    if (before.value, before.symbol) == (figure.value, figure.symbol):
        return figure
    now = " ".join(filter(None, (figure.written, figure.shown_unit)))
    then = " ".join(filter(None, (before.written, before.shown_unit)))
    return replace(figure, note=f"{figure.note} Signed {then}; now {now}, revised.".strip())
