from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy


class SecondFactorReset(models.Model):
    """
    The way back for somebody who lost their second factor: somebody who knows them took it off and vouches for them.

    A new one can only be set up with the code that was told to the person: whoever has nothing but their password
    cannot use the gap.
    """

    class Check(models.TextChoices):
        IN_PERSON = "in_person", "They stand in front of me"
        VIDEO = "video", "I see and know them on a video call"
        PHONE = "phone", "I called them back on a number I knew before"

    privacy: ClassVar = Privacy(
        plain="id how_known code_hash tries made_at expires_at used_at", personal="user made_by", figures_may=""
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor_resets")
    # null where whoever runs the server did it by command
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    how_known = models.CharField(max_length=9, choices=Check)
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(used_at__isnull=True), name="accounts_secondfactorreset_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"Second factor of {self.user}, reset {self.made_at:%d %B %Y}"
