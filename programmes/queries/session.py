"""Reads of sessions: a person's day, and what is missing."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from django.db.models import QuerySet

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Closing, Ensemble, Session
from schools.models import AcademicYear

SATURDAY = 5


@dataclass(frozen=True)
class AgendaLine:
    """One session of a day, and whether it is the one to take now."""

    session: Session
    is_next: bool
    is_now: bool


def sessions_on(day: date, user: User) -> QuerySet[Session]:
    """Returns the sessions of a day the person sees, in time order, with what an agenda shows of them."""
    rows = Session.objects.visible_to(user).filter(day=day).select_related("ensemble", "venue__school", "programme")
    return rows.with_joined()


def agenda(day: date, now: time, user: User) -> list[AgendaLine]:
    """Returns the day's lines; the next is the first open one that has not ended, else the first open one."""
    sessions = list(sessions_on(day, user))
    open_ = [s for s in sessions if not s.is_held and not s.is_cancelled]
    coming = [s for s in open_ if s.ends_at >= now] or open_
    following = coming[0].pk if coming else None
    return [AgendaLine(s, s.pk == following, s.starts_at <= now <= s.ends_at) for s in sessions]


def registers_missing(before: date, user: User, limit: int = 20) -> list[Session]:
    """Returns the latest sessions of past days, up to `limit`, whose register was never taken."""
    missing = Session.objects.visible_to(user).filter(day__lt=before).register_due(before)
    missing = missing.select_related("ensemble", "venue__school").with_joined()
    return list(missing.order_by("-day", "-starts_at")[:limit])


@dataclass(frozen=True)
class MissingOfEnsemble:
    """The past days of this academic year on which a register of an ensemble was not taken, the earliest first."""

    ensemble: Ensemble
    days: list[date]


def missing_by_ensemble(before: date, user: User) -> list[MissingOfEnsemble]:
    """Returns the registers missing by ensemble, of the academic year so far; none of a hub that is closed."""
    year = AcademicYear.year_of(before)
    due = Session.objects.visible_to(user).in_year(year).filter(day__lt=before).register_due(before)
    due = due.exclude(programme__in=Closing.objects.on(before).values("programme"))
    rows = due.select_related("ensemble__programme").order_by("ensemble__name", "ensemble_id", "day", "starts_at")
    return [
        MissingOfEnsemble(ensemble, [session.day for session in sessions])
        for ensemble, sessions in groupby(rows, key=lambda session: session.ensemble)
    ]


@dataclass(frozen=True)
class TimetableDay:
    """A day of a week's timetable, with its sessions in time order."""

    day: date
    sessions: list[Session]


def week_of(day: date, user: User) -> list[TimetableDay]:
    """
    Returns the days of a day's week with the sessions of the hubs whose ensembles the person keeps, in two statements.

    Saturday and Sunday are left out when nothing is on them.
    """
    monday = day - timedelta(days=day.weekday())
    kept = user.reach.programmes_for(Permission.KEEP_ENSEMBLES)
    rows = Session.objects.visible_to(user).filter(programme__in=kept, day__range=(monday, monday + timedelta(days=6)))
    rows = rows.select_related("programme", "ensemble", "venue__school", "tutor").with_joined()
    on = {key: list(each) for key, each in groupby(rows, _day)}
    days = [TimetableDay(one, on.get(one, [])) for one in (monday + timedelta(days=number) for number in range(7))]
    return [one for one in days if one.sessions or one.day.weekday() < SATURDAY]


def sessions_of_year(year: int, user: User) -> QuerySet[Session]:
    """Returns the sessions of an academic year of the hubs whose ensembles the person keeps."""
    kept = user.reach.programmes_for(Permission.KEEP_ENSEMBLES)
    rows = Session.objects.visible_to(user).in_year(year).filter(programme__in=kept)
    return rows.select_related("programme", "ensemble", "venue__school", "tutor").with_joined()


def _day(session: Session) -> date:
    return session.day
