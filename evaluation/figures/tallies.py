"""Sums of sessions and of marks, one statement each. Figures are made of these, wherever they are summed."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import TruncWeek

from evaluation.figures.figure import Completeness
from participants.models import Attendance
from participants.models.attendance import ATTENDED, POSSIBLE
from programmes.models import Session

HELD = Q(register_taken_at__isnull=False)
CANCELLED = Q(cancelled_at__isnull=False)
CAME = Q(mark__in=ATTENDED)
COUNTS = Q(mark__in=POSSIBLE)


@dataclass(frozen=True)
class SessionTally:
    """How many sessions, and for how long those held lasted. `due` counts registers due."""

    planned: int = 0
    held: int = 0
    cancelled: int = 0
    due: int = 0
    length: timedelta = field(default=timedelta())

    @property
    def completeness(self) -> Completeness:
        """Registers taken of registers due."""
        return Completeness(self.held, self.due)


@dataclass(frozen=True)
class MarkTally:
    """What the registers taken say: children on them, children who came, marks, and hours offered and received."""

    listed: int = 0
    reached: int = 0
    possible: int = 0
    attended: int = 0
    offered: timedelta = field(default=timedelta())
    received: timedelta = field(default=timedelta())
    weeks: int = 0


def due(today: date) -> Q:
    """
    Returns the condition of a register being due: the session was before today and not cancelled, or its register is
    taken. A session of today is missing from tomorrow on; until then it is still to come.
    """
    return HELD | Q(cancelled_at__isnull=True, day__lt=today)


def length_of(session: str = "") -> CombinedExpression:
    """Returns the length of a session by its timetable; `session` is the relation to it with two underscores."""
    return F(f"{session}ends_at") - F(f"{session}starts_at")


def tally_sessions(sessions: QuerySet[Session], today: date) -> SessionTally:
    """Returns the sums of the sessions given; one statement."""
    return SessionTally(
        **sessions.aggregate(
            planned=Count("pk"),
            held=Count("pk", filter=HELD),
            cancelled=Count("pk", filter=CANCELLED),
            due=Count("pk", filter=due(today)),
            length=Sum(length_of(), filter=HELD, default=timedelta()),
        )
    )


def tally_marks(attendance: QuerySet[Attendance]) -> MarkTally:
    """Returns the sums of the marks given; one statement. Weeks are those with a session held, Monday to Sunday."""
    length = length_of("session__")
    return MarkTally(
        **attendance.aggregate(
            listed=Count("child", distinct=True),
            reached=Count("child", distinct=True, filter=CAME),
            possible=Count("child", filter=COUNTS),
            attended=Count("child", filter=CAME),
            offered=Sum(length, default=timedelta()),
            received=Sum(length, filter=CAME, default=timedelta()),
            weeks=Count(TruncWeek("session__day"), distinct=True),
        )
    )
