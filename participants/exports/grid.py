"""The registers of an ensemble over a term as a spreadsheet: children by dates."""

from collections.abc import Callable
from datetime import datetime

from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets.sheet import Value
from participants.models.attendance import Mark
from participants.queries.grid import Grid, Line
from programmes.models import Ensemble, Session


def grid_out(ensemble: Ensemble, table: Grid, *, term: str) -> ListOut[Line]:
    """
    Returns the marks of the registers that were taken by name, a column each, headed by the day.

    A child who was not in the ensemble on a day, and has no mark of it, has a blank there.
    """
    taken = [
        (place, session) for place, session in enumerate(table.sessions) if session.is_held and not session.is_headcount
    ]
    days = [session.day for _, session in taken]
    return ListOut(
        act="grid.exported",
        title="Registers",
        about=f"{ensemble.name} {term}",
        subject=ensemble,
        columns=(
            Column("Child", lambda line: line.name),
            *(Column(_heading(session, days.count(session.day)), _mark_at(place)) for place, session in taken),
            Column("Came", lambda line: line.here.came),
            Column("Of", lambda line: line.here.possible),
        ),
        rows=[line for line in table.lines if line.care.is_printed],
        programme_of=lambda _line: ensemble.programme_id,
        child_of=lambda line: line.child_id,
    )


def _heading(session: Session, of_day: int) -> Value:
    """The day; two on one day are told apart by the time."""
    return session.day if of_day == 1 else datetime.combine(session.day, session.starts_at)


def _mark_at(place: int) -> Callable[[Line], Value]:
    def mark(line: Line) -> Value:
        found = line.marks[place]
        return str(Mark(found).label) if found else None

    return mark
