"""Who of the demonstration was said to need their role this autumn, so that the list of those left is short."""

from collections.abc import Mapping
from datetime import date, timedelta

from inharmony.accounts.models import Certification, RoleAssignment, User

AGO = timedelta(days=60)
# nobody has looked at these two: something to do for the manager of Liverpool
LEFT = ("admin@liverpool.example", "school@faith.example")


def make_certifications(users: Mapping[str, User], today: date) -> None:
    """Confirms every role but those left and the operator's own; by the hub's manager, else by the operator."""
    operator = users["operator@portal.example"]
    managers = {
        role.programme_id: role.user for role in RoleAssignment.objects.filter(role="manager").select_related("user")
    }
    confirmed = RoleAssignment.objects.exclude(user__email__in=LEFT).exclude(user=operator)
    made = []
    for role in confirmed:
        manager = managers.get(role.programme_id)
        by = manager if manager is not None and manager.pk != role.user_id else operator
        made.append(Certification(role=role, certified_on=today - AGO, certified_by=by))
    Certification.objects.bulk_create(made)
