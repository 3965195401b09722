from typing import ClassVar

from django.conf import settings
from django.db import models

from inharmony.access.privacy import Privacy


class CalendarFeed(models.Model):
    """That a person's calendar may be read at a secret address; of the secret, a hash only. Ended, the row goes."""

    privacy: ClassVar = Privacy(plain="id secret_hash made_at", personal="user", figures_may="")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
