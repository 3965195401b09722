"""What refuses an act on a role, by name. All permission comes from roles, so these ask who acts; other acts do not."""

from datetime import date

from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.access.roles import OPERATOR
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.queries.role import is_held_by_others, is_own_key, is_running, is_within, operators
from inharmony.accounts.queries.school import hubs_of_school
from inharmony.pages import dates


class RoleRefusedError(Exception):
    """An act on a role or an account that cannot be done; the text says why and what to do."""


class BeyondReachError(RoleRefusedError):
    """The role, or the person, is not theirs to give to, to change or to end."""


class SharedSchoolError(RoleRefusedError):
    """The school works with more than one hub: its lead sees the children of each, so no one hub appoints them."""


class OwnRoleError(RoleRefusedError):
    """Nobody gives themselves a role, nor ends the one that lets them keep people."""


class LastOperatorError(RoleRefusedError):
    """Without this one the portal had no operator."""


class LastManagerError(RoleRefusedError):
    """Without this one a running hub had no manager."""


class HeldAlreadyError(RoleRefusedError):
    """The person holds this very role at that time."""


class WrongDayError(RoleRefusedError):
    """A role begins today or later, and ends today or later, not before it begins."""


class RoleOverError(RoleRefusedError):
    """The role is over already, or ends before the day named."""


class AccountDeactivatedError(RoleRefusedError):
    """The person cannot sign in, so a role would be held by nobody."""


def require_may_give(given: RoleAssignment, by: User) -> None:
    """Raises BeyondReachError or SharedSchoolError for a role that the person may not give on its first day."""
    if not is_within(given, by, given.starts_on):
        raise BeyondReachError(
            f"{by.name} cannot give the role {given}. Whoever manages that hub can, or {operators()}."
        )
    if given.school_id is None or by.reach.may_everywhere(Permission.MANAGE_PEOPLE):
        return
    hubs = list(hubs_of_school(given.school_id, given.starts_on).values())
    if len(hubs) > 1:
        raise SharedSchoolError(
            f"{given.place} works with {', '.join(hubs[:-1])} and {hubs[-1]}, and its lead sees the children of each. "
            f"So neither hub appoints its lead: ask the operator, {operators()}."
        )


def require_somebody_else(person: User, by: User) -> None:
    """Raises OwnRoleError where people would give themselves a role."""
    if person.pk == by.pk:
        raise OwnRoleError(f"Nobody gives themselves a role. Ask another manager of the hub, or {operators()}.")


def require_may_end(role: RoleAssignment, by: User) -> None:
    """Raises OwnRoleError for the role that lets the person keep people."""
    if is_own_key(role, by):
        raise OwnRoleError(
            f"Nobody ends their own role as {role.title.lower()}. Somebody else who may end it does, or {operators()}."
        )


def require_days(role: RoleAssignment) -> None:
    """Raises WrongDayError for a role that would have begun before today or end before it begins."""
    if role.starts_on < timezone.localdate():
        raise WrongDayError("A role begins today or later: what was done before today was done without it.")
    if role.ends_on is not None and role.ends_on < role.starts_on:
        raise WrongDayError("The last day is before the first. Choose a later last day, or leave it empty.")


def require_last_day(role: RoleAssignment, on: date) -> None:
    """Raises WrongDayError or RoleOverError for a day on which the role cannot end."""
    today = timezone.localdate()
    if on < today or today < on < role.starts_on:
        raise WrongDayError("A role ends today or on a later day, and not before it begins.")
    if role.ends_on is not None and on > role.ends_on:
        raise RoleOverError(
            f"This role ends on {dates.day(role.ends_on)} already. To make it longer, give it again from the day after."
        )


def require_some_remain(ending: RoleAssignment, after: date, by: User) -> None:
    """
    Raises LastOperatorError, or LastManagerError, where nobody else who can sign in holds the role on the day after.

    The caller has locked the roles of this kind. The operator may end the last manager of a hub; a manager may not.
    """
    if not ending.keeps_people or is_held_by_others(ending, after):
        return
    if ending.role == OPERATOR.name:
        raise LastOperatorError(
            f"{ending.user.name} is the last operator: without one, nobody could bring in a hub or help a manager. "
            "Give the role to somebody else first."
        )
    if not by.reach.may_everywhere(Permission.MANAGE_PEOPLE) and is_running(ending.programme_id or 0):
        raise LastManagerError(
            f"{ending.user.name} is the last manager of {ending.place}. Give the role to somebody else first, or ask "
            f"the operator, {operators()}."
        )
