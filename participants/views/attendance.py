from collections.abc import Collection
from dataclasses import replace
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from inharmony.pages.marks import CHOICES, MarkRow
from participants.actions import attendance
from participants.forms.attendance import OFF, RegisterUnreadableError, SentRegister, field_of, read_register
from participants.models.attendance import ATTENDED
from participants.queries.attendance import RegisterLine, register_lines
from participants.queries.walk_in import added_by
from participants.views import headcount
from participants.views.access_note import audit_register
from participants.views.added import brought_by, to_take_in, walk_in_row, with_added
from participants.views.deciding import decisions
from participants.views.next_register import next_words
from participants.views.register_facts import in_grid, register_facts
from programmes.models import Session

# what a form says that was filled in as a column of the grid
BACK_TO_GRID = "grid"


def get_session_for(user: User, pk: int) -> Session:
    """Returns a session the person sees; 404 for any other, there or not."""
    sessions = Session.objects.visible_to(user).select_related("ensemble", "venue__school", "register_taken_by")
    return get_object_or_404(sessions.with_joined(), pk=pk)


@needs(Permission.TAKE_REGISTER)
def register(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The register of a session: everyone present until a press says otherwise, and saved only by Save."""
    session = get_session_for(request.user, pk)
    if session.is_headcount:
        return headcount.count(request, session)
    if request.method == "POST":
        return _take(request, session)
    is_open = request.GET.get("start") == "empty" and not session.is_held
    return _page(request, session, _lines(session, request.user), is_open=is_open)


def _take(request: AuthenticatedRequest, session: Session) -> HttpResponse:
    try:
        sent = with_added(read_register(request.POST), session, request.user)
    except RegisterUnreadableError as refusal:
        return _page(request, session, _lines(session, request.user), refusal=str(refusal), status=422)
    added = added_by(sent.walk_ins, session, request.user)
    if sent.is_asking:
        lines = _lines(session, request.user, added)
        return _page(request, session, lines, sent=_filled(sent, lines), is_open=sent.is_open or sent.fill is not None)
    try:
        taken = attendance.take_register(
            session=session,
            marks=sent.marks,
            version=sent.version,
            by=request.user,
            reason=sent.reason,
            walk_ins=attendance.WalkIns(sent.walk_ins, sent.off),
        )
    except attendance.RegisterRefusedError as refusal:
        session = get_session_for(request.user, session.pk)
        lines = _lines(session, request.user, added)
        status = 409 if isinstance(refusal, attendance.RegisterChangedError) else 422
        is_open = isinstance(refusal, attendance.ChildWithoutMarkError)
        return _page(request, session, lines, sent=sent, refusal=str(refusal), status=status, is_open=is_open)
    here = sum(mark in ATTENDED for mark in sent.marks.values())
    at = dates.clock(timezone.localtime(taken.register_taken_at))
    messages.success(request, f"Saved {at}: {session.title}, {here} of {len(sent.marks)} here.")
    if request.POST.get("back") == BACK_TO_GRID:
        return redirect(in_grid(session, request.user))
    return redirect("participants:register", pk=session.pk)


def _lines(session: Session, user: User, added: Collection[int] = ()) -> list[RegisterLine]:
    return register_lines(session, user, now=timezone.now(), added=added)


def _filled(sent: SentRegister, lines: list[RegisterLine]) -> SentRegister:
    """Returns what was sent with the mark asked for set where none was; nothing that was marked changes."""
    rest = {line.child_id: sent.fill for line in lines if sent.fill}
    return replace(sent, marks=rest | sent.marks)


def _page(
    request: AuthenticatedRequest,
    session: Session,
    lines: list[RegisterLine],
    *,
    sent: SentRegister | None = None,
    refusal: str = "",
    status: int = 200,
    is_open: bool = False,
) -> HttpResponse:
    audit_register(request.user, session, lines)
    marks = sent.marks if sent else {}
    deciding = decisions(lines, marks) if status == HTTPStatus.CONFLICT and session.is_held else []
    # who was taken off a register that somebody else saved meanwhile stands on it again, and is taken off anew
    off = sent.off if sent and status != HTTPStatus.CONFLICT else frozenset()
    asked = {decision.key for decision in deciding}
    absences = reverse("participants:absences", args=[session.seen_as(request.user)])
    brought = brought_by(session, request.user)
    rows = [
        MarkRow(
            key=line.child_id,
            field=field_of(line.child_id),
            name=line.name,
            value=marks.get(line.child_id) or _preset(line, is_open=is_open, is_sent=bool(sent)),
            badge=line.care.badge,
            is_off_paper=not line.care.is_printed,
            about=((line.known.words,) if line.known else ()) + brought[line.ensemble_id].about,
            more=brought[line.ensemble_id].more(line.child_id),
            note=line.note,
        )
        if not line.is_walk_in
        else walk_in_row(line, session, request.user, marks.get(line.child_id), is_off=line.child_id in off)
        for line in lines
        if line.child_id not in asked
    ]
    here = [*(row.value for row in rows if row.value != OFF), *(decision.yours for decision in deciding)]
    context = register_facts(session, request.user, timezone.localdate()) | {
        "next": _next(session, lines, refusal),
        "rows": rows,
        # what was seen when the marks were made, though somebody may have saved since
        "version": sent.version if sent and sent.is_asking else session.register_version,
        "is_open": is_open,
        "is_kept": bool(sent and sent.add is not None),
        "new_members": to_take_in(lines, session, request.user),
        "unmarked": next((row for row in rows if not row.value), None) if refusal else None,
        "rest": CHOICES if is_open else (),
        "count": f"{sum(value in ATTENDED for value in here)} of {len(here)}",
        "absences": absences,
        "back": BACK_TO_GRID if request.POST.get("back") == BACK_TO_GRID else "",
        "off_paper": sum(not line.care.is_printed for line in lines),
        "reason": sent.reason if sent else None,
        "refusal": refusal,
        "deciding": deciding,
    }
    return render(request, "participants/attendance/register.html", context, status=status)


def _next(session: Session, lines: list[RegisterLine], refusal: str) -> dict[str, str] | None:
    """Returns the way to the next register; none from what is not saved, nor after a refusal."""
    if not (session.is_held and lines) or refusal:
        return None
    return next_words(lines[0].following, timezone.localdate())


def _preset(line: RegisterLine, *, is_open: bool, is_sent: bool) -> str:
    """Returns the mark a row opens with; none where nobody is to be marked but those whose absence is known."""
    return "" if is_open and (is_sent or not line.known) else line.mark
