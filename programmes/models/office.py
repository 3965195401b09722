from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry, Precision


class Office(Entry):
    """An office in the government of In Harmony and who held it: founder, chair, steering group, as in print."""

    class Kind(models.TextChoices):
        FOUNDER = "founder", "Founder"
        CHAIR = "chair", "Chair"
        STEERING = "steering", "Steering group"
        DIRECTOR = "director", "Director or head of a programme"
        PATRON = "patron", "Patron"

    privacy: ClassVar = Privacy(
        plain=f"programme kind holder of_body starts_on precision ends_on words source{ENTRY}", national=National.READ
    )

    # null is In Harmony as a whole
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="offices")
    kind = models.CharField(max_length=8, choices=Kind)
    # a person in public life, or a body
    holder = models.CharField(max_length=120)
    of_body = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField(null=True)
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.YEAR)
    ends_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_office_dates_in_order",
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.holder}"
