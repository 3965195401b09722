"""The gates every page declares: a permission, or a reason for being open. What declares nothing is shut."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User

View = Callable[..., HttpResponseBase]


class AuthenticatedRequest(HttpRequest):
    """A request whose person is known; what views behind a gate receive."""

    user: User


@dataclass(frozen=True)
class Gate:
    """
    What a page asks of the person: a permission, or only to be signed in, or nothing (and why).

    A page that `keeps_accounts` writes accounts and sessions and reads no child. An act that is `fresh` asks who was
    not proven within the last minutes to prove it is them again, before it is done (a GET of it is not asked). Every
    page behind a sign-in needs a second factor, but those on which somebody gets one (`before_second_factor`).
    """

    permission: Permission | None = None
    open_because: str = ""
    keeps_accounts: bool = False
    fresh: bool = False
    before_second_factor: bool = False


def _declared(view: View, gate: Gate) -> View:
    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    gated.gate = gate  # type: ignore[attr-defined]
    return gated


def needs(permission: Permission, *, fresh: bool = False) -> Callable[[View], View]:
    """Declares that the page needs a permission, held somewhere; the view itself reaches only what is visible."""
    return lambda view: _declared(view, Gate(permission=permission, fresh=fresh))


def signed_in(view: View) -> View:
    """Declares that the page is for anyone signed in."""
    return _declared(view, Gate())


def open_to_all(reason: str) -> Callable[[View], View]:
    """Declares that the page needs no sign-in, and says why."""
    return lambda view: _declared(view, Gate(open_because=reason))


def keeps_accounts(view: View) -> View:
    """
    Declares, over a page's gate, that it keeps accounts and sessions: signing in and out, passwords, invitations.

    It runs in a scope that holds no child, and as the login: no other database role may write an account.
    """
    return _declared(view, replace(gate_of(view) or Gate(), keeps_accounts=True))


def freshly(view: View) -> View:
    """Declares, over a page's gate, that its acts ask for a fresh proof of who it is."""
    return _declared(view, replace(gate_of(view) or Gate(), fresh=True))


def before_second_factor(view: View) -> View:
    """Declares, over a page's gate, that it is for who has no second factor yet: getting one, and leaving."""
    return _declared(view, replace(gate_of(view) or Gate(), before_second_factor=True))


def gate_of(view: View) -> Gate | None:
    """Returns what the view declares, or None when it declares nothing."""
    return getattr(view, "gate", None)
