from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from inharmony.access.dated import DateRange
from inharmony.access.privacy import National, Privacy

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: "User") -> "PartnershipQuerySet":
        """Returns the partnerships of the person's programmes and of the schools they lead."""
        return self.filter(Q(programme_id__in=user.reach.programmes) | Q(school_id__in=user.reach.schools))

    def on(self, day: object) -> "PartnershipQuerySet":
        """Returns partnerships in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Partnership(models.Model):
    """A school working with a programme, from when to when: what makes it a partner school."""

    privacy: ClassVar = Privacy(plain="id programme school starts_on ends_on source", national=National.READ)

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="partnerships")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="partnerships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.TextField(blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_partnership_dates_in_order",
                violation_error_message="A partnership cannot end before it starts.",
            ),
            ExclusionConstraint(
                name="programmes_partnership_no_overlap",
                expressions=[
                    (F("programme"), RangeOperators.EQUAL),
                    (F("school"), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This school has a partnership with the programme at that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} with {self.programme}"
