from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from programmes.models import Session
from programmes.queries.session import AgendaLine, agenda, registers_missing


@needs(Permission.SEE_OWN_DAY)
def today(request: AuthenticatedRequest) -> HttpResponse:
    """A person's day: today's sessions, the next one raised, then the registers missing from past days."""
    now = timezone.localtime()
    lines = agenda(now.date(), now.time(), request.user)
    missing = registers_missing(now.date(), request.user)
    context = {
        "day": now.date(),
        "lines": [_agenda_row(line) for line in lines],
        "missing": [_missing_row(session) for session in missing],
    }
    return render(request, "programmes/session/today.html", context)


def _agenda_row(line: AgendaLine) -> dict[str, object]:
    session = line.session
    row: dict[str, object] = {
        "starts": session.starts_at,
        "ends": session.ends_at,
        "name": session.title,
        "facts": _facts(session),
        "is_now": line.is_next,
        "tag": ("Now" if line.is_now else "Next") if line.is_next else "",
        "href": reverse("participants:register", args=[session.pk]),
        "action": ("Count heads" if session.is_headcount else "Take the register") if line.is_next else "Open",
    }
    if session.is_cancelled:
        row |= {"href": "", "state": "n", "state_words": f"Cancelled: {session.get_cancel_reason_display().lower()}"}
    elif session.is_held:
        row |= {"state": "p", "state_words": "Register taken"}
    elif not line.is_next:
        row |= {"state": "n"}
    return row


def _facts(session: Session) -> str:
    where = str(session.venue) if session.venue else "No venue given"
    return f"{where}. {session.get_kind_display()}, counted by heads" if session.is_headcount else where


def _missing_row(session: Session) -> dict[str, object]:
    where = f", {session.venue}" if session.venue else ""
    year = f" {session.day.year}" if session.day.year != timezone.localdate().year else ""
    return {
        "title": session.title,
        "words": f"{dates.weekday(session.day)}{year}{where}",
        "href": reverse("participants:register", args=[session.pk]),
        "action": "Take it now",
    }
