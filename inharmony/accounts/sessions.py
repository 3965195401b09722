"""How long somebody stays signed in, and how all their sessions end at once."""

import time
from collections.abc import Callable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit

BEGAN, SEEN = "signed_in_at", "seen_at"
# how stale the note of the last request may be: a session is not written at each
NOTED_EVERY = timedelta(minutes=1).total_seconds()
# a page that asks by itself says so; it does not keep an absent person signed in
BY_ITSELF = "HTTP_X_BY_ITSELF"


class SessionLimitsMiddleware:
    """Signs out who did nothing for SESSION_IDLE, or came SESSION_ABSOLUTE ago, whatever they do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        now = time.time()
        began, seen = request.session.get(BEGAN), request.session.get(SEEN)
        # a session without the notes was not begun by signing in here
        if began is None or seen is None or not began <= now < began + settings.SESSION_ABSOLUTE.total_seconds():
            _time_out(request, "You signed in 12 hours ago or longer. Sign in again to go on.")
        elif now - seen >= settings.SESSION_IDLE.total_seconds():
            _time_out(request, "Nothing was done for 30 minutes, so you were signed out. Sign in again to go on.")
        elif now - seen >= NOTED_EVERY and BY_ITSELF not in request.META:
            request.session[SEEN] = now
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def begin(request: HttpRequest) -> None:
    """Notes when and where the session began; once, when somebody signs in, by whichever way."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
    if request.META.get("REMOTE_ADDR"):
        UserSession.objects.create_from_request(request)


def _time_out(request: HttpRequest, words: str) -> None:
    assert request.user.is_authenticated
    audit(act="person.timed_out", by=request.user, subject=request.user)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    messages.info(request, words)


@transaction.atomic
def end_sessions(user: User) -> None:
    """
    Ends every session of a person, on every machine, at the next request.

    The epoch stands in the hash each session carries: nothing needs to be found for it to end. The rows go as well.
    """
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    own = UserSession.objects.filter(user_id=user.pk)
    Session.objects.filter(session_key__in=list(own.values_list("session_key", flat=True))).delete()
    own.delete()


@transaction.atomic
def forget_ended_sessions() -> int:
    """Deletes the sessions that ran out, with the address and device each was begun from; returns how many."""
    ended, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    # one that begins at this moment is listed before it is kept
    listed = UserSession.objects.filter(last_seen_at__lt=timezone.now() - settings.SESSION_ABSOLUTE)
    listed.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended


@transaction.atomic
def end_session(*, session: UserSession, by: User) -> None:
    """Ends one session, at its next request."""
    session.end()
    audit(act="session.ended", by=by, subject=by, details={"sessions": 1})


@transaction.atomic
def end_others(*, user: User, kept: str) -> int:
    """Ends every session of a person but the one with the key `kept`; returns how many."""
    others = list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=kept))
    for session in others:
        session.end()
    audit(act="session.ended", by=user, subject=user, details={"sessions": len(others)})
    return len(others)


def device(user_agent: str) -> str:
    """Returns what a person would call the device: "Chrome on Android"; never the whole line a browser sends."""
    browsers = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {
        "iPhone": "an iPhone",
        "iPad": "an iPad",
        "Android": "Android",
        "Windows": "Windows",
        "CrOS": "a Chromebook",
        "Mac OS": "a Mac",
        "Linux": "Linux",
    }
    browser = next((word for mark, word in browsers.items() if mark in user_agent), "A browser")
    system = next((word for mark, word in systems.items() if mark in user_agent), "an unknown device")
    return f"{browser} on {system}"
