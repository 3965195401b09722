from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry, Precision


class Milestone(Entry):
    """Something that happened in the country or to one programme; on the timeline."""

    privacy: ClassVar = Privacy(
        plain=f"programme happened_on precision until title words source{ENTRY}", national=National.READ
    )

    # null is In Harmony as a whole
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="milestones")
    happened_on = models.DateField()
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    # of what lasted: the last day of it
    until = models.DateField(null=True)
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["happened_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("happened_on")),
                name="programmes_milestone_dates_in_order",
                violation_error_message="It cannot end before it began.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Account(Entry):
    """What another source says of a milestone, where sources disagree: both are kept and both shown."""

    privacy: ClassVar = Privacy(plain=f"milestone says source{ENTRY}", national=National.READ)

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="accounts")
    says = models.TextField()
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.says
