"""One session as whoever keeps the timetable changes it: moved, covered, cancelled, brought back, dropped."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from programmes.actions import session as acts
from programmes.actions.timetable import TimetableRefusedError
from programmes.forms.slot import CancelForm, SlotForm
from programmes.models import Session
from programmes.queries.timetable import Planned, proposed


def kept_session(user: User, pk: int) -> Session:
    """Returns a session whose ensemble the person keeps; 404 for one they do not see, 403 for one they only see."""
    rows = Session.objects.visible_to(user).select_related("ensemble", "venue__school", "tutor").with_joined()
    found = get_object_or_404(rows, pk=pk)
    if not user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=found.programme_id):
        raise PermissionDenied
    return found


@needs(Permission.KEEP_ENSEMBLES)
def change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form that moves one session or gives it a cover tutor, and the act; it is cancelled and dropped from here."""
    session = kept_session(request.user, pk)
    now = {name: getattr(session, name) for name in SlotForm.field_order} | {"joined_by": session.joined_by.all()}
    form = SlotForm(request.POST or None, ensemble=session.ensemble, by=request.user, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            warnings = _against(request.user, session, form.slot())
            changed = acts.change(session=session, slot=form.slot(), by=request.user)
        except TimetableRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The session is changed." if changed else "Nothing of the session was changed.")
            for words in warnings if changed else ():
                messages.warning(request, f"It is saved, but look again: {words}.")
            return redirect("participants:ensemble", pk=session.ensemble_id)
    context = {"session": session, "form": form, "cancel": CancelForm()}
    return render(request, "programmes/session/change.html", context, status=422 if form.errors else 200)


def _against(user: User, session: Session, slot: acts.Slot) -> list[str]:
    """Returns what speaks against a session at another time or place."""
    planned = Planned(session.ensemble, kind=session.kind, is_headcount=session.is_headcount, **vars(slot))
    found = proposed([planned], user, besides=session)[0]
    return [*found.against, *(each.words for each in found.shared)]


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def cancel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Cancels a session for the reason chosen."""
    session = kept_session(request.user, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "No reason was chosen. Say why the session is cancelled.")
        return redirect("programmes:session-change", pk=pk)
    reason = Session.CancelReason(form.cleaned_data["reason"])
    return _done(
        request,
        session,
        lambda: acts.cancel(session=session, reason=reason, by=request.user),
        f"Cancelled: the session on {dates.weekday(session.day)}, {reason.label.lower()}.",
    )


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def bring_back(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Lets a cancelled session take place after all."""
    session = kept_session(request.user, pk)
    return _done(
        request,
        session,
        lambda: acts.bring_back(session=session, by=request.user),
        f"The session on {dates.weekday(session.day)} takes place.",
    )


@needs(Permission.KEEP_ENSEMBLES)
@require_POST
def drop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes a session that was never held out of the timetable."""
    session = kept_session(request.user, pk)
    return _done(
        request,
        session,
        lambda: acts.drop(session=session, by=request.user),
        f"The session on {dates.weekday(session.day)} is out of the timetable.",
    )


def _done(request: AuthenticatedRequest, session: Session, act: Callable[[], object], words: str) -> HttpResponse:
    """Does the act and says so on the ensemble's page; a refusal is said on the session's own."""
    try:
        act()
    except TimetableRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:session-change", pk=session.pk)
    messages.success(request, words)
    return redirect("participants:ensemble", pk=session.ensemble_id)
