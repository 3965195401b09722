"""Roles that nobody has looked at for a year."""

from datetime import date

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Greatest

from inharmony.access.permissions import Permission
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.months import latest_over

MONTHS = 12
# a month later the operator is shown what a hub's manager did not look at
OPERATOR_MONTHS = 13


def roles_due(user: User, today: date) -> QuerySet[RoleAssignment]:
    """
    Returns the roles of today that the person should confirm or end, the longest unconfirmed first.

    Each has `confirmed_on`: the last day somebody said it is needed, which giving it was too. The operator is shown
    roles of hubs and schools a month later than their managers are, and those of nobody's hub at once.
    """
    roles = RoleAssignment.objects.visible_to(user).current()
    confirmed = roles.annotate(confirmed_on=Greatest(F("starts_on"), Max("certifications__certified_on")))
    due = Q(confirmed_on__lte=latest_over(today, MONTHS))
    if user.reach.may_everywhere(Permission.MANAGE_PEOPLE):
        of_nobody = Q(programme__isnull=True, school__isnull=True)
        due &= of_nobody | Q(confirmed_on__lte=latest_over(today, OPERATOR_MONTHS))
    return (
        confirmed.filter(due).select_related("user", "programme", "school").order_by("confirmed_on", "user__name", "pk")
    )
