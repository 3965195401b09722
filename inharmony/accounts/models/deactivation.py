from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inharmony.access.privacy import Privacy


class Deactivation(models.Model):
    """An account that was shut: since when, why and by whom (nobody: the portal itself), and who opened it again."""

    class Reason(models.TextChoices):
        BY_HAND = "by_hand", "Deactivated by a person"
        UNUSED = "unused", "Not used for 12 months"

    privacy: ClassVar = Privacy(
        plain="id reason deactivated_at reactivated_at",
        personal="user deactivated_by reactivated_by",
        figures_may="",
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deactivations")
    reason = models.CharField(max_length=7, choices=Reason, default=Reason.BY_HAND)
    deactivated_at = models.DateTimeField(default=timezone.now)
    deactivated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reactivated_at = models.DateTimeField(null=True)
    reactivated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["deactivated_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(reactivated_at__isnull=True), name="accounts_deactivation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(reactivated_at__isnull=True, reactivated_by__isnull=True)
                | Q(reactivated_at__gte=F("deactivated_at"), reactivated_by__isnull=False),
                name="accounts_deactivation_reactivated_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(reason="unused") | Q(deactivated_by__isnull=False),
                name="accounts_deactivation_by_hand_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
