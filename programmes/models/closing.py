from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from inharmony.access.dated import DateRange
from inharmony.access.privacy import National, Privacy


class ClosingQuerySet(models.QuerySet["Closing"]):
    def on(self, day: object) -> "ClosingQuerySet":
        """Returns the closings in force on a day."""
        return self.filter(Q(reopened_on__isnull=True) | Q(reopened_on__gt=day), closed_on__lte=day)

    def standing(self) -> "ClosingQuerySet":
        """Returns the closings nobody has taken back, in force or to come."""
        return self.filter(reopened_on__isnull=True)


class Closing(models.Model):
    """
    A programme that can be read and not written, from a first day until it is opened again.

    The database keeps it: `inharmony/access/closing.py` refuses every write of the tables that close with a hub.
    """

    privacy: ClassVar = Privacy(
        plain="id programme closed_on recorded_at reopened_on",
        personal="closed_by reopened_by",
        # nothing that leans on consent is shown of a closed hub, to national staff either
        national=National.READ,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="closings")
    closed_on = models.DateField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    # the first day on which it is open again
    reopened_on = models.DateField(null=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-closed_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reopened_on__isnull=True, reopened_by__isnull=True)
                | Q(reopened_on__gte=F("closed_on"), reopened_by__isnull=False),
                name="programmes_closing_reopened_on_with_by",
            ),
            ExclusionConstraint(
                name="programmes_closing_no_overlap",
                expressions=[
                    (F("programme"), RangeOperators.EQUAL),
                    (DateRange(F("closed_on"), F("reopened_on"), models.Value("[)")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This hub is closed at that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, closed from {self.closed_on:%d %B %Y}"
