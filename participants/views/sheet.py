"""The register on paper, for a hall without power: boxes to tick, of one session or of a half-term's."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from inharmony.pages.marks import STATES
from participants.queries.sheet import MOST, USUAL, Sheet, sessions_of_sheet, sheet_of
from participants.views.known_absence import get_ensemble_with_registers
from programmes.models import Ensemble, Session, Tutor


@needs(Permission.TAKE_REGISTER)
def sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The sheet of an ensemble's next sessions, today's included; the address may name the first one and how many."""
    found, user = get_ensemble_with_registers(request.user, pk), request.user
    first, many = _first(found, user, request.GET.get("session", "")), _many(request.GET.get("sessions", ""))
    since = first or timezone.localdate()
    paper = sheet_of(found, sessions_of_sheet(found, user, since=since, many=many), user)
    # it shows nobody else: whom no paper may show is not on the page either
    audit(
        act="sheet.viewed",
        by=user,
        programme_id=found.programme_id,
        subject=found,
        children=[line.child_id for line in paper.lines],
        details={"sessions": [session.pk for session in paper.sessions]},
    )
    asked = {"ensemble": found, "first": first, "many": many, "choices": range(1, MOST + 1)}
    return render(request, "participants/sheet/show.html", asked | _facts(found, paper))


def _facts(ensemble: Ensemble, paper: Sheet) -> dict[str, object]:
    """Returns what the sheet says above the names, and how its columns are named."""
    is_wide = len(paper.sessions) == 1
    playing = paper.sessions[0].player_ids if is_wide else [ensemble.pk]
    return {
        "sheet": paper,
        "title": paper.sessions[0].title if is_wide else ensemble.name,
        "is_joint": any(session.is_joint for session in paper.sessions),
        "states": [(state.letter.upper(), _heard(state.letter, state.word)) for state in STATES],
        "is_wide": is_wide,
        "leaders": ", ".join(Tutor.objects.filter(ensembles__in=playing).distinct().values_list("name", flat=True)),
        "hours": _same(f"{dates.clock(each.starts_at)} to {dates.clock(each.ends_at)}" for each in paper.sessions),
        "places": _same(str(each.venue or "No venue given") for each in paper.sessions),
        "shrinks": _shrinks(paper),
        "now": timezone.localtime(),
    }


def _heard(letter: str, word: str) -> str:
    return {"r": "Absent, reason known", "a": "Absent, no reason"}.get(letter, word)


def _first(ensemble: Ensemble, user: User, asked: str) -> Session | None:
    """Returns the session a sheet is to begin with, where the address names one; 404 for one that is not of it."""
    if not asked:
        return None
    is_key = asked.isascii() and asked.isdigit() and len(asked) < 19
    rows = Session.objects.visible_to(user).played_by([ensemble.pk])
    session = rows.filter(pk=int(asked)).first() if is_key else None
    if session is None:
        raise Http404
    return session


def _many(asked: str) -> int:
    """Returns how many sessions are asked for; as many as usual where that cannot be read."""
    return int(asked) if asked in {str(many) for many in range(1, MOST + 1)} else USUAL


def _same(words: Iterable[str]) -> str:
    """Returns what is the same of all sessions; an empty text where it differs, and each says its own."""
    found = set(words)
    return found.pop() if len(found) == 1 else ""


def _shrinks(paper: Sheet) -> str:
    """Returns how close the rows stand, so that whoever is on the sheet is on one page: "", close or closest."""
    most = (26, 32)
    return ("", "close", "closest")[sum(len(paper.lines) > limit for limit in most)]
