"""Venues as a spreadsheet."""

from collections.abc import Iterable

from inharmony.pages.exporting import Column, ListOut
from programmes.queries.venue import VenueLine


def venues_out(lines: Iterable[VenueLine]) -> ListOut[VenueLine]:
    """Returns venues with the number of sessions to come in each."""
    return ListOut(
        act="venues.exported",
        title="Venues",
        columns=(
            Column("Hub", lambda line: line.venue.programme.short_name),
            Column("School", lambda line: line.venue.school.name if line.venue.school else None),
            Column("Venue", lambda line: line.venue.name),
            Column("Postcode", lambda line: line.venue.postcode or None),
            Column("Last day", lambda line: line.venue.ends_on),
            Column("Sessions to come", lambda line: line.coming),
        ),
        rows=lines,
        programme_of=lambda line: line.venue.programme_id,
    )
