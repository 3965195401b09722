from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from inharmony.access.dated import DateRange
from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy
from inharmony.access.roles import BEYOND_HUBS, ROLES, Reach
from inharmony.accounts.queries.school import partner_schools

if TYPE_CHECKING:
    from inharmony.accounts.models import User

OF_A_PROGRAMME = [r.name for r in ROLES.values() if r.reach in (Reach.PROGRAMME, Reach.OWN_ENSEMBLES)]
OF_A_SCHOOL = [r.name for r in ROLES.values() if r.reach is Reach.SCHOOL]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def visible_to(self, user: "User") -> "RoleAssignmentQuerySet":
        """
        Returns the roles the person keeps: as a manager those of their hubs and the leads of partner schools of today.

        The operator keeps all, and who manages nobody keeps none.
        """
        if user.reach.may_everywhere(Permission.MANAGE_PEOPLE):
            return self
        hubs = user.reach.programmes_for(Permission.MANAGE_PEOPLE)
        return self.filter(Q(programme__in=hubs) | Q(school__in=partner_schools(hubs))) if hubs else self.none()

    def current(self) -> "RoleAssignmentQuerySet":
        """Returns the assignments in force today (London time)."""
        return self.not_over().filter(starts_on__lte=timezone.localdate())

    def not_over(self) -> "RoleAssignmentQuerySet":
        """Returns the assignments in force today or still to begin."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()), ended_at__isnull=True)

    def in_force_on(self, day: object) -> "RoleAssignmentQuerySet":
        """Returns the assignments that, as far as is known now, are in force on a day from today on."""
        return self.not_over().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class RoleAssignment(models.Model):
    """A role a person holds, of which programme or school, from when to when; one ended at once has the moment."""

    privacy: ClassVar = Privacy(
        plain="id role programme school starts_on ends_on ended_at", personal="user granted_by ended_by", figures_may=""
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=20, choices=[(r.name, r.title) for r in ROLES.values()])
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # who set the last day; the moment only where the role ended at once: then the rest of that day is not theirs
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

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
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False, ended_by__isnull=False),
                name="accounts_roleassignment_ended_at_with_by",
            ),
            ExclusionConstraint(
                name="accounts_roleassignment_once_at_a_time",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    # a role of the whole portal has neither, and nothing equals nothing
                    (Coalesce("programme", 0), RangeOperators.EQUAL),
                    (Coalesce("school", 0), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
                violation_error_message="This person holds this very role at that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.place}"

    @property
    def title(self) -> str:
        """The role's title."""
        return ROLES[self.role].title

    @property
    def description(self) -> str:
        """The sentence that says what the role lets a person do."""
        return ROLES[self.role].description

    @property
    def keeps_people(self) -> bool:
        """Whether it lets its holder decide about others: such a role is missed when nobody is left who holds it."""
        return Permission.MANAGE_PEOPLE in ROLES[self.role].permissions

    @property
    def place(self) -> str:
        """The hub or school it is held of, or the body."""
        if self.programme is not None:
            return self.programme.short_name
        return self.school.name if self.school is not None else BEYOND_HUBS[ROLES[self.role].reach]

    @property
    def was_withdrawn(self) -> bool:
        """Whether it was taken back before its first day."""
        return self.ended_at is not None and timezone.localdate(self.ended_at) < self.starts_on
