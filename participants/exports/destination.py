"""Children who left as a spreadsheet: where they went, as far as it is known."""

from collections.abc import Iterable

from inharmony.accounts.models import User
from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets.sheet import Value
from participants.exports.child import names_of
from participants.models import Destination
from participants.queries.care import care_of


def left_out(destinations: Iterable[Destination], user: User, *, about: str) -> ListOut[Destination]:
    """Returns where children went, with what school they left and when."""
    found = list(destinations)
    care = care_of([one.child_id for one in found], user)
    return ListOut(
        act="leavers.exported",
        title="Children who left",
        about=about,
        columns=(
            Column("Forename", lambda one: one.child.forename),
            Column("Surname", lambda one: names_of(one.child)[1]),
            Column("Preferred forename", lambda one: names_of(one.child)[2]),
            Column("School", lambda one: one.enrolment.school.name if one.enrolment.school else None),
            Column("Last day", lambda one: one.last_day),
            Column("Went to", _went_to),
            Column("Goes on", lambda one: one.get_plays_display()),
            Column("Photos", lambda one: str(care[one.child_id].badge) or None),
        ),
        rows=[one for one in found if care[one.child_id].is_printed],
        programme_of=lambda one: one.programme_id,
        child_of=lambda one: one.child_id,
    )


def _went_to(one: Destination) -> Value:
    return one.school.name if one.school else one.get_goes_to_display()
