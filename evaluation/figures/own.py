"""The tables of a hub's own numbers: those of the menu that have a row for each programme stand on end here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES, of_category
from evaluation.figures.cells import Said, Source
from evaluation.figures.figure import Figure, per_cent
from evaluation.figures.released import EMPTY, WHOLE, cell
from evaluation.figures.released import table as of_menu
from evaluation.figures.roll import ON_ROLL, having, known_of, share_of_known
from evaluation.figures.table import Cell, Row, Table
from evaluation.menu import tables
from evaluation.menu.dimensions import NOT_GIVEN
from evaluation.menu.tables import ALL, Column, Counts, Rows, TableSpec, by

# caption, what a row is, what its number is
ON_END: Mapping[str, tuple[str, str, str]] = {
    tables.CHILDREN: ("Children taking part, each counted once", "Children", "Number"),
    tables.ATTENDANCE: ("Attendance at sessions", "Marks", "Share"),
    tables.INTENSITY: ("Hours for each child in each week", "Hours", "A week"),
    tables.SESSIONS: ("Sessions", "Sessions", "Number"),
    tables.CANCELLED: ("Sessions cancelled, by reason", "Reason", "Sessions"),
    tables.REGISTERS: ("Registers", "Registers", "Number"),
    tables.PROVISION: ("Schools, ensembles and tutors", "Who and where", "Number"),
    tables.INCOME: ("Income, by source", "Source", "In the year"),
}
# kinds of numbers that add up to a whole, of which each has a share
WITH_SHARES = frozenset((tables.CANCELLED, tables.INCOME))
BESIDE_ROLL = "beside_roll"
# with the key of a figure behind it
OVER_YEARS = "over_years_"
# numbers that say something when years stand side by side
INDICATORS = (
    *("children_reached", "children_new", "children_leaving", "attendance", "hours_received", "hours_offered"),
    *("sessions_held", "sessions_cancelled", "ensembles", "tutors", "schools", "income", "income_per_child"),
)


def own_table(source: Source, key: str) -> Table:
    """Returns a table of a hub by its key of the menu, or the children beside the schools' roll; raises KeyError."""
    if key == BESIDE_ROLL:
        return beside_roll(source)
    spec = tables.TABLES[key]
    # what was answered in a hub is told by its own analyses (figures.said)
    is_of_programmes = key == tables.BY_PROGRAMME or (spec.dimension and spec.rows is Rows.PROGRAMMES)
    if is_of_programmes or spec.counts is Counts.ANSWERS:
        raise KeyError(key)
    if key == tables.ROLL:
        return _roll(source, spec)
    return _on_end(source, spec) if key in ON_END else of_menu(source, key)


def _roll(source: Source, spec: TableSpec) -> Table:
    """Of the schools together: a number and three shares, so one row."""
    cells = tuple(cell(source.said(spec.key, ALL, column.key), column) for column in spec.columns)
    rows = (Row(ALL, "All partner schools", cells),) if source.of(spec.key) else ()
    headings = tuple(column.heading for column in spec.columns)
    return Table(spec.key, spec.caption, "Schools", headings, rows, note=spec.note, empty=EMPTY)


def _on_end(source: Source, spec: TableSpec) -> Table:
    caption, heading, number = ON_END[spec.key]
    there = source.of(spec.key)
    columns = [column for column in spec.columns if (ALL, column.key) in there]
    total = next((column for column in columns if column.key == ALL), None)
    rows = [column for column in columns if column is not total]
    shares = spec.key in WITH_SHARES
    whole = sum(source.number(spec.key, ALL, column.key) for column in rows)
    if shares:
        rows = [column for column in rows if there[ALL, column.key].value]

    def cells(column: Column, part: int) -> tuple[Cell, ...]:
        number = cell(there[ALL, column.key], column)
        return (number, Cell(per_cent(part, whole), "%")) if shares else (number,)

    return Table(
        spec.key,
        caption,
        heading,
        (number, "Share") if shares else (number,),
        tuple(
            Row(column.key or ALL, column.heading, cells(column, source.number(spec.key, ALL, column.key)))
            for column in rows
        ),
        Row(ALL, WHOLE, cells(total, whole)) if total and rows else None,
        note=spec.note,
        empty=EMPTY,
    )


def beside_roll(source: Source) -> Table:
    """
    Returns what share of the children who take part has a characteristic, beside the share of the schools' whole roll.

    Of the children of whom it is known; how many that is not known of stands beside.
    """
    rows = []
    for dimension, (words, _) in ON_ROLL.items():
        roll = source.said(tables.ROLL, ALL, dimension)
        column = Column(dimension, words, "%")
        rows.append(
            Row(
                dimension,
                words,
                (
                    share_of_known(source, dimension),
                    cell(roll if roll != Said() else Said(symbol="x"), column),
                    cell(having(source, dimension), tables.COUNT),
                    cell(known_of(source, dimension), tables.COUNT),
                    cell(of_category(source, dimension, NOT_GIVEN), tables.COUNT),
                ),
            )
        )
    return Table(
        BESIDE_ROLL,
        "Who takes part, beside the schools’ own roll",
        "Characteristic",
        ("Children taking part", "Whole schools", "Children", "Known of", "Not known of"),
        tuple(rows),
        note="The schools’ share is of all their pupils, from the last published table; the children’s of those of "
        "whom it is known.",
        empty=EMPTY,
    )


def over_years(sources: Sequence[Source], indicator: str) -> Table:
    """Returns one figure over several years, oldest first, with the registers that each rests on."""
    figures = [(source, FIGURES[indicator](source, ALL)) for source in sources]
    return Table(
        f"{OVER_YEARS}{indicator}",
        f"{definitions.ALL[indicator].name}, year by year",
        "Year",
        (definitions.ALL[indicator].name, "Registers taken", "Registers due"),
        tuple(
            Row(
                source.period.written_year,
                source.period.written_year,
                (
                    Cell(figure.value, figure.unit, figure.symbol),
                    Cell(source.completeness().taken),
                    Cell(source.completeness().due),
                ),
            )
            for source, figure in figures
        ),
        note="The year of today as far as it has come.",
        empty="The hub has had no session yet.",
    )


def years_of_table(table: Table) -> str:
    """Returns "2024-25 to 2026-27" of a table of several years, one year of one; empty of any other table."""
    if not table.key.startswith(OVER_YEARS) or not table.rows:
        return ""
    return " to ".join(dict.fromkeys((table.rows[0].heading, table.rows[-1].heading)))


def with_parts(source: Source, figure: Figure) -> Figure:
    """Returns a figure of a hub with what it is made up of in its note."""
    parts = PARTS.get(figure.key)
    return replace(figure, note=parts(source) or figure.note) if parts else figure


def _hours(which: str) -> Callable[[Source], str]:
    def words(source: Source) -> str:
        inside, outside = (source.said(tables.INTENSITY, ALL, f"{which}_{where}").value for where in ("in", "out"))
        if inside is None or outside is None:
            return ""
        return f"{round(Decimal(inside), 1)} in school time, {round(Decimal(outside), 1)} outside it."

    return words


def _held(source: Source) -> str:
    hours, cancelled = (source.number(tables.SESSIONS, ALL, column) for column in ("hours", "cancelled"))
    in_all = f"{hours:,} hour{'' if hours == 1 else 's'} in all."
    return f"{in_all} {cancelled:,} {'session was' if cancelled == 1 else 'sessions were'} cancelled."


PARTS: Mapping[str, Callable[[Source], str]] = {
    "children_reached": lambda _source: "Each child counted once.",
    "children_new": lambda _source: "Came to no session of an earlier year.",
    "children_returning": lambda _source: "Came in an earlier year too.",
    "children_leaving": lambda _source: "Their last enrolment ended in the period.",
    "hours_received": _hours("received"),
    "hours_offered": _hours("offered"),
    "sessions_held": _held,
    "sessions_cancelled": lambda source: f"Of {source.number(tables.SESSIONS, ALL, 'planned'):,} in the timetable.",
    "ensembles": lambda _source: "With a session in the period.",
    "tutors": lambda _source: "Who led a session of the period.",
    "schools": lambda _source: "With a partnership in the period.",
}
# the figures of a hub that open, and the tables that say how each comes about
OPENED_BY: Mapping[str, tuple[str, ...]] = {
    "children_reached": ("by_school", by("joining")),
    "children_new": (by("joining"),),
    "children_returning": (by("joining"),),
    "children_leaving": (by("leaving"),),
    "attendance": ("attendance_by_ensemble", "attendance_by_week"),
    "hours_received": (tables.INTENSITY, tables.hours_by("year_group")),
    "hours_offered": (tables.INTENSITY,),
    "sessions_planned": (tables.SESSIONS,),
    "sessions_held": (tables.SESSIONS, "attendance_by_ensemble"),
    "sessions_cancelled": (tables.CANCELLED,),
    "hours_held": (tables.SESSIONS,),
    "registers_taken": ("attendance_by_ensemble", "by_school"),
    "schools": ("by_school",),
    "ensembles": (tables.KINDS,),
    "tutors": (tables.PROVISION,),
    "income": (tables.INCOME,),
    "income_per_child": (tables.INCOME,),
}
