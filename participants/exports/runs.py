"""Children who have not come lately as a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from inharmony.pages.exporting import Column, ListOut
from participants.exports.child import names_of


def in_a_row_out(rows: Iterable[dict[str, Any]]) -> ListOut[dict[str, Any]]:
    """Returns the rows of the page: child, ensemble, times, since, care."""
    return ListOut(
        act="absences.exported",
        title="Three absences in a row",
        columns=(
            Column("Forename", lambda row: row["child"].forename),
            Column("Surname", lambda row: names_of(row["child"])[1]),
            Column("Preferred forename", lambda row: names_of(row["child"])[2]),
            Column("Ensemble", lambda row: row["ensemble"].name),
            Column("Sessions missed", lambda row: row["times"]),
            Column("Since", lambda row: row["since"]),
        ),
        rows=[row for row in rows if row["care"].is_printed],
        programme_of=lambda row: row["child"].programme_id,
        child_of=lambda row: row["child"].pk,
    )
