"""A child who came and is not in the ensemble: looked for from the register, and put on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.audit.record import audit
from inharmony.pages.marks import mark_rows
from participants.forms.attendance import RegisterUnreadableError, read_register, read_tokens
from participants.queries.attendance import register_lines
from participants.queries.walk_in import FEW, Walker, added_by, may_seek_by_part, walkers
from participants.validators.register import is_locked_for
from participants.validators.walk_in import token_for
from participants.views.access_note import audit_register
from participants.views.added import walk_in_row
from participants.views.attendance import get_session_for
from participants.views.child import LONGEST
from programmes.models import Session

# of the register, which comes back to it as it was
CARRIED = ("version", "reason", "back", "open")


@needs(Permission.TAKE_REGISTER)
def seek(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Looks for a child by name, to be added to a register; what was marked there goes along, and back."""
    session, user = get_session_for(request.user, pk), request.user
    try:
        carried = _carried(request, session)
    except RegisterUnreadableError as refusal:
        messages.error(request, str(refusal))
        carried = []
    today = timezone.localdate()
    # the register says why nothing can be added to it
    takes_none = session.is_headcount or session.is_cancelled or session.day > today
    if not carried or takes_none or is_locked_for(session, user, today):
        return redirect("participants:register", pk=pk)
    # sent on, and never in an address
    find = request.POST.get("find", "").replace("\0", "").strip()[:LONGEST]
    found = _found(request, session, find) if find else []
    context = {
        "session": session,
        "carried": carried,
        "marked": any(name.startswith("m") for name, _ in carried),
        "by_part": may_seek_by_part(session, user),
        "find": find,
        "has_asked": bool(find),
        "found": [(one, "" if one.is_expected else token_for(session.pk, one.child_id, user.pk)) for one in found],
        "is_many": len(found) == FEW,
    }
    return render(request, "participants/walk_in/seek.html", context)


def _carried(request: AuthenticatedRequest, session: Session) -> list[tuple[str, str]]:
    """Returns the fields of the register as they were sent; raises RegisterUnreadableError for what no page sends."""
    if request.method != "POST":
        return [("version", str(session.register_version))]
    sent = read_register(request.POST)
    of_children = [(f"m{child}", str(mark)) for child, mark in sent.marks.items()]
    of_children += [(f"m{child}", "x") for child in sorted(sent.off)]
    of_children += [(f"w{child}", token) for child, token in sent.walk_ins.items()]
    return [(name, request.POST[name]) for name in CARRIED if request.POST.get(name)] + of_children


def _found(request: AuthenticatedRequest, session: Session, find: str) -> list[Walker]:
    found = walkers(session, request.user, find)
    audit(
        act="register.searched",
        by=request.user,
        programme_id=session.programme_id,
        subject=session,
        children=[one.child_id for one in found],
        details={"found": len(found)},
    )
    return found


@needs(Permission.TAKE_REGISTER)
@require_POST
def rows(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """
    POST: the tokens of children whom the person added to a register, on this page or another day.

    Returns their rows, of those who may still be added: what a browser keeps of a register holds no names.
    """
    session = get_session_for(request.user, pk)
    added = added_by(read_tokens(request.POST), session, request.user)
    lines = register_lines(session, request.user, now=timezone.now(), added=added)
    lines = [line for line in lines if line.child_id in added]
    audit_register(request.user, session, lines)
    shown = [walk_in_row(line, session, request.user, None, is_off=False) for line in lines]
    return HttpResponse(mark_rows(shown))
