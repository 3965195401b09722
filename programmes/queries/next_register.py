"""Which register to take next: of whoever has just saved one, or looks at one that is saved."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import JSONObject

from inharmony.accounts.models import User
from programmes.models import Closing, Session
from schools.models import AcademicYear


@dataclass(frozen=True)
class NextRegister:
    """A session whose register is missing, and how many are: this one and those after it."""

    session_id: int
    ensemble: str
    day: date
    starts_at: time
    left: int


def with_next(sessions: QuerySet[Session], user: User, today: date) -> QuerySet[Session]:
    """Returns the same sessions, each with the next register missing besides it, which `next_of` reads; no statement
    more.

    Of this academic year up to today, as the weekly mail counts them: today's in their order, then the past days', the
    oldest first. None of a closed hub.
    """
    due = Session.objects.visible_to(user).in_year(AcademicYear.year_of(today)).register_due(today)
    due = due.exclude(programme__in=Closing.objects.on(today).values("programme")).exclude(pk=OuterRef("pk"))
    of_today_first = Case(When(day=today, then=Value(0)), default=Value(1))
    following = due.order_by(of_today_first, "day", "starts_at", "pk").values(
        it=JSONObject(
            session="pk", ensemble="ensemble__name", day="day", starts_at="starts_at", left=Window(Count("pk"))
        )
    )
    return sessions.annotate(next_register=Subquery(following[:1]))


def next_of(session: Session) -> NextRegister | None:
    """Returns the next register of a session that came `with_next`; None where all are taken."""
    told: dict[str, Any] | None = session.next_register  # type: ignore[attr-defined] # of with_next
    if told is None:
        return None
    return NextRegister(
        told["session"],
        told["ensemble"],
        date.fromisoformat(told["day"]),
        time.fromisoformat(told["starts_at"]),
        told["left"],
    )
