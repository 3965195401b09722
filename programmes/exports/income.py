"""The income of a hub, as a spreadsheet: one row a year and source."""

from collections.abc import Iterable

from inharmony.pages.exporting import Column, ListOut
from programmes.models import Income, Programme


def income_out(rows: Iterable[Income], programme: Programme) -> ListOut[Income]:
    """Returns what is written down, with the notes."""
    return ListOut(
        act="income.exported",
        title="Income",
        about=programme.short_name,
        subject=programme,
        columns=(
            Column("Academic year", lambda row: str(row.academic_year)),
            Column("Source", lambda row: str(row.get_source_display())),
            Column("Pounds", lambda row: float(row.amount)),
            Column("Note", lambda row: row.note or None),
        ),
        rows=rows,
        programme_of=lambda row: row.programme_id,
    )
