"""Reads of sessions: a person's day, and what is missing."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import QuerySet

from inharmony.accounts.models import User
from programmes.models import Session


@dataclass(frozen=True)
class AgendaLine:
    """One session of a day, and whether it is the one to take now."""

    session: Session
    is_next: bool
    is_now: bool


def sessions_on(day: date, user: User) -> QuerySet[Session]:
    """Returns the sessions of a day the person sees, in time order, with what an agenda shows of them."""
    return Session.objects.visible_to(user).filter(day=day).select_related("ensemble", "venue__school", "programme")


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
    return list(missing.select_related("ensemble", "venue__school").order_by("-day", "-starts_at")[:limit])
