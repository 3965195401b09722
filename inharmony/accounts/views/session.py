from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from inharmony.access.gates import AuthenticatedRequest, keeps_accounts, signed_in
from inharmony.accounts import sessions as signed_in_sessions


@keeps_accounts
@signed_in
def sessions(request: AuthenticatedRequest) -> HttpResponse:
    """Where one is signed in: each with device, address, since when, and a press that ends it."""
    own = sorted(UserSession.objects.purge_and_list(request.user), key=lambda each: each.last_seen_at, reverse=True)
    rows = [{"session": each, "device": signed_in_sessions.device(each.user_agent)} for each in own]
    return render(request, "accounts/session/list.html", {"rows": rows})


@keeps_accounts
@signed_in
@require_POST
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ends one of one's own sessions."""
    session = get_object_or_404(UserSession, user_id=request.user.pk, pk=pk)
    is_this_one = session.is_current()
    signed_in_sessions.end_session(session=session, by=request.user)
    if is_this_one:
        return redirect("account_login")
    messages.success(request, "That session has ended.")
    return redirect("accounts:sessions")


@keeps_accounts
@signed_in
@require_POST
def end_others(request: AuthenticatedRequest) -> HttpResponse:
    """Ends every session of one's own but this one."""
    ended = signed_in_sessions.end_others(user=request.user, kept=request.session.session_key or "")
    messages.success(request, f"Ended: {ended}. You are signed in here only.")
    return redirect("accounts:sessions")
