from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inharmony.access.privacy import Privacy


class SharingAgreementQuerySet(models.QuerySet["SharingAgreement"]):
    def in_force_on(self, day: object) -> "SharingAgreementQuerySet":
        """Returns the agreements that were signed by a day and have not run out on it."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), signed_on__lte=day)


class SharingAgreement(models.Model):
    """
    That a programme and who shares children's data with it have agreed on it in writing; the paper is kept elsewhere.

    Several may be in force at once: one is often signed before the last has run out.
    """

    privacy: ClassVar = Privacy(
        plain="id programme signed_on valid_until parties reference recorded_at", personal="recorded_by"
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="sharing_agreements")
    signed_on = models.DateField()
    # the last day; empty is until somebody ends it
    valid_until = models.DateField(null=True, blank=True)
    parties = models.CharField(max_length=300)
    # where the paper is found
    reference = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = SharingAgreementQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-signed_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("signed_on")),
                name="programmes_sharingagreement_dates_in_order",
                violation_error_message="An agreement cannot run out before it was signed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.reference}"
