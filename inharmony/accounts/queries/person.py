"""The people one keeps, and what one sees of each of them."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from inharmony.accounts.models import RoleAssignment, User

# what the address may ask for -> how the list is ordered
SORTS = {
    "name": F("name").asc(),
    "-name": F("name").desc(),
    "seen": F("last_login").asc(nulls_first=True),
    "-seen": F("last_login").desc(nulls_last=True),
}


@dataclass(frozen=True)
class Wanted:
    """What a list of people is narrowed to; `past` asks for those whose roles are over."""

    find: str = ""
    role: str = ""
    hub: int | None = None
    past: bool = False
    sort: str = "name"


def people(user: User, wanted: Wanted) -> QuerySet[User]:
    """Returns the people one keeps, each with `roles_kept`: what one sees of their roles, now and to come, or past."""
    roles = RoleAssignment.objects.visible_to(user)
    held = roles if wanted.past else roles.not_over()
    of_kind = held.filter(role=wanted.role) if wanted.role else held
    if wanted.hub is not None:
        of_kind = of_kind.filter(programme=wanted.hub)
    found = User.objects.visible_to(user)
    if wanted.past:
        found = found.exclude(Exists(roles.not_over().filter(user=OuterRef("pk"))))
    if not wanted.past or wanted.role or wanted.hub is not None:
        found = found.filter(Exists(of_kind.filter(user=OuterRef("pk"))))
    if wanted.find:
        found = found.filter(Q(name__icontains=wanted.find) | Q(email__icontains=wanted.find))
    shown = held.select_related("programme", "school").order_by("starts_on", "pk")
    return found.order_by(SORTS[wanted.sort], "name", "pk").prefetch_related(
        Prefetch("role_assignments", shown, to_attr="roles_kept")
    )


@dataclass(frozen=True)
class Roles:
    """The roles of one person that somebody sees: in force, still to begin, and over."""

    now: list[RoleAssignment]
    to_come: list[RoleAssignment]
    past: list[RoleAssignment]


def roles_of(person: User, user: User) -> Roles:
    """Returns the person's roles that the other sees, each list by its first day, the past newest first."""
    roles = RoleAssignment.objects.visible_to(user).filter(user=person)
    shown = roles.select_related("programme", "school", "granted_by", "ended_by").order_by("starts_on", "pk")
    today = timezone.localdate()
    not_over = list(shown.not_over())
    return Roles(
        now=[role for role in not_over if role.starts_on <= today],
        to_come=[role for role in not_over if role.starts_on > today],
        past=list(shown.exclude(pk__in=[role.pk for role in not_over]).order_by("-ends_on", "-pk")),
    )
