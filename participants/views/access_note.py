"""The access note of a child: written, changed and ended by who keeps it, and that it was read on a register."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit_together, entry
from participants.actions import access_note
from participants.forms.access_note import NoteForm
from participants.models import AccessNote
from participants.queries.access_note import last_note
from participants.queries.attendance import RegisterLine
from participants.validators.access_note import NoteRefusedError
from participants.views.child import audit_note, audit_sight, get_child_for
from programmes.models import Session


@needs(Permission.KEEP_ACCESS_NOTES)
def keep(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form for the access note of a child, with the one that stands filled in, and the act."""
    child = get_child_for(request.user, pk, to=Permission.KEEP_ACCESS_NOTES)
    last = last_note(child, request.user)
    standing = last if last is not None and last.ended_at is None else None
    form = NoteForm(request.POST or None, initial=_as_it_stands(standing))
    if request.method == "POST" and form.is_valid():
        try:
            access_note.keep_note(child=child, note=form.note(), by=request.user)
        except NoteRefusedError as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, "The access note is written down.")
            return redirect("participants:child", pk=pk)
    audit_sight(request.user, child)
    if standing is not None:
        audit_note(request.user, child)
    context = {"form": form, "child": child, "standing": standing}
    return render(request, "participants/access_note/keep.html", context, status=422 if form.errors else 200)


def _as_it_stands(standing: AccessNote | None) -> dict[str, str]:
    if standing is None:
        return {}
    return {"words": standing.words, "told_by": standing.told_by, "condition": standing.condition}


@needs(Permission.KEEP_ACCESS_NOTES)
@require_POST
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ends the access note of a child."""
    child = get_child_for(request.user, pk, to=Permission.KEEP_ACCESS_NOTES)
    access_note.end_note(child=child, by=request.user)
    messages.success(request, "The access note is ended: nobody is shown it any more.")
    return redirect("participants:child", pk=pk)


def audit_register(user: User, session: Session, lines: Sequence[RegisterLine]) -> None:
    """Writes into the trail who saw a register, and whose access notes stood on it; one statement."""
    of_session = partial(entry, by=user, programme_id=session.programme_id, subject=session)
    seen = [of_session(act="register.viewed", children=[line.child_id for line in lines])]
    noted = [line.child_id for line in lines if line.note]
    if noted:
        seen.append(of_session(act="access_note.viewed", children=noted))
    audit_together(seen)
