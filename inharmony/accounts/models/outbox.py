from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy


class OutboxMessage(models.Model):
    """A mail of the demonstration, shown instead of sent. Holds links and staff addresses, never a child's name."""

    privacy: ClassVar = Privacy(plain="id subject body sent_at", personal="to", national=National.ADD, figures_may="")

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
