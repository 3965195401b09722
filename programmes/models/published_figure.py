from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry, Precision


class PublishedFigure(Entry):
    """
    A number that others printed, with who printed it: never one of ours, never added up with ours.

    Two numbers for the same are two rows; both are shown.
    """

    class Measure(models.TextChoices):
        CHILDREN = "children", "Children taking part"
        SCHOOLS = "schools", "Schools"
        PROGRAMMES = "programmes", "Programmes"
        INTENSITY = "intensity", "Hours and sessions"
        PERFORMANCES = "performances", "Performances and audiences"
        PROGRESS = "progress", "Progress and destinations"
        CIRCUMSTANCES = "circumstances", "Circumstances of the children"
        MONEY = "money", "Money"
        HUBS = "hubs", "Music hubs of England"

    class Qualifier(models.TextChoices):
        EXACTLY = "", "As printed"
        OVER = "over", "Over"
        ABOUT = "about", "About"
        ALMOST = "almost", "Almost"
        UP_TO = "up to", "Up to"
        AT_LEAST = "at least", "At least"

    privacy: ClassVar = Privacy(
        plain=f"programme measure label qualifier value unit as_at precision when until note source{ENTRY}",
        national=National.READ,
    )

    # null is In Harmony as a whole, or (of music hubs) the country
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="published_figures")
    measure = models.CharField(max_length=13, choices=Measure)
    # what exactly is counted, as printed: "children each week", "first cohort"
    label = models.CharField(max_length=120)
    qualifier = models.CharField(max_length=8, choices=Qualifier, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=60)
    # the first day of the time it is of; null where none is in print
    as_at = models.DateField(null=True)
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.YEAR)
    until = models.DateField(null=True)
    # the time as printed: "about 2014", "2012-2015", "undated"
    when = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["programme", "measure", "as_at", "id"]

    def __str__(self) -> str:
        return f"{self.label}, {self.when}"
