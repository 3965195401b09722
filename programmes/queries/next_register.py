"""Which register to take next: of whoever has just saved one, or looks at one that is saved."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Case, Count, Subquery, Value, When, Window
from django.db.models.functions import JSONObject

from inharmony.accounts.models import User
from programmes.models import Closing, Session
from programmes.models.session import joined_names, together
from schools.models import AcademicYear


@dataclass(frozen=True)
class NextRegister:
    """A session whose register is missing, who plays in it, and how many are: this one and those after it."""

    session_id: int
    title: str
    day: date
    starts_at: time
    left: int


def next_register(session: Session, user: User, today: date) -> NextRegister | None:
    """
    Returns the next register missing besides a session's; None where all are taken. One statement.

    Of this academic year up to today, as the weekly mail counts them: today's in their order, then the past days', the
    oldest first. None of a closed hub.
    """
    return told(_following(session, user, today).first())


def next_to_tell(session: Session, user: User, today: date) -> Subquery:
    """Returns the same as a value that another statement brings along, for `told` to read."""
    return Subquery(_following(session, user, today)[:1])


def told(found: dict[str, Any] | None) -> NextRegister | None:
    """Returns what was brought along as the next register."""
    if found is None:
        return None
    day, starts_at = date.fromisoformat(found["day"]), time.fromisoformat(found["starts_at"])
    title = together([found["ensemble"], *found["joined"]])
    return NextRegister(found["session"], title, day, starts_at, found["left"])


def _following(session: Session, user: User, today: date) -> Any:
    due = Session.objects.visible_to(user).in_year(AcademicYear.year_of(today)).register_due(today)
    due = due.exclude(programme__in=Closing.objects.on(today).values("programme")).exclude(pk=session.pk)
    of_today_first = Case(When(day=today, then=Value(0)), default=Value(1))
    who = {"ensemble": "ensemble__name", "joined": joined_names()}
    it = JSONObject(session="pk", day="day", starts_at="starts_at", left=Window(Count("pk")), **who)
    return due.order_by(of_today_first, "day", "starts_at", "pk").values_list(it, flat=True)
