"""What a hub sees of itself: its figures of a period, live and exact, for page and report alike."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from evaluation.figures import reach
from evaluation.figures import sessions as of_sessions
from evaluation.figures.attendance import Week, attendance_by_ensemble, attendance_by_week, attendance_rate
from evaluation.figures.by_school import MissingRegisters, by_school, missing_registers
from evaluation.figures.figure import Completeness, Figure
from evaluation.figures.intensity import hours_offered, hours_received
from evaluation.figures.period import Period
from evaluation.figures.table import Table
from evaluation.figures.tallies import tally_of
from evaluation.models import KeptFigures
from evaluation.queries.kept import kept_or_counted, remembered_or_counted
from evaluation.queries.seen import seen
from evaluation.queries.tallies import (
    child_sums,
    read_children,
    read_sums,
    session_sums,
    written_children,
    written_sums,
)
from inharmony.access import scope
from inharmony.accounts.models import User
from inharmony.pages.dates import moment
from participants.models import Attendance, ChildMonth, Enrolment, Placement
from programmes.models import Partnership, Programme, Session
from schools.models import School


@dataclass(frozen=True)
class ProgrammeRows:
    """
    The rows of one programme and period that figures are made of; nothing of any other programme.

    Months, marks and placements are of any time: `child_sums` takes the period's. `is_whole` where they are all rows of
    the programme, as whoever sees it whole has them: what is counted of these is kept. Of a school they never are.
    `part` names which part of all rows they are, where everybody who has it has the same: that count is remembered.
    """

    programme: Programme
    is_whole: bool
    part: str
    period: Period
    as_at: datetime
    sessions: QuerySet[Session]
    months: QuerySet[ChildMonth]
    attendance: QuerySet[Attendance]
    enrolments: QuerySet[Enrolment]
    placements: QuerySet[Placement]
    partnerships: QuerySet[Partnership]

    @property
    def today(self) -> date:
        """The day of the as-at time, in London."""
        return timezone.localtime(self.as_at).date()


def rows_of(
    programme: Programme, period: Period, user: User | None = None, school: School | None = None
) -> ProgrammeRows:
    """
    Returns the programme's rows, narrowed to what the person may see, and to what takes place at a school.

    Without a person (a command run by the operator) the scope alone narrows them.
    """
    models = (Session, Attendance, ChildMonth, Enrolment, Placement, Partnership)
    sessions, attendance, months, enrolments, placements, partnerships = (
        seen(model.objects.all(), user) for model in models
    )
    first, last = period.starts_on, period.ends_on
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    if school is not None:
        # a session, and a mark, is of the school where its ensemble meets
        sessions, months = (rows.filter(ensemble__school=school) for rows in (sessions, months))
        attendance = attendance.filter(session__ensemble__school=school)
        enrolments, partnerships = (rows.filter(school=school) for rows in (enrolments, partnerships))
    sees_whole = user is not None and programme.pk in user.reach.whole_programmes
    reads_whole = user is None and scope.reads_whole(programme.pk)
    part = f"school-{school.pk}" if school else "all"
    return ProgrammeRows(
        programme,
        school is None and sees_whole,
        part if sees_whole or reads_whole else "",
        period,
        timezone.now(),
        sessions.filter(programme=programme, day__range=(first, last)),
        months.filter(programme=programme),
        attendance.filter(programme=programme),
        enrolments.filter(in_force, programme=programme, starts_on__lte=last),
        placements.filter(programme=programme),
        partnerships.filter(in_force, programme=programme, starts_on__lte=last),
    )


def summed(rows: ProgrammeRows) -> dict[str, Any]:
    """Returns what the figures are made of, as JSON has it; four statements."""
    return {
        "sessions": written_sums(session_sums(rows.sessions, rows.today)),
        "children": written_children(child_sums(rows.months, rows.attendance, rows.placements, rows.period)),
        "enrolled": rows.enrolments.values("child").distinct().count(),
        "schools": rows.partnerships.values("school").distinct().count(),
    }


@dataclass(frozen=True)
class Participation:
    """Who took part, how often and how much, in one programme and period."""

    period: Period
    as_at: datetime
    figures: tuple[Figure, ...]
    completeness: Completeness
    weeks: tuple[Week, ...]
    by_ensemble: Table
    by_year_group: Table
    by_school: Table
    cancelled: Table
    missing: tuple[MissingRegisters, ...]

    @property
    def asat(self) -> str:
        """What these figures are and of when."""
        return f"Exact figures of your own hub, as at {moment(timezone.localtime(self.as_at))}."


def _found(rows: ProgrammeRows) -> dict[str, Any]:
    hub, period, today = rows.programme, rows.period, rows.today
    if rows.is_whole:
        found: dict[str, Any] = kept_or_counted(hub, period, KeptFigures.Kind.SUMS, today, lambda: summed(rows))
        return found
    if rows.part:
        return remembered_or_counted(hub, f"sums-{rows.part}", period, today, lambda: summed(rows))
    return summed(rows)


def participation(rows: ProgrammeRows) -> Participation:
    """Returns the figures and tables of the rows; one statement where their sums were kept, else four and a few."""
    found = _found(rows)
    sums, children = read_sums(found["sessions"]), read_children(found["children"])
    sessions, marks = sums.all, tally_of(sums.all, children)
    complete, as_at = sessions.completeness, rows.as_at
    enrolled = found["enrolled"]
    return Participation(
        rows.period,
        as_at,
        (
            reach.children_reached(marks, enrolled, complete, as_at),
            attendance_rate(marks, complete, as_at),
            of_sessions.registers_taken(sessions, as_at),
            of_sessions.sessions_held(sessions, as_at),
            hours_received(marks, complete, as_at),
            hours_offered(marks, complete, as_at),
            reach.children_enrolled(enrolled, as_at),
            reach.schools(found["schools"], as_at),
            of_sessions.sessions_planned(sessions, as_at),
            of_sessions.sessions_cancelled(sessions, as_at),
        ),
        complete,
        attendance_by_week(sums.by_week),
        attendance_by_ensemble(sums.by_ensemble),
        reach.children_by_year_group(children),
        by_school(sums.by_ensemble, children.by_school),
        of_sessions.cancelled_by_reason(sums.cancelled),
        missing_registers(sums.by_ensemble),
    )
