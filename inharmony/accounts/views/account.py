"""Shutting an account and opening it again, each asked once."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.access import person_for
from inharmony.accounts.actions import account
from inharmony.accounts.models import User
from inharmony.accounts.validators.role import BeyondReachError, RoleRefusedError


@needs(Permission.MANAGE_PEOPLE, fresh=True)
def deactivate(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and shuts somebody's account."""
    done = "The account of {} is deactivated, and they were signed out everywhere."
    return _asked(request, pk, account.deactivate, done, "accounts/people/deactivate.html")


@needs(Permission.MANAGE_PEOPLE, fresh=True)
def reactivate(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once, and opens somebody's account again."""
    done = "The account of {} is open again. They sign in with the password they had, or ask for a new one."
    return _asked(request, pk, account.reactivate, done, "accounts/people/reactivate.html")


def _asked(request: AuthenticatedRequest, pk: int, act: Callable[..., User], done: str, page: str) -> HttpResponse:
    person = person_for(request.user, pk)
    refusal = ""
    if request.method == "POST":
        try:
            act(person=person, by=request.user)
        except BeyondReachError as refused:
            raise PermissionDenied(str(refused)) from refused
        except RoleRefusedError as refused:
            refusal = str(refused)
        else:
            messages.success(request, done.format(person.name))
            return redirect("accounts:person", pk=pk)
    return render(request, page, {"person": person, "refusal": refusal}, status=422 if refusal else 200)
