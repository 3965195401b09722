from typing import ClassVar

from django.db import models

from inharmony.access.privacy import Privacy


class Joining(models.Model):
    """That an ensemble plays in a session of another: a joint rehearsal is one session, with one register."""

    privacy: ClassVar = Privacy(plain="id programme session ensemble", closes_with_hub=True)

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    session = models.ForeignKey("programmes.Session", models.CASCADE, related_name="joinings", db_constraint=False)
    ensemble = models.ForeignKey("programmes.Ensemble", models.PROTECT, related_name="joinings", db_constraint=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "ensemble"], name="programmes_joining_once_a_session"),
        ]

    def __str__(self) -> str:
        return f"{self.ensemble} in {self.session}"
