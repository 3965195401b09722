"""Sessions as entries of a calendar. No child stands in it, no tutor and nobody's name."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from inharmony.icalendar import Event, calendar_text
from programmes.models import Session


def calendar_of(sessions: Iterable[Session]) -> bytes:
    """Returns the calendar of sessions that came with their ensemble, those that join them, venue and programme."""
    return calendar_text("In Harmony", (_event(session) for session in sessions))


def _event(session: Session) -> Event:
    host = urlsplit(settings.PORTAL_URL).hostname
    return Event(
        key=f"session-{session.pk}@{host}",
        day=session.day,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        # many programs take no notice of the state of an entry
        title=f"Cancelled: {session.title}" if session.is_cancelled else session.title,
        changed_at=session.changed_at,
        place=str(session.venue) if session.venue else "",
        words=f"{session.get_kind_display()}. In Harmony {session.programme.short_name}.",
        kind=session.get_kind_display(),
        href=settings.PORTAL_URL + reverse("participants:register", args=[session.pk]),
        is_cancelled=session.is_cancelled,
    )
