from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy, Rights


class OperationalCount(models.Model):
    """
    Sessions of a programme on a day, counted: the one live table the `national` role reads. Holds no child.

    Kept by statement triggers on sessions (migration 0002), which add differences, so that two registers saved at
    once both count; `check_figures` proves that nothing drifts.
    """

    privacy: ClassVar = Privacy(
        plain="id programme day planned held cancelled minutes_planned minutes_held",
        national=National.READ,
        rights=Rights.READ,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="operational_counts")
    day = models.DateField()
    planned = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    cancelled = models.IntegerField(default=0)
    minutes_planned = models.IntegerField(default=0)
    minutes_held = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "day"], name="programmes_operationalcount_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.day}"
