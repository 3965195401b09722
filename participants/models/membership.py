from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from inharmony.access.dated import DateRange
from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import DatedOfChildQuerySet


class Membership(models.Model):
    """A child in an ensemble, from when to when."""

    privacy: ClassVar = Privacy(
        plain="id programme ensemble joined_in left_in",
        personal="child starts_on ends_on",
        wall=Wall.CHILD,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    ensemble = models.ForeignKey("programmes.Ensemble", models.PROTECT, related_name="memberships", db_constraint=False)
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="memberships", db_constraint=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    # the presses that began and ended it; null where it came in otherwise
    joined_in = models.ForeignKey(
        "participants.MembershipAct", models.PROTECT, null=True, related_name="begun", db_constraint=False
    )
    left_in = models.ForeignKey(
        "participants.MembershipAct", models.PROTECT, null=True, related_name="ended", db_constraint=False
    )

    objects = DatedOfChildQuerySet["Membership"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="participants_membership_dates_in_order",
                violation_error_message="A membership cannot end before it starts.",
            ),
            ExclusionConstraint(
                name="participants_membership_no_overlap",
                expressions=[
                    (F("ensemble"), RangeOperators.EQUAL),
                    (F("child"), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This child is in the ensemble at that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Membership {self.pk}"
