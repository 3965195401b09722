"""Default deny, and the transaction that carries a person's scope."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import SimpleTemplateResponse

from inharmony.access.closing import refusal_of
from inharmony.access.gates import View, gate_of
from inharmony.access.scope import narrow_to_accounts, scope_of, scoped
from inharmony.audit.record import audit

log = logging.getLogger(__name__)
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
        if gate.permission is not None and not request.user.reach.may(gate.permission):
            raise PermissionDenied
        return None


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
