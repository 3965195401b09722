"""Acts on roles: give one more, change one, end one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.access import person_for, role_for
from inharmony.accounts.actions import role as acts
from inharmony.accounts.forms.role import EndForm, GrantForm, RoleForm
from inharmony.accounts.models import RoleAssignment
from inharmony.accounts.validators.role import RoleRefusedError
from inharmony.pages import dates


@needs(Permission.MANAGE_PEOPLE, fresh=True)
def grant(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form that gives somebody one more role, and the act."""
    person = person_for(request.user, pk)
    form = GrantForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.role()
        given.user = person
        try:
            acts.grant(role=given, by=request.user)
        except RoleRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person.name}: {given}, {_from(given)}.")
            return redirect("accounts:person", pk=person.pk)
    context = {"form": form, "person": person}
    return render(request, "accounts/role/grant.html", context, status=422 if form.errors else 200)


@needs(Permission.MANAGE_PEOPLE, fresh=True)
def change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form that puts another role in the place of one, and the act."""
    role = role_for(request.user, pk)
    held = {"role": role.role, "programme": role.programme_id, "school": role.school_id}
    form = RoleForm(request.POST or None, by=request.user, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            new = acts.change(role=role, to=form.role(), by=request.user)
        except RoleRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{role.user.name} is {new} now, and was signed out everywhere.")
            return redirect("accounts:person", pk=role.user_id)
    context = {"form": form, "role": role}
    return render(request, "accounts/role/change.html", context, status=422 if form.errors else 200)


@needs(Permission.MANAGE_PEOPLE, fresh=True)
def end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once when a role ends, and ends it."""
    role = role_for(request.user, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ended = acts.end(role=role, on=form.day(), by=request.user)
        except RoleRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{role.user.name}: {role} {_until(ended)}.")
            return redirect("accounts:person", pk=role.user_id)
    context = {"form": form, "role": role}
    return render(request, "accounts/role/end.html", context, status=422 if form.errors else 200)


def _from(role: RoleAssignment) -> str:
    start = "from now" if role.starts_on == timezone.localdate() else f"from {dates.day(role.starts_on)}"
    return f"{start} until {dates.day(role.ends_on)}" if role.ends_on else start


def _until(role: RoleAssignment) -> str:
    if role.ended_at is not None or role.ends_on is None:
        return "has ended; they were signed out everywhere"
    return f"ends on {dates.day(role.ends_on)}"
