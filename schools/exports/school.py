"""Schools as a spreadsheet, under the headings by which they are brought in."""

from collections.abc import Iterable

from inharmony.pages.exporting import Column, ListOut
from schools.models import School


def schools_out(schools: Iterable[School]) -> ListOut[School]:
    """Returns schools, which are public record."""
    return ListOut(
        act="schools.exported",
        title="Schools",
        columns=(
            Column("URN", lambda school: school.urn),
            Column("Name", lambda school: school.name),
            Column("Authority code", lambda school: school.local_authority_id),
            Column("Establishment number", lambda school: school.establishment_number),
            Column("Town", lambda school: school.town or None),
            Column("Postcode", lambda school: school.postcode or None),
            Column("Phase", lambda school: school.get_phase_display()),
            Column("Status", lambda school: school.get_status_display()),
            Column("Opened", lambda school: school.opened_on),
            Column("Closed", lambda school: school.closed_on),
            Column("Lowest age", lambda school: school.low_age),
            Column("Highest age", lambda school: school.high_age),
        ),
        rows=schools,
    )
