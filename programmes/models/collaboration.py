from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry, Precision


class Collaboration(Entry):
    """Work with others beyond the hubs: recognition, partnership between programmes, making music jointly."""

    class Kind(models.TextChoices):
        RECOGNITION = "recognised", "Recognition"
        PARTNERSHIP = "partners", "Partnership"
        PROJECT = "project", "Joint music-making"

    privacy: ClassVar = Privacy(
        plain="kind title partner starts_on precision ends_on venue children adults audience words source"
        f" programmes{ENTRY}",
        national=National.READ,
    )

    # none is In Harmony as a whole
    programmes = models.ManyToManyField("programmes.Programme", related_name="collaborations", blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120)
    partner = models.CharField(max_length=160)
    starts_on = models.DateField()
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    ends_on = models.DateField(null=True)
    venue = models.CharField(max_length=120, blank=True)
    # heads, where they were counted
    children = models.PositiveIntegerField(null=True)
    adults = models.PositiveIntegerField(null=True)
    audience = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_collaboration_dates_in_order",
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
