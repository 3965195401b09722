"""
The figures: one function for each, from the cells of a source to a number that says what it is.

Page, file, chart and report ask here; whether the source is a release or a hub's own rows, it is the same function.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from evaluation.figures import definitions
from evaluation.figures.cells import NOT_THERE, Said, Source
from evaluation.figures.figure import Definition, Figure, Number
from evaluation.menu import tables
from evaluation.menu.tables import ALL

MakeFigure = Callable[[Source, str], Figure]
# what no missing register makes too small
WITHOUT_REGISTERS = frozenset(
    {"sessions_planned", "sessions_cancelled", "schools", "ensembles", "tutors", "income", "programmes"}
)
# money is of the whole year, never of a term
OF_THE_YEAR = frozenset({"income", "income_per_child"})


def _figure(definition: Definition, source: Source, said: Said, row: str, *, places: int = 0, note: str = "") -> Figure:
    value: Number | None = None
    if said.value is not None:
        value = round(Decimal(said.value), 1) if places else int(said.value)
    complete = source.completeness(row)
    is_of_registers = definition.key not in WITHOUT_REGISTERS
    return Figure(
        definition,
        value,
        source.as_at,
        complete if is_of_registers and complete.due else None,
        note=note,
        symbol=said.symbol,
        is_of_registers=is_of_registers,
    )


def children_of(source: Source, row: str = ALL) -> Said:
    """Returns the children of the whole, or of a programme by its slug, as they are shown."""
    return source.said(tables.CHILDREN) if row == ALL else source.said(tables.BY_PROGRAMME, row)


def children_reached(source: Source, row: str = ALL) -> Figure:
    """Returns the children who came at least once, each once; of a programme by its slug."""
    is_whole, said = row == ALL, children_of(source, row)
    note = f"In {source.period.title}, each child counted once. {source.title}."
    if is_whole and (twice := source.said(tables.CHILDREN, tables.TWICE).value):
        note += f" The programmes add up to {int(twice):,} more."
    return _figure(definitions.CHILDREN_REACHED, source, said, row, note=note)


def children_twice(source: Source, row: str = ALL) -> Figure:
    """Returns by how many the programmes' counts add up to more than the children; nothing of one programme."""
    said = source.said(tables.CHILDREN, tables.TWICE) if row == ALL else NOT_THERE
    return _figure(definitions.CHILDREN_TWICE, source, said, row)


def _of_category(definition: Definition, dimension: str, category: str) -> MakeFigure:
    def make(source: Source, row: str = ALL) -> Figure:
        return _figure(definition, source, of_category(source, dimension, category, row), row)

    return make


def of_category(source: Source, dimension: str, category: str, row: str = ALL) -> Said:
    """Returns the children of a category, none where nobody is in it; nothing where the table is not there."""
    if row == ALL:
        said = source.of(tables.by(dimension)).get((category, ""))
    else:
        said = source.of(tables.programmes_by(dimension)).get((row, category))
    # a category with nobody in the country has no row: none is a number too
    return said or _none_of(source, dimension, row)


def _none_of(source: Source, dimension: str, row: str) -> Said:
    """
    None, where the table is there and speaks of the row: it may be withheld, or of before the programme began. None of
    no children at all, too.
    """
    if row == ALL:
        return Said(0) if source.of(tables.by(dimension)) or children_of(source) == Said(0) else NOT_THERE
    return Said(0) if any(at == row for at, _ in source.of(tables.programmes_by(dimension))) else NOT_THERE


def _plain(definition: Definition, table: str, column: str = "", *, places: int = 0) -> MakeFigure:
    def make(source: Source, row: str = ALL) -> Figure:
        return _figure(definition, source, source.said(table, row, column), row, places=places)

    return make


def income_per_child(source: Source, row: str = ALL) -> Figure:
    """
    Returns the year's income divided by the children, as they are shown, of the programmes that wrote it down, in whole
    pounds. Nothing where there is no income at all: money is not of a term.
    """
    income, children = source.said(tables.INCOME, row, ALL), _children_of_income(source, row)
    if income == NOT_THERE:
        said = NOT_THERE
    elif income.value is None or not children.value:
        said = Said(symbol=income.symbol or children.symbol or "x")
    else:
        said = Said(int((Decimal(income.value) / children.value).quantize(Decimal(1), ROUND_HALF_UP)))
    return _figure(definitions.INCOME_PER_CHILD, source, said, row)


def _children_of_income(source: Source, row: str) -> Said:
    """Of the country each once; where a programme wrote no income down, those of the others added up."""
    own = {at: said for (at, column), said in source.of(tables.INCOME).items() if column == ALL and at != ALL}
    if row != ALL or all(said.value is not None for said in own.values()):
        return children_of(source, row)
    counts = [children_of(source, at) for at, said in own.items() if said.value is not None]
    hidden = next((said for said in counts if said.value is None), None)
    return hidden or Said(sum(int(said.value or 0) for said in counts))


def registers_taken(source: Source, row: str = ALL) -> Figure:
    """Returns the registers taken, with those due as denominator."""
    complete = source.completeness(row)
    figure = _plain(definitions.REGISTERS_TAKEN, tables.REGISTERS, "taken")(source, row)
    return replace(figure, numerator=complete.taken, denominator=complete.due, note=complete.missing_words)


# by the key of their definition, in the order of a page
FIGURES: Mapping[str, MakeFigure] = {
    "children_reached": children_reached,
    "children_new": _of_category(definitions.CHILDREN_NEW, "joining", "new"),
    "children_returning": _of_category(definitions.CHILDREN_RETURNING, "joining", "returning"),
    "children_leaving": _of_category(definitions.CHILDREN_LEAVING, "leaving", "left"),
    "children_twice": children_twice,
    "attendance": _plain(definitions.ATTENDANCE, tables.ATTENDANCE),
    "hours_received": _plain(definitions.HOURS_RECEIVED, tables.INTENSITY, "received", places=1),
    "hours_offered": _plain(definitions.HOURS_OFFERED, tables.INTENSITY, "offered", places=1),
    "sessions_planned": _plain(definitions.SESSIONS_PLANNED, tables.SESSIONS, "planned"),
    "sessions_held": _plain(definitions.SESSIONS_HELD, tables.SESSIONS, "held"),
    "sessions_cancelled": _plain(definitions.SESSIONS_CANCELLED, tables.SESSIONS, "cancelled"),
    "hours_held": _plain(definitions.HOURS_HELD, tables.SESSIONS, "hours"),
    "registers_taken": registers_taken,
    "schools": _plain(definitions.SCHOOLS, tables.PROVISION, "schools"),
    "ensembles": _plain(definitions.ENSEMBLES, tables.PROVISION, "ensembles"),
    "tutors": _plain(definitions.TUTORS, tables.PROVISION, "tutors"),
    "income": _plain(definitions.INCOME, tables.INCOME, ALL),
    "income_per_child": income_per_child,
}
