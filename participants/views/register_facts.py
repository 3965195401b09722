"""What every register's page says of its session, whether it is taken by name or counted by heads."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.models.correction import Correction
from participants.queries.attendance import corrections_of
from participants.validators.register import is_locked_for, needs_reason
from programmes.models import Session


def register_facts(session: Session, user: User, today: date) -> dict[str, object]:
    """Returns what the page says of the session, who saved its register and when, and whether it can be changed."""
    return {
        "session": session,
        "grid": in_grid(session, user),
        "sheet": on_paper(session, user),
        "is_future": session.day > today,
        "is_locked": is_locked_for(session, user, today),
        "reasons": Correction.Reason.choices if needs_reason(session, today) else (),
        "saved": saved_words(session, today),
        "corrections": corrections_of(session, user),
    }


def in_grid(session: Session, user: User) -> str:
    """Returns the address of the term around a session, where the column of it is."""
    return f"{reverse('participants:grid', args=[session.seen_as(user)])}?term={session.day}#column"


def on_paper(session: Session, user: User) -> str:
    """Returns the address of the sheet that begins with a session; of several ensembles it is a sheet of its own."""
    alone = "&sessions=1" if session.is_joint else ""
    return f"{reverse('participants:sheet', args=[session.seen_as(user)])}?session={session.pk}{alone}"


def saved_words(session: Session, today: date) -> str:
    """Returns when and by whom the register was last saved; the day where it was not today."""
    if session.register_taken_at is None or session.register_taken_by is None:
        return ""
    at = timezone.localtime(session.register_taken_at)
    day = "" if at.date() == today else f"{dates.short_day(at)}, "
    return f"Saved {day}{dates.clock(at)}, {session.register_taken_by.name}"
