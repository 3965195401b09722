from typing import ClassVar

from django.conf import settings
from django.db import models

from inharmony.access.privacy import Privacy, Rights


class RegisterReminder(models.Model):
    """That somebody was written to about missing registers in a week; written once, so that nobody is twice."""

    privacy: ClassVar = Privacy(
        plain="id week registers sent_at", personal="user", rights=Rights.APPEND, figures_may=""
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # the week's Monday
    week = models.DateField()
    registers = models.PositiveIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "week"], name="programmes_registerreminder_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.registers}, week of {self.week}"
