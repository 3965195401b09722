"""Registers taken as they are in life, so that figures have something to count."""

from django.utils import timezone

from evaluation.queries.calendar import period_of
from evaluation.queries.participation import participation, rows_of
from participants.actions.attendance import take_register
from participants.models.attendance import Mark
from participants.queries.attendance import expected_ids
from schools.models import AcademicYear


def register(session, letters: str, *, by):
    """Takes a session's register: one letter a child expected (p l r a e), in the order the children were made."""
    marks = dict(zip(sorted(expected_ids(session)), map(Mark, letters), strict=True))
    return take_register(session=session, marks=marks, version=session.register_version, by=by)


def cancel(session, reason: str = "tutor_away"):
    """Cancels a session."""
    session.cancelled_at, session.cancel_reason = timezone.now(), reason
    session.save()
    return session


def hub_figures(programme, *, user=None, term: str = "", year: int | None = None):
    """Returns a hub's participation of this year; call it inside a scope."""
    period = period_of(year if year is not None else AcademicYear.current().year, term, programme)
    return participation(rows_of(programme, period, user))


def values(found) -> dict[str, str]:
    """Returns what each figure writes, by key."""
    return {figure.key: figure.written for figure in found.figures}


def cells(table) -> dict[str, tuple[str, ...]]:
    """Returns what each row of a table writes, by heading."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    return {row.heading: tuple(cell.written for cell in row.cells) for row in rows}
