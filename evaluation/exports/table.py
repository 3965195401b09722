"""
A table of figures as a file: the numbers of the page, and with each of them what they are.

A row torn out of the file still says where it is from, of when, and whether it may be published.
"""

from collections.abc import Iterable

from django.utils import timezone

from evaluation.figures.cells import Source
from evaluation.figures.defined import defined_by
from evaluation.figures.figure import Definition
from evaluation.figures.table import Cell, Row, Table
from inharmony.pages.dates import moment
from inharmony.spreadsheets.sheet import SheetOut, Value
from inharmony.spreadsheets.writing import CSV, ODS, file_name, write

# the kinds in which tables go out, and their names
KINDS = {CSV: "CSV", ODS: "OpenDocument"}
# as the Department for Education uses them
SYMBOLS = {
    "c": "hidden, because a number is under 10 or a neighbour would tell it",
    "z": "not applicable",
    "x": "not available",
}
INVENTED = "Demonstration: every school, child and number is invented."
UNPUBLISHED = "Live and exact, for the hub's own use: not for publication."
BESIDE = ("Source", "As at", "Notice", "What is counted", "Symbols")
ABOUT = "About"


def file_of(source: Source, table: Table, kind: str) -> bytes:
    """Returns the table as a file of a kind; an OpenDocument file tells what it is on a sheet of its own."""
    title = f"{table.caption}. {source.title}."
    if kind == CSV:
        return write(CSV, [sheet(source, table)], title=title)
    return write(kind, [numbers(table), about(source, table)], title=title)


def name_of(source: Source, table: Table, kind: str) -> str:
    """Returns the file's name, which says first that it is invented, if it is."""
    invented = "demonstration " if source.is_demonstration else ""
    return file_name(f"{invented}in harmony {source.title} {table.key}", kind)


def sheet(source: Source, table: Table) -> SheetOut:
    """Returns the table as one sheet, with what it is in columns of their own in every row."""
    plain = numbers(table)
    beside = (source.title, _as_at(source), notice(source), *_meaning(table))
    return SheetOut(table.caption, (*plain.headings, *BESIDE), ((*row, *beside) for row in plain.rows))


def numbers(table: Table) -> SheetOut:
    """Returns the numbers of the table alone: a heading a column with its unit, symbols as they stand on the page."""
    headings = (table.heading, *(_heading(table, number) for number in range(len(table.columns))))
    rows = tuple((row.heading, *(value_of(cell) for cell in row.cells)) for row in _rows(table))
    return SheetOut(table.caption, headings, rows)


def about(source: Source, table: Table, when: str = "") -> SheetOut:
    """
    Returns what the table is: source, when, what it counts, its symbols, and what must be known of it.

    `when` names what it is of where that is not the period of the source.
    """
    lines = [
        ("Table", table.caption),
        ("Source", source.title),
        ("Period", when or source.period.title),
        ("As at", _as_at(source)),
        ("Notice", notice(source)),
        ("Note", table.note),
        *((one.name, _defined(one)) for one in definitions_of(table)),
        *((symbol, words) for symbol, words in SYMBOLS.items() if _has(table, symbol)),
    ]
    return SheetOut(ABOUT, ("What", "Words"), tuple(line for line in lines if line[1]))


def notice(source: Source) -> str:
    """Returns what must be known before the numbers are used; empty where nothing is."""
    return " ".join(filter(None, (INVENTED if source.is_demonstration else "", UNPUBLISHED if source.is_exact else "")))


def definitions_of(table: Table) -> tuple[Definition, ...]:
    """Returns what a table of the menu, of a hub, or of one figure by programme or year by year, counts."""
    return defined_by(table.key)


def _meaning(table: Table) -> tuple[str, str]:
    counted = " ".join(f"{one.name}: {one.counts}" for one in definitions_of(table))
    symbols = "; ".join(f"{symbol} {words}" for symbol, words in SYMBOLS.items() if _has(table, symbol))
    return " ".join(filter(None, (counted, table.note))), symbols


def _defined(one: Definition) -> str:
    return f"{one.counts} Population: {one.population}. Denominator: {one.denominator}"


def _as_at(source: Source) -> str:
    return moment(timezone.localtime(source.as_at))


def _has(table: Table, symbol: str) -> bool:
    return any(cell.symbol == symbol for row in _rows(table) for cell in row.cells)


def _rows(table: Table) -> Iterable[Row]:
    return (*table.rows, *([table.total] if table.total else ()))


def _heading(table: Table, number: int) -> str:
    unit = next((row.cells[number].unit for row in _rows(table) if row.cells[number].unit), "")
    return f"{table.columns[number]} ({unit})" if unit else table.columns[number]


def value_of(cell: Cell) -> Value:
    """Returns a number, a symbol as a text; nothing where nothing can be formed."""
    return cell.symbol or None if cell.number is None else cell.number
