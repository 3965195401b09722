"""Default deny, and the transaction that carries a person's scope."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from inharmony.access.closing import refusal_of
from inharmony.access.gates import Gate, View, gate_of
from inharmony.access.scope import narrow_to_accounts, scope_of, scoped
from inharmony.accounts.proof import has_second_factor, is_fresh, owes_second_factor
from inharmony.audit.record import audit

log = logging.getLogger(__name__)
SAFE = ("GET", "HEAD", "OPTIONS")
GetResponse = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """Refuses a page that declares no gate, or whose gate the person does not pass."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            # what a signed-in person saw must not come back from a shared machine's cache
            response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Returns None to go on, or a redirect to the sign-in page; raises PermissionDenied."""
        gate = gate_of(view)
        if gate is None:
            log.error("The view %s.%s declares no gate: refused", view.__module__, view.__name__)
            raise PermissionDenied
        if gate.open_because:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not has_second_factor(request):
            return _get_second_factor(request, gate)
        if gate.permission is not None and not request.user.reach.may(gate.permission):
            raise PermissionDenied
        if gate.fresh and request.method not in SAFE and not is_fresh(request):
            return _prove_again(request)
        return None


def _get_second_factor(request: HttpRequest, gate: Gate) -> HttpResponseBase | None:
    """Returns the way to setting one up, or None on the pages that do; who has one elsewhere shows it by signing in."""
    if not gate.before_second_factor:
        return redirect_to_login(request.get_full_path(), reverse("mfa_index"))
    if owes_second_factor(request):
        # a session with the password only that outlived the setting up: it may be anybody's
        logout(request)
        messages.info(request, "A second factor was set up since you signed in. Sign in again, with it.")
        return redirect_to_login(request.get_full_path())
    return None


def _prove_again(request: HttpRequest) -> HttpResponseBase:
    """Returns the way to the page that asks who is there, and from it back to the page the press was on."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_own = came_from.netloc == request.get_host()
    back = f"{came_from.path}?{came_from.query}" if is_own and came_from.query else came_from.path
    return redirect_to_login(back if is_own else "/", reverse("account_reauthenticate"))


class ScopeMiddleware:
    """
    One transaction a request of a signed-in person: scope, view, rendered page, then commit or roll back.

    It must be the innermost middleware. ATOMIC_REQUESTS would commit before a TemplateResponse is rendered, and the
    page would then read without a scope.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return self.get_response(request)
        with scoped(scope_of(user)):
            response = self.get_response(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if response.status_code == 403:
            _audit_refusal(request)
        return response

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Returns None, always; gives a page that keeps accounts the scope it needs, whoever is signed in."""
        gate = gate_of(view)
        if gate is not None and gate.keeps_accounts and request.user.is_authenticated:
            narrow_to_accounts()
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:  # noqa: ARG002
        """Returns a page that says so where the database refused to write into a closed hub; nothing was written."""
        words = refusal_of(exception)
        if not words:
            return None
        transaction.set_rollback(True)
        return HttpResponse(render_to_string("closed.html", {"words": words}), status=403)


def _audit_refusal(request: HttpRequest) -> None:
    """Writes down who was refused which page. Outside the request's transaction, so that no roll-back takes it."""
    match = request.resolver_match
    details: dict[str, Any] = {"page": match.view_name if match else "", "method": request.method}
    if match:
        details |= {key: value for key, value in match.kwargs.items() if isinstance(value, int)}
    assert request.user.is_authenticated  # the scope was opened for somebody
    audit(act="access.refused", by=request.user, details=details)
