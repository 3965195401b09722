"""Shutting an account and opening it again. Roles stand as they are: who cannot sign in uses none."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.actions.role import lock_kind
from inharmony.accounts.models import Deactivation, RoleAssignment, User
from inharmony.accounts.queries.role import hubs_concerned
from inharmony.accounts.sessions import end_sessions
from inharmony.accounts.validators.account import require_may_deactivate, require_may_reactivate
from inharmony.accounts.validators.role import require_some_remain
from inharmony.audit.record import audit


@transaction.atomic
def deactivate(*, person: User, by: User) -> User:
    """Shuts an account at once: the person is signed out everywhere and cannot sign in. Returns it.

    Raises a RoleRefusedError; then the account is as it was.
    """
    roles = roles_of(person)
    locked = User.objects.select_for_update().get(pk=person.pk)
    require_may_deactivate(locked, by)
    for role in roles:
        require_some_remain(role, timezone.localdate(), by)
    return shut(locked, Deactivation.Reason.BY_HAND, roles, by=by)


@transaction.atomic
def reactivate(*, person: User, by: User) -> User:
    """Opens an account again, with the roles that are not over by now; returns it. Raises a RoleRefusedError."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    require_may_reactivate(locked, by)
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    Deactivation.objects.filter(user=locked, reactivated_at__isnull=True).update(
        reactivated_at=timezone.now(), reactivated_by=by
    )
    audit_of_account("person.reactivated", locked, roles_of(locked), by, {})
    return locked


def roles_of(person: User) -> list[RoleAssignment]:
    """Returns the person's roles that are not over.

    Where they keep people, all roles of that kind are locked, so that two acts at once cannot leave nobody with it.
    """
    held = list(RoleAssignment.objects.not_over().filter(user=person).select_related("programme", "school", "user"))
    for role in sorted(
        (role for role in held if role.keeps_people), key=lambda role: (role.role, role.programme_id or 0)
    ):
        lock_kind(role)
    return held


def shut(person: User, reason: Deactivation.Reason, roles: Iterable[RoleAssignment], *, by: User | None) -> User:
    """Shuts an account whose shutting was found right, and returns it; the caller holds the locks."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    Deactivation.objects.create(user=person, reason=reason, deactivated_by=by)
    end_sessions(person)
    audit_of_account("person.deactivated", person, roles, by, {"reason": reason})
    return person


def audit_of_account(
    act: str, person: User, roles: Iterable[RoleAssignment], by: User | None, details: dict[str, str]
) -> None:
    """Writes it down for each hub the person works for: each reads it in its own trail."""
    hubs = dict.fromkeys(hub for role in roles for hub in hubs_concerned(role)) or {None: None}
    for programme_id in hubs:
        audit(act=act, by=by, programme_id=programme_id, subject=person, details=details)
