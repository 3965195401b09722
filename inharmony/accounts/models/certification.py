from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from inharmony.access.privacy import Privacy


class Certification(models.Model):
    """Somebody's word, on a day, that a person still needs a role."""

    privacy: ClassVar = Privacy(plain="id role certified_on", personal="certified_by", figures_may="")

    role = models.ForeignKey("accounts.RoleAssignment", models.CASCADE, related_name="certifications")
    certified_on = models.DateField(default=timezone.localdate)
    certified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "certified_on"], name="accounts_certification_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.certified_on:%d %B %Y}"
