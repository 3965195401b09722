"""
What somebody wrote and has not published yet, kept in their session for an hour.

Publishing asks for a fresh proof of who it is, and leads back to the page of the press: what was written is there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest
from programmes.kinds import Kind
from programmes.kinds.kind import Row

KEY = "record:drafts"
KEPT_FOR = timedelta(hours=1)
MOST = 5
# beside what the form asks
IDLE = ("csrfmiddlewaretoken", "press")


@dataclass(frozen=True)
class Draft:
    """What was written, and when."""

    posted: QueryDict
    at: datetime


def keep(request: AuthenticatedRequest, kind: Kind, row: Row | None) -> None:
    """Keeps what was just posted; of the earlier ones the last few."""
    posted = request.POST.copy()
    for name in IDLE:
        posted.pop(name, None)
    drafts = request.session.get(KEY, {})
    drafts.pop(_name(kind, row), None)
    drafts[_name(kind, row)] = [posted.urlencode(), timezone.now().isoformat()]
    request.session[KEY] = dict(list(drafts.items())[-MOST:])


def found(request: AuthenticatedRequest, kind: Kind, row: Row | None) -> Draft | None:
    """Returns what was left here within the last hour."""
    kept = request.session.get(KEY, {}).get(_name(kind, row))
    if kept is None:
        return None
    at = datetime.fromisoformat(kept[1])
    return Draft(QueryDict(kept[0]), at) if timezone.now() - at < KEPT_FOR else None


def forget(request: AuthenticatedRequest, kind: Kind, row: Row | None) -> None:
    """Forgets what was left here."""
    drafts = request.session.get(KEY, {})
    if drafts.pop(_name(kind, row), None) is not None:
        request.session[KEY] = drafts


def _name(kind: Kind, row: Row | None) -> str:
    return f"{kind.key}/{row.pk if row is not None else 'new'}"
