"""Giving, changing and ending roles; and the first operator's, which nobody gives."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import ExclusionViolation

from inharmony.access.roles import OPERATOR
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.queries.role import hubs_concerned, operators
from inharmony.accounts.sessions import end_sessions
from inharmony.accounts.validators.role import (
    AccountDeactivatedError,
    BeyondReachError,
    HeldAlreadyError,
    RoleOverError,
    require_days,
    require_last_day,
    require_may_end,
    require_may_give,
    require_some_remain,
    require_somebody_else,
)
from inharmony.audit.record import audit


class AppointmentRefusedError(Exception):
    """A person who cannot be appointed; the text says why and what to do."""


@transaction.atomic
def grant(*, role: RoleAssignment, by: User) -> RoleAssignment:
    """Gives somebody who has an account a further role, from its first to its last day; returns it.

    Raises a RoleRefusedError: BeyondReachError, SharedSchoolError, OwnRoleError, AccountDeactivatedError,
    WrongDayError, HeldAlreadyError.
    """
    person = role.user
    if not User.objects.visible_to(by).filter(pk=person.pk).exists():
        raise BeyondReachError(f"{person.name} is not among the people {by.name} keeps. Ask {operators()}.")
    require_somebody_else(person, by)
    if not person.is_active:
        raise AccountDeactivatedError(
            f"The account of {person.name} is deactivated. Ask {operators()} to open it again, then give the role."
        )
    require_days(role)
    require_may_give(role, by)
    role.granted_by = by
    begin(role=role, by=by)
    _audit("role.granted", role, by)
    return role


def begin(*, role: RoleAssignment, by: User) -> RoleAssignment:
    """Writes down a role whose giving was found right, and returns it; raises HeldAlreadyError.

    The database, not a look before, decides whether the person holds it at that time.
    """
    role.granted_by = by
    try:
        with transaction.atomic():
            role.save(force_insert=True)
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation):
            raise
        raise HeldAlreadyError(f"{role.user.name} holds the role {role} at that time already.") from error
    return role


@transaction.atomic
def change(*, role: RoleAssignment, to: RoleAssignment, by: User) -> RoleAssignment:
    """Ends a role and begins another in its place, at once; returns the new one.

    It ends when the old one would have. The person is signed out everywhere. Raises a RoleRefusedError; then the old
    role stands.
    """
    old = _locked(role, by)
    today = timezone.localdate()
    require_somebody_else(old.user, by)
    require_some_remain(old, today, by)
    to.user, to.starts_on, to.ends_on = old.user, max(old.starts_on, today), old.ends_on
    require_may_give(to, by)
    if (to.role, to.programme_id, to.school_id) == (old.role, old.programme_id, old.school_id):
        raise HeldAlreadyError(f"{old.user.name} holds the role {old} already. Choose another.")
    _end_at_once(old, by)
    begin(role=to, by=by)
    details = {"role": to.role, "school": to.school_id, "user": to.user_id, "instead_of": old.role}
    for programme_id in dict.fromkeys([*hubs_concerned(old), *hubs_concerned(to)]):
        audit(act="role.changed", by=by, programme_id=programme_id, subject=to, details=details)
    end_sessions(old.user)
    return to


@transaction.atomic
def end(*, role: RoleAssignment, on: date, by: User) -> RoleAssignment:
    """Ends a role and returns it: at once where the day is today, and the person is signed out; else after that day.

    Raises a RoleRefusedError; then the role stands as it was.
    """
    ending = _locked(role, by)
    today = timezone.localdate()
    require_may_end(ending, by)
    require_last_day(ending, on)
    # no day follows the last one there is
    after = today if on == today else min(on, date.max - timedelta(days=1)) + timedelta(days=1)
    require_some_remain(ending, after, by)
    if on == today:
        _end_at_once(ending, by)
        end_sessions(ending.user)
    else:
        ending.ends_on, ending.ended_by = on, by
        ending.save(update_fields=["ends_on", "ended_by"])
    _audit("role.ended", ending, by)
    return ending


def lock_kind(role: RoleAssignment) -> list[RoleAssignment]:
    """Returns the roles of the same kind and place that are not over, locked until the transaction ends.

    Two who end each other's role wait for each other here: the second finds that they would be the last.
    """
    kind = RoleAssignment.objects.not_over().filter(role=role.role, programme=role.programme_id, school=role.school_id)
    locked = kind.select_for_update(of=("self",)).select_related("user", "programme", "school")
    return list(locked.order_by("pk"))


def _locked(role: RoleAssignment, by: User) -> RoleAssignment:
    if not RoleAssignment.objects.visible_to(by).filter(pk=role.pk).exists():
        raise BeyondReachError(f"The role {role} is not {by.name}’s to keep. Ask {operators()}.")
    for found in lock_kind(role):
        if found.pk == role.pk:
            return found
    raise RoleOverError("This role is over already. Nothing was changed.")


def _end_at_once(role: RoleAssignment, by: User) -> None:
    role.ends_on, role.ended_at, role.ended_by = max(role.starts_on, timezone.localdate()), timezone.now(), by
    role.save(update_fields=["ends_on", "ended_at", "ended_by"])


def _audit(act: str, role: RoleAssignment, by: User) -> None:
    details = {
        "role": role.role,
        "school": role.school_id,
        "user": role.user_id,
        "starts_on": role.starts_on.isoformat(),
        "ends_on": role.ends_on.isoformat() if role.ends_on else None,
    }
    for programme_id in hubs_concerned(role):
        audit(act=act, by=by, programme_id=programme_id, subject=role, details=details)


@transaction.atomic
def appoint_first_operator(*, email: str, name: str, by: User | None) -> User:
    """Makes the account that invites all others, without a password, and returns it.

    Whoever runs the server asks for it (`by` is then nobody), once: as soon as somebody is operator it is refused, and
    people join by invitation only. The password is set through the link that the sign-in page mails.
    """
    if RoleAssignment.objects.current().filter(role=OPERATOR.name).exists():
        raise AppointmentRefusedError("The portal has an operator. People join by an invitation from the page People.")
    if User.objects.filter(email__iexact=email).exists():
        raise AppointmentRefusedError(f"{email} has an account already. Name an address that has none.")
    user = User.objects.create_user(email, name)
    user.full_clean(exclude=["password"])
    # whoever has the server's commands vouches for the address
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    role = RoleAssignment.objects.create(user=user, role=OPERATOR.name, granted_by=by)
    audit(act="person.appointed", by=by, subject=role, details={"role": role.role, "user": user.pk})
    return user
