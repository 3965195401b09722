"""Saying once a year that people still need their roles."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import Certification, RoleAssignment, User
from inharmony.accounts.queries.role import hubs_concerned, operators
from inharmony.accounts.validators.role import BeyondReachError, OwnRoleError
from inharmony.audit.record import audit


@transaction.atomic
def certify(*, roles: Sequence[RoleAssignment], by: User) -> list[Certification]:
    """
    Writes down of each role that it is needed, as of today; returns what was written, one a role and day.

    Raises BeyondReachError where one of them is not the person's to keep or is over, and OwnRoleError where one is
    their own; then none is written.
    """
    kept = RoleAssignment.objects.visible_to(by).not_over().select_for_update(of=("self",)).order_by("pk")
    found = list(kept.filter(pk__in=[role.pk for role in roles]))
    if len(found) < len({role.pk for role in roles}):
        raise BeyondReachError("One of these roles is over by now or not yours to keep. Nothing was confirmed.")
    if any(role.user_id == by.pk for role in found):
        raise OwnRoleError(f"Nobody confirms their own role. Another manager does, or {operators()}.")
    today = timezone.localdate()
    done = set(Certification.objects.filter(role__in=found, certified_on=today).values_list("role", flat=True))
    new = [role for role in found if role.pk not in done]
    made = Certification.objects.bulk_create(
        Certification(role=role, certified_on=today, certified_by=by) for role in new
    )
    _audit(new, by)
    return made


def _audit(roles: Sequence[RoleAssignment], by: User) -> None:
    of_hub: dict[int | None, list[RoleAssignment]] = defaultdict(list)
    for role in roles:
        for programme_id in hubs_concerned(role):
            of_hub[programme_id].append(role)
    for programme_id, those in of_hub.items():
        details = {"roles": [role.pk for role in those], "users": [role.user_id for role in those]}
        audit(act="role.certified", by=by, programme_id=programme_id, details=details)
