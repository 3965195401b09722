"""What schools were like, as a spreadsheet: one row a school and year."""

from collections.abc import Iterable

from inharmony.pages.exporting import Column, ListOut
from schools.models import School
from schools.queries.context import MEASURES, Context

Row = tuple[School, Context | None]


def contexts_out(rows: Iterable[Row]) -> ListOut[Row]:
    """Returns the numbers with where they are from, and which of them are published nowhere."""
    return ListOut(
        act="school_contexts.exported",
        title="School context",
        columns=(
            Column("URN", lambda row: row[0].urn),
            Column("School", lambda row: row[0].name),
            Column("Academic year", lambda row: str(row[1].year) if row[1] else None),
            *(_column(measure.field, measure.name, measure.unit) for measure in MEASURES),
            Column("Source", lambda row: row[1].source if row[1] else None),
            Column("Not published", lambda row: _unpublished(row[1])),
        ),
        rows=rows,
    )


def _column(field: str, name: str, unit: str) -> Column[Row]:
    heading = f"{name}, {unit}" if unit else name
    return Column(heading, lambda row: getattr(row[1], field) if row[1] else None)


def _unpublished(context: Context | None) -> str | None:
    if context is None or context.is_published or not context.by_hand:
        return None
    return ", ".join(measure.name for measure in MEASURES if measure.field in context.by_hand)
