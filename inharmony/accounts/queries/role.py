"""Who works for which hub."""

from collections.abc import Iterable

from django.db.models import Q

from inharmony.accounts.models import RoleAssignment
from inharmony.accounts.queries.school import partner_schools


def people_of(programmes: Iterable[int]) -> set[int]:
    """
    Returns the ids of those who hold or held a role in one of the programmes, or lead a partner school of today.

    Read at once rather than left as a sub-select: a list is what an index is looked up with.
    """
    hubs = list(programmes)
    roles = RoleAssignment.objects.filter(Q(programme__in=hubs) | Q(school__in=partner_schools(hubs)))
    return set(roles.values_list("user_id", flat=True))
