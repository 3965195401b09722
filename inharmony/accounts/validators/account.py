"""What refuses to shut or to open an account, by name."""

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.accounts.queries.role import is_wholly_kept_by, operators
from inharmony.accounts.validators.role import BeyondReachError, RoleRefusedError


class OwnAccountError(RoleRefusedError):
    """Nobody deactivates their own account."""


class WorksElsewhereError(RoleRefusedError):
    """The person holds a role beyond the manager's own hubs: no one hub shuts their account."""


class ShutError(RoleRefusedError):
    """The account is deactivated: nobody signs in with it."""


class SuchAlreadyError(RoleRefusedError):
    """The account is in that state already."""


def require_may_deactivate(person: User, by: User) -> None:
    """Raises OwnAccountError, BeyondReachError, WorksElsewhereError or SuchAlreadyError."""
    _require_another_they_keep(person, by, "deactivates their own account")
    if not person.is_active:
        raise SuchAlreadyError(f"The account of {person.name} is deactivated already.")
    if _works_elsewhere(person, by):
        raise WorksElsewhereError(
            f"{person.name} holds no role of your hubs any more, or one elsewhere too. End the roles that are yours; "
            f"the account is deactivated by the operator, {operators()}."
        )


def require_may_reset_second_factor(person: User, by: User) -> None:
    """Raises OwnAccountError, BeyondReachError, ShutError or WorksElsewhereError, as for shutting an account."""
    _require_another_they_keep(person, by, "takes off their own second factor")
    if not person.is_active:
        raise ShutError(f"The account of {person.name} is deactivated. It is opened again first.")
    if _works_elsewhere(person, by):
        raise WorksElsewhereError(
            f"{person.name} works for others too, so no one hub vouches for them. Ask the operator, {operators()}."
        )


def require_may_reactivate(person: User, by: User) -> None:
    """Raises BeyondReachError or SuchAlreadyError. Only the operator opens an account again."""
    if not by.reach.may_everywhere(Permission.MANAGE_PEOPLE):
        raise BeyondReachError(f"Only the operator opens an account again: ask {operators()}.")
    if person.is_active:
        raise SuchAlreadyError(f"The account of {person.name} is open.")


def _require_another_they_keep(person: User, by: User, act: str) -> None:
    if person.pk == by.pk:
        raise OwnAccountError(f"Nobody {act}. Ask another manager, or {operators()}.")
    if not User.objects.visible_to(by).filter(pk=person.pk).exists():
        raise BeyondReachError(f"{person.name} is not among the people {by.name} keeps. Ask {operators()}.")


def _works_elsewhere(person: User, by: User) -> bool:
    return not by.reach.may_everywhere(Permission.MANAGE_PEOPLE) and not is_wholly_kept_by(person, by)
