"""Partner and comparison schools of a hub, as a spreadsheet: one row a school and published year."""

from collections.abc import Iterable

from inharmony.pages.exporting import Column, ListOut
from outcomes.models import ComparisonSchool
from programmes.models import Programme
from schools.models import School
from schools.queries.context import MEASURES, Context

Row = tuple[School, ComparisonSchool | None, Context | None]


def comparison_out(rows: Iterable[Row], programme: Programme) -> ListOut[Row]:
    """Returns both groups with what is published of them, and why each comparison school was chosen."""
    return ListOut(
        act="comparison.exported",
        title="Comparison schools",
        about=programme.short_name,
        subject=programme,
        columns=(
            Column("Group", lambda row: "Comparison" if row[1] else "In Harmony"),
            Column("URN", lambda row: row[0].urn),
            Column("School", lambda row: row[0].name),
            Column("Town", lambda row: row[0].town or None),
            Column("Phase", lambda row: str(row[0].get_phase_display())),
            Column("Compared from", lambda row: str(row[1].academic_year) if row[1] else None),
            Column("Why chosen", lambda row: row[1].reason if row[1] else None),
            Column("Academic year", lambda row: str(row[2].year) if row[2] else None),
            *(_column(measure.field, measure.name, measure.unit) for measure in MEASURES),
            Column("Source", lambda row: row[2].source if row[2] else None),
        ),
        rows=rows,
        programme_of=lambda _row: programme.pk,
    )


def _column(field: str, name: str, unit: str) -> Column[Row]:
    return Column(f"{name}, {unit}" if unit else name, lambda row: getattr(row[2], field) if row[2] else None)
