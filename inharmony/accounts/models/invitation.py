from typing import ClassVar

from django.conf import settings
from django.db import models

from inharmony.access.privacy import Privacy
from inharmony.access.roles import ROLES


class Invitation(models.Model):
    """An address asked to join, and the role waiting for it. The link's secret is kept as a hash only."""

    privacy: ClassVar = Privacy(
        plain="id role programme school secret_hash sent_at expires_at accepted_at",
        personal="email name invited_by accepted_by",
        figures_may="",
    )

    email = models.EmailField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(r.name, r.title) for r in ROLES.values()])
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {ROLES[self.role].title}"
