"""The tables of the menu, made of a source's cells: the same of a release and of a hub, on page, paper and in files."""

from collections.abc import Sequence
from decimal import Decimal

from evaluation.disclosure.rules import Shown, percentage
from evaluation.figures.cells import Said, Source
from evaluation.figures.figure import Number, per_cent
from evaluation.figures.table import Cell, Row, Table
from evaluation.menu import tables
from evaluation.menu.tables import ALL, Column, Counts, Rows, TableSpec
from programmes.models import Ensemble

ROUNDED = (
    "Counts are rounded to the nearest 5, each on its own, so they may not add; shares are of the rounded numbers."
)
EMPTY = "Nothing is counted here in this period."
CHILDREN = Column("", "Children")
SHARE = Column("", "Share", "%")
# numbers of a hub as the whole are its own, of the country that of all programmes
WHOLE = "All"
AGAIN = "Counted again, in a second programme"


def table(source: Source, key: str) -> Table:
    """Returns a table of the menu by its key; children of a dimension with shares, attendance and hours beside."""
    spec = tables.TABLES[key]
    if spec.rows is Rows.CATEGORIES and spec.counts is Counts.CHILDREN:
        return _of_categories(source, spec)
    columns = _columns(source, spec)
    rows = [
        (key, words) for key, words in _rows(source, spec) if any((key, c.key) in source.of(spec.key) for c in columns)
    ]
    has_total = any(_place(source, spec, ALL, column) is not None for column in columns)
    made = tuple(_row(source, spec, *row, columns) for row in rows)
    total = _row(source, spec, ALL, WHOLE, columns) if has_total else None
    # where the programmes are withheld the whole stands alone, as a row: a table of none is not shown
    is_alone = (
        spec.rows is Rows.PROGRAMMES
        and not made
        and any((ALL, column.key) in source.of(spec.key) for column in columns)
    )
    return Table(
        spec.key,
        spec.caption,
        spec.heading,
        tuple(column.heading for column in columns),
        (total,) if is_alone and total else made,
        None if is_alone else total,
        note=_note(source, spec),
        empty=EMPTY,
    )


def _row(source: Source, spec: TableSpec, key: str, words: str, columns: Sequence[Column]) -> Row:
    return Row(key, words, tuple(cell(_place(source, spec, key, column) or Said(), column) for column in columns))


def cell(said: Said, column: Column) -> Cell:
    """Returns a number in its column's unit and places."""
    if said.value is None:
        return Cell(symbol=said.symbol)
    value: Number = round(Decimal(said.value), 1) if column.places else int(said.value)
    return Cell(value, column.unit)


def share(source: Source, part: Said, whole: Said, *, is_sensitive: bool) -> Cell:
    """
    Returns a share in whole per cent: of a hub exact, of a release made of what is shown (IH-SDC 1, rule 5).

    A share of a number that is hidden is hidden with it.
    """
    if source.is_exact:
        if symbol := part.symbol or whole.symbol:
            return Cell(symbol=symbol)
        return Cell(per_cent(int(part.value or 0), int(whole.value or 0)), "%")
    shown = percentage(_shown(part), _shown(whole), is_sensitive=is_sensitive)
    return Cell(shown.value, "%", shown.symbol)


def _shown(said: Said) -> Shown:
    return Shown(None if said.value is None else int(said.value), said.symbol)


def _of_categories(source: Source, spec: TableSpec) -> Table:
    counts, total = source.of(spec.key), source.said(tables.CHILDREN)
    means = [key for key in (tables.attendance_by(spec.dimension), tables.hours_by(spec.dimension)) if source.of(key)]
    beside = [(key, tables.TABLES[key].columns[0]) for key in means]
    wholes = {
        tables.attendance_by(spec.dimension): source.said(tables.ATTENDANCE),
        tables.hours_by(spec.dimension): source.said(tables.INTENSITY, ALL, "received"),
    }

    def cells(count: Said, others: list[Said]) -> tuple[Cell, ...]:
        parts = (cell(count, CHILDREN), share(source, count, total, is_sensitive=spec.of.is_sensitive))
        return (*parts, *(cell(said, column) for said, (_, column) in zip(others, beside, strict=True)))

    return Table(
        spec.key,
        spec.caption,
        spec.heading,
        (CHILDREN.heading, SHARE.heading, *(column.heading for _, column in beside)),
        tuple(
            Row(category, words, cells(counts[category, ""], [source.said(key, category) for key, _ in beside]))
            for category, words in spec.of.categories.items()
            if (category, "") in counts
        ),
        Row(ALL, WHOLE, cells(total, [wholes[key] for key, _ in beside])),
        note=_note(source, spec),
        empty=EMPTY,
    )


def _columns(source: Source, spec: TableSpec) -> list[Column]:
    """Of programmes by a dimension, the categories that anybody is in, and all; else those of the menu."""
    if not (spec.dimension and spec.rows is Rows.PROGRAMMES):
        return list(spec.columns)
    there = {column for _, column in source.of(spec.key)}
    return [*(column for column in spec.columns if column.key in there), Column(ALL, WHOLE)]


def _rows(source: Source, spec: TableSpec) -> list[tuple[str, str]]:
    if spec.rows is Rows.PROGRAMMES:
        return list(source.rows.items())
    if spec.rows is Rows.KINDS:
        return [(kind.value, str(kind.label)) for kind in Ensemble.Kind]
    if spec.rows is Rows.CATEGORIES:
        return list(spec.of.categories.items())
    # of the whole alone: the children whom the programmes count once more than the country does
    return [(tables.TWICE, AGAIN)]


def _place(source: Source, spec: TableSpec, row: str, column: Column) -> Said | None:
    """A cell wherever it stands: the totals of a table of children are cells of the tables of the whole."""
    if spec.key == tables.BY_PROGRAMME and row == ALL:
        return source.said(tables.CHILDREN)
    if spec.dimension and spec.rows is Rows.PROGRAMMES:
        if column.key == ALL:
            return source.said(tables.CHILDREN) if row == ALL else source.said(tables.BY_PROGRAMME, row)
        if row == ALL:
            return source.said(tables.by(spec.dimension), column.key)
    return source.of(spec.key).get((row, column.key))


def _note(source: Source, spec: TableSpec) -> str:
    notes = [spec.note]
    if not source.is_exact and spec.counts is Counts.CHILDREN:
        notes.append(ROUNDED)
    return " ".join(filter(None, notes))
