"""
A hub's own numbers as they stand in a report that leaves it (ADR 48): the same tables, with few children hidden.

What is hidden is hidden in the numbers that tables and charts are made of, and what is told of the same children beside
them (a share, attendance, hours) with it.
"""

from collections.abc import Sequence
from dataclasses import replace

from evaluation.disclosure.leaving import hidden_among
from evaluation.disclosure.rules import HIDDEN, SMALLEST_SHOWN, is_small
from evaluation.figures.attendance import Week
from evaluation.figures.cells import Place, Said, Source
from evaluation.figures.table import Cell, Row, Table
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS

MARK = Said(symbol=HIDDEN)
OF_LEVELS = "Each child counted once, at the highest level reached. Levels are those of A Common Approach (Music Mark)."
OF_RESULTS = "Each award counted, those that were not reached too."


def told(source: Source) -> Source:
    """Returns a hub's cells with those hidden that tell of fewer than ten children who share something."""
    cells: dict[str, dict[Place, Said]] = {key: dict(places) for key, places in source.cells.items()}
    for dimension in DIMENSIONS:
        own = source.of(tables.by(dimension))
        places = list(own)
        for number in hidden_among([int(own[place].value or 0) for place in places]):
            for key in (tables.by(dimension), tables.attendance_by(dimension), tables.hours_by(dimension)):
                if places[number] in cells.get(key, {}):
                    cells[key][places[number]] = MARK
    return replace(source, cells=cells)


def few_hidden(table: Table, column: int = 0, *, with_it: Sequence[int] = ()) -> Table:
    """Returns a table whose column counts children, with those of a few hidden, and in their rows what is `with_it`."""
    hidden = hidden_among([int(row.cells[column].value or 0) for row in table.rows])
    rows = tuple(
        _without(row, (column, *with_it)) if number in hidden else row for number, row in enumerate(table.rows)
    )
    return replace(table, rows=rows)


def _without(row: Row, columns: Sequence[int]) -> Row:
    cells = (Cell(symbol=HIDDEN) if number in columns else cell for number, cell in enumerate(row.cells))
    return replace(row, cells=tuple(cells))


def roll_few_hidden(table: Table) -> Table:
    """
    Returns the children beside the schools' roll (`own.beside_roll`), with what tells of fewer than ten hidden: who has
    a characteristic, who of those known has not, and of whom it is not known; of all or none nothing is told.
    """
    return replace(table, rows=tuple(map(_of_roll, table.rows)))


def _of_roll(row: Row) -> Row:
    _, _, having, known, unknown = (int(cell.value or 0) for cell in row.cells)
    hidden: set[int] = set()
    if is_small(having) or is_small(known - having) or having in (0, known):
        hidden |= {0, 2}
    if is_small(unknown):
        hidden |= {3, 4}
    return _without(row, tuple(hidden))


def weeks_told(weeks: Sequence[Week]) -> tuple[Week, ...]:
    """Returns the weeks of which something is told: those in which ten marks or more could count."""
    return tuple(week for week in weeks if not is_small(week.possible))


def without_marks(table: Table) -> Table:
    """Returns the table of weeks (`attendance.weeks_table`) without the marks that its shares are made of."""
    kept = [number for number, column in enumerate(table.columns) if column not in ("Came", "Could have come")]
    return replace(
        table,
        columns=tuple(table.columns[number] for number in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[number] for number in kept)) for row in table.rows),
        note=f"Weeks in which fewer than {SMALLEST_SHOWN} marks could count are left out.",
    )


def levels_told(table: Table) -> Table:
    """
    Returns the children with an award by the highest level they reached, of the table of them by year group and level
    (`progression.children_by_level`): year groups crossed with levels hold few children.
    """
    if table.total is None:
        return table
    whole = replace(table.total, cells=table.total.cells[-1:])
    return _of_total(table, "Children with an award, by highest level", "Level", "Children", OF_LEVELS, whole)


def results_told(table: Table) -> Table:
    """
    Returns the awards that were taken by what came of them, of the table of them by grade and result
    (`progression.awards_by_result`): a grade crossed with results holds few children. Without their sum.
    """
    return _of_total(table, "Awards taken, by result", "Result", "Awards", OF_RESULTS, None)


def _of_total(table: Table, caption: str, heading: str, column: str, note: str, whole: Row | None) -> Table:
    """The last row of a table on end, the few in it hidden; its last column is the whole."""
    if table.total is None:
        return table
    cells = zip(table.columns[:-1], table.total.cells[:-1], strict=True)
    rows = tuple(Row(str(number), words, (cell,)) for number, (words, cell) in enumerate(cells) if cell.value)
    made = replace(table, caption=caption, heading=heading, columns=(column,), rows=rows, total=whole, note=note)
    return few_hidden(made)
