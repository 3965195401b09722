from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inharmony.access.privacy import Privacy
from inharmony.access.roles import ROLES, Reach

OF_A_PROGRAMME = [r.name for r in ROLES.values() if r.reach in (Reach.PROGRAMME, Reach.OWN_ENSEMBLES)]
OF_A_SCHOOL = [r.name for r in ROLES.values() if r.reach is Reach.SCHOOL]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def current(self) -> "RoleAssignmentQuerySet":
        """Returns the assignments in force today (London time)."""
        today = timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today)


class RoleAssignment(models.Model):
    """A role a person holds, of which programme or school, from when to when."""

    privacy: ClassVar = Privacy(
        plain="id role programme school starts_on ends_on", personal="user granted_by", figures_may=""
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=20, choices=[(r.name, r.title) for r in ROLES.values()])
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="accounts_roleassignment_dates_in_order",
                violation_error_message="A role cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=OF_A_PROGRAMME, programme__isnull=False, school__isnull=True)
                | Q(role__in=OF_A_SCHOOL, programme__isnull=True, school__isnull=False)
                | (~Q(role__in=[*OF_A_PROGRAMME, *OF_A_SCHOOL]) & Q(programme__isnull=True, school__isnull=True)),
                name="accounts_roleassignment_fits_its_role",
                violation_error_message="Name the programme of a hub role, the school of a school role, and neither "
                "for a national one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{ROLES[self.role].title}, {self.programme or self.school or 'whole portal'}"
