from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry


class Mention(Entry):
    """
    What is named in print of a programme and has no date of its own: an ensemble, a school, an event, instruments.

    An ensemble of this record is not one of the timetable, nor is a school here a partner school of the register.
    """

    class Kind(models.TextChoices):
        ENSEMBLE = "ensemble", "Ensemble"
        SCHOOL = "school", "School or centre"
        EVENT = "event", "Event"
        INSTRUMENTS = "instrument", "Instruments"

    privacy: ClassVar = Privacy(plain=f"programme kind name when words source{ENTRY}", national=National.READ)

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="mentions")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    # the time as printed: "by 2021", "2017"; empty where none is
    when = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["programme", "kind", "id"]

    def __str__(self) -> str:
        return self.name
