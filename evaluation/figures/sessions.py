"""Figures of sessions and registers, from a tally of sessions."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from evaluation.figures import definitions
from evaluation.figures.figure import Figure, rounded
from evaluation.figures.table import Cell, Row, Table
from evaluation.figures.tallies import SessionTally
from programmes.models import Session


def sessions_planned(sessions: SessionTally, as_at: datetime) -> Figure:
    """Returns the sessions of the timetable."""
    to_come = sessions.planned - sessions.cancelled - sessions.due
    note = f"{to_come:,} still to come." if to_come else "None still to come."
    return Figure(definitions.SESSIONS_PLANNED, sessions.planned, as_at, note=note)


def sessions_held(sessions: SessionTally, as_at: datetime) -> Figure:
    """Returns the sessions whose register was taken."""
    return Figure(
        definitions.SESSIONS_HELD,
        sessions.held,
        as_at,
        sessions.completeness,
        note=f"{written_hours(sessions.length)} hours in all.",
    )


def sessions_cancelled(sessions: SessionTally, as_at: datetime) -> Figure:
    """Returns the sessions cancelled."""
    return Figure(
        definitions.SESSIONS_CANCELLED,
        sessions.cancelled,
        as_at,
        numerator=sessions.cancelled,
        denominator=sessions.planned,
        note=f"Of {sessions.planned:,} in the timetable.",
    )


def hours_held(sessions: SessionTally, as_at: datetime) -> Figure:
    """Returns the hours of the sessions held, to the whole hour."""
    return Figure(
        definitions.HOURS_HELD,
        hours(sessions.length),
        as_at,
        sessions.completeness,
        note=f"In {sessions.held:,} sessions held.",
    )


def registers_taken(sessions: SessionTally, as_at: datetime) -> Figure:
    """Returns the registers taken, with those due as denominator."""
    return Figure(
        definitions.REGISTERS_TAKEN,
        sessions.held,
        as_at,
        sessions.completeness,
        numerator=sessions.held,
        denominator=sessions.due,
        note=sessions.completeness.missing_words,
    )


def hours(length: timedelta) -> int:
    """Returns the length in whole hours, halves up."""
    return int(rounded(Decimal(round(length.total_seconds())) / 3600, "1"))


def written_hours(length: timedelta) -> str:
    """Returns the length in whole hours as text."""
    return f"{hours(length):,}"


def cancelled_by_reason(cancelled: Mapping[str, int]) -> Table:
    """Returns the cancelled sessions by reason, most first."""
    order = sorted(cancelled.items(), key=lambda item: (-item[1], item[0]))
    return Table(
        "cancelled_by_reason",
        "Sessions cancelled, by reason",
        "Reason",
        ("Sessions",),
        tuple(Row(reason, Session.CancelReason(reason).label, (Cell(count),)) for reason, count in order),
        empty="No session of this period was cancelled.",
    )
