"""Who may give which role, of what, and who works for which hub."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.access.roles import OPERATOR, ROLES, Reach, Role
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.queries.school import hubs_of_school, partner_schools

GIVEN_BY_MANAGERS = frozenset({Reach.OWN_ENSEMBLES, Reach.PROGRAMME, Reach.SCHOOL})


def roles_given_by(user: User) -> list[Role]:
    """Returns the roles the person may give somewhere: the operator all, a manager those of hubs and of schools."""
    if user.reach.may_everywhere(Permission.MANAGE_PEOPLE):
        return list(ROLES.values())
    if not user.reach.may(Permission.MANAGE_PEOPLE):
        return []
    return [role for role in ROLES.values() if role.reach in GIVEN_BY_MANAGERS]


def hubs_kept_by(user: User) -> list[int]:
    """Returns the ids of the programmes whose people the person keeps."""
    if user.reach.may_everywhere(Permission.MANAGE_PEOPLE):
        return list(apps.get_model("programmes", "Programme").objects.values_list("pk", flat=True))
    return sorted(user.reach.programmes_for(Permission.MANAGE_PEOPLE))


def schools_kept_by(user: User, day: date | None = None) -> QuerySet[Any]:
    """Returns the partner schools of the hubs the person keeps, today or on a day given."""
    schools: QuerySet[Any] = apps.get_model("schools", "School").objects.all()
    return schools.filter(pk__in=partner_schools(hubs_kept_by(user), day))


def is_within(given: RoleAssignment, user: User, day: date) -> bool:
    """Returns whether the person may give that role of that hub or school on a day."""
    if user.reach.may_everywhere(Permission.MANAGE_PEOPLE):
        return True
    if given.programme_id is not None:
        return given.programme_id in user.reach.programmes_for(Permission.MANAGE_PEOPLE)
    return given.school_id is not None and schools_kept_by(user, day).filter(pk=given.school_id).exists()


def hubs_concerned(role: RoleAssignment) -> list[int | None]:
    """Returns the programmes in whose trail an act on a role stands: its own, those of its school, or none."""
    if role.programme_id is not None:
        return [role.programme_id]
    if role.school_id is not None:
        return list(hubs_of_school(role.school_id, timezone.localdate())) or [None]
    return [None]


def is_running(programme_id: int) -> bool:
    """Returns whether a programme is at work today."""
    today = timezone.localdate()
    programmes = apps.get_model("programmes", "Programme").objects.running_on(today).open_on(today)
    return bool(programmes.filter(pk=programme_id).exists())


def is_held_by_others(role: RoleAssignment, day: date) -> bool:
    """Returns whether somebody else who can sign in holds the same role of the same hub on a day from today on."""
    others = RoleAssignment.objects.in_force_on(day).filter(role=role.role, programme=role.programme_id)
    return others.filter(user__is_active=True).exclude(user=role.user_id).exists()


def operators() -> str:
    """Returns whom to ask where only the operator can help: names and addresses."""
    held = RoleAssignment.objects.current().filter(role=OPERATOR.name, user__is_active=True).select_related("user")
    people = [f"{role.user.name}, {role.user.email}" for role in held.order_by("user__name")]
    return " or ".join(people) or "whoever keeps the server"


def is_own_key(role: RoleAssignment, user: User) -> bool:
    """Returns whether the role is the person's own and lets them keep people: others end it, not they."""
    return role.user_id == user.pk and role.keeps_people


def is_wholly_kept_by(person: User, user: User) -> bool:
    """Returns whether the person holds a role, and each of theirs is of hubs the other manages or of their schools.

    A school that works with another hub as well is not theirs.
    """
    hubs = set(hubs_kept_by(user))
    held = list(RoleAssignment.objects.not_over().filter(user=person))
    return bool(held) and all(None not in (of := set(hubs_concerned(role))) and of <= hubs for role in held)


def may_deactivate(person: User, user: User) -> bool:
    """Returns whether the page offers to shut the account; the act may still refuse, such as the last manager's."""
    sees_all = user.reach.may_everywhere(Permission.MANAGE_PEOPLE)
    return person.is_active and person.pk != user.pk and (sees_all or is_wholly_kept_by(person, user))


def people_of(programmes: Iterable[int]) -> set[int]:
    """
    Returns the ids of those who hold or held a role in one of the programmes, or lead a partner school of today.

    Read at once rather than left as a sub-select: a list is what an index is looked up with.
    """
    hubs = list(programmes)
    roles = RoleAssignment.objects.filter(Q(programme__in=hubs) | Q(school__in=partner_schools(hubs)))
    return set(roles.values_list("user_id", flat=True))
