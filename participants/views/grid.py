"""The registers of an ensemble over a term, one column of them open to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from inharmony.pages.cells import choice_cell, mark_cell, outside_cell
from inharmony.pages.exporting import hand_out
from participants.exports.grid import grid_out
from participants.forms.attendance import field_of
from participants.models.correction import Correction
from participants.queries.attendance import register_lines
from participants.queries.care import Care
from participants.queries.grid import Grid, Here, Line, grid_of, terms_of
from participants.validators.register import is_locked_for, needs_reason
from participants.views.known_absence import get_ensemble_with_registers
from participants.views.membership import offer_of, require_may_take_out
from programmes.models import Session
from schools.queries.term import Stretch


@needs(Permission.TAKE_REGISTER)
def grid(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Children by dates of a term, this one unless the address names another by one of its days."""
    found, today = get_ensemble_with_registers(request.user, pk), timezone.localdate()
    terms = terms_of(found, request.user, today)
    term = _chosen(terms, request.GET.get("term", ""), today)
    table = grid_of(found, term, request.user)
    edited = _edited(table, request.GET.get("edit", ""))
    why_shut = _why_shut(edited, request.user, today) if edited else ""
    open_ = None if why_shut else edited
    audit(
        act="grid.viewed",
        by=request.user,
        programme_id=found.programme_id,
        subject=found,
        children=[line.child_id for line in table.lines],
    )
    context = {
        "ensemble": found,
        "terms": terms,
        "term": term,
        "columns": _columns(table, open_, request.user, today),
        "rows": _rows(table, open_, request.user),
        "off_paper": sum(not line.care.is_printed for line in table.lines),
        "open": open_,
        "why_shut": why_shut,
        "export": offer_of(request, found, "participants:grid-export", "registers") if table.lines else None,
        "reasons": Correction.Reason.choices if open_ and needs_reason(open_, today) else (),
    }
    return render(request, "participants/grid/show.html", context)


@needs(Permission.TAKE_REGISTER, fresh=True)
@require_POST
def grid_export(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The same registers as a spreadsheet."""
    found, today = get_ensemble_with_registers(request.user, pk), timezone.localdate()
    require_may_take_out(request.user, found)
    term = _chosen(terms_of(found, request.user, today), request.GET.get("term", ""), today)
    return hand_out(request, grid_out(found, grid_of(found, term, request.user), term=term.name))


def _chosen(terms: list[Stretch], asked: str, today: date) -> Stretch:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    asked_for = [term for term in terms if term.starts_on <= day <= term.ends_on]
    return (asked_for or [term for term in terms if term.starts_on <= today <= term.ends_on])[0]


def _edited(table: Grid, asked: str) -> Session | None:
    """Returns the session whose column the address opens, if any; 404 for one that is not in this table."""
    if not asked:
        return None
    by_key = {str(session.pk): session for session in table.sessions}
    if asked not in by_key:
        raise Http404
    return by_key[asked]


def _why_shut(session: Session, user: User, today: date) -> str:
    """Returns why a register cannot be taken or corrected by the person; an empty text where it can."""
    if session.is_cancelled:
        return f"The session on {dates.day(session.day)} was cancelled."
    if session.is_headcount:
        return f"The session on {dates.day(session.day)} is counted by heads, on a page of its own."
    if session.day > today:
        return f"The session on {dates.day(session.day)} is still to come. Its register can be taken on the day."
    if session.is_joint:
        return f"{session.title} had one register on {dates.day(session.day)}: change it there, with all its children."
    if is_locked_for(session, user, today):
        return "A register can be corrected for 14 days. Your hub administrator can still correct this one."
    return ""


@dataclass(frozen=True)
class Column:
    """The head and foot of a session's column: what there is to say of it, and whether it can be opened."""

    session: Session
    is_open: bool
    is_shut: bool
    is_second: bool
    is_latest: bool
    state: str
    here: Here


def _columns(table: Grid, open_: Session | None, user: User, today: date) -> list[Column]:
    days = [session.day for session in table.sessions]
    begun = [session.pk for session in table.sessions if session.day <= today and not session.is_cancelled]
    return [
        Column(
            session=session,
            is_open=session is open_,
            is_shut=bool(_why_shut(session, user, today)),
            # two on one day are told apart by the time
            is_second=days.count(session.day) > 1,
            # where the page opens, of a term that is wider than a screen
            is_latest=session is open_ if open_ else session.pk in begun[-1:],
            state=_state(session, today),
            here=table.here_at(place),
        )
        for place, session in enumerate(table.sessions)
    ]


def _state(session: Session, today: date) -> str:
    if session.is_cancelled:
        return "cancelled"
    if session.is_held:
        return "by heads" if session.is_headcount else ""
    return "to come" if session.day > today else "not taken"


@dataclass(frozen=True)
class Row:
    """A child's row: what to heed, the absences in a row in words, the cells, and how often the child came."""

    key: int
    name: str
    care: Care
    missed: tuple[str, ...]
    cells: list[SafeString]
    here: Here


def _rows(table: Grid, open_: Session | None, user: User) -> list[Row]:
    presets = {line.child_id: line.mark for line in register_lines(open_, user)} if open_ else {}
    return [
        Row(line.child_id, line.name, line.care, line.missed, _cells(line, table, open_, presets), line.here)
        for line in table.lines
    ]


def _cells(line: Line, table: Grid, open_: Session | None, presets: Mapping[int, str]) -> list[SafeString]:
    in_run = {place for run in line.runs for place in run.places}
    cells = []
    for place, session in enumerate(table.sessions):
        mark = line.marks[place]
        if session is open_ and line.child_id in presets:
            label = f"{line.name}, {dates.weekday(session.day)}"
            cells.append(choice_cell(field_of(line.child_id), label, presets[line.child_id]))
        elif not mark and not line.is_inside[place]:
            cells.append(outside_cell())
        else:
            cells.append(
                mark_cell(mark or "", is_off=session.is_cancelled or session.is_headcount, is_in_run=place in in_run)
            )
    return cells
