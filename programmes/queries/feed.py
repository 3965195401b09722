"""Whose calendar a secret address opens, and what stands in it."""

import hashlib
from datetime import date, timedelta

from django.db.models import QuerySet

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import CalendarFeed, Session

BACK = timedelta(days=30)
AHEAD = timedelta(days=366)


def hash_of(secret: str) -> str:
    """Returns what is kept of a secret. It is drawn at random, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(user: User) -> CalendarFeed | None:
    """Returns the address a person has made, or None."""
    return CalendarFeed.objects.filter(user=user).first()


def whose(secret: str) -> User | None:
    """Returns the person whose calendar a secret opens; None when it is dead, or they have no day of their own now."""
    feeds = CalendarFeed.objects.filter(secret_hash=hash_of(secret), user__is_active=True)
    feed = feeds.select_related("user").first()
    if feed is None or not feed.user.reach.may(Permission.SEE_OWN_DAY):
        return None
    return feed.user


def sessions_around(today: date, user: User) -> QuerySet[Session]:
    """Returns the sessions a person sees from 30 days ago to a year ahead, cancelled ones as well."""
    rows = Session.objects.visible_to(user).filter(day__range=(today - BACK, today + AHEAD))
    return rows.select_related("ensemble", "venue__school", "programme").with_joined()
