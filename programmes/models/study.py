from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry, Precision


class Indicator(models.TextChoices):
    """The eight outcome indicators of the national evaluation, as its reports head them."""

    CULTURE = "culture", "Engaging children of every cultural background"
    MUSIC = "music", "Musical enjoyment and musical skills"
    WELLBEING = "wellbeing", "Wellbeing"
    SCHOOL = "school", "Achievement and attendance at school"
    ASPIRATION = "aspiration", "Parents’ expectations and aspirations"
    ENGAGEMENT = "engagement", "Parents’ engagement with school"
    COMMUNITY = "community", "Parents’ sense of community"
    VIABILITY = "viability", "Future viability"


class Study(Entry):
    """An evaluation, review or piece of research on In Harmony that was published."""

    class Kind(models.TextChoices):
        EVALUATION = "evaluation", "Evaluation"
        REVIEW = "review", "Review"
        RESEARCH = "research", "Research"

    privacy: ClassVar = Privacy(
        plain="programme kind title authors published_on precision pages commissioned_by evidence address "
        f"source{ENTRY}",
        national=National.READ,
    )

    # null is In Harmony as a whole
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="studies")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    authors = models.CharField(max_length=200)
    published_on = models.DateField()
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.MONTH)
    pages = models.PositiveSmallIntegerField(null=True)
    commissioned_by = models.CharField(max_length=160, blank=True)
    # on what evidence it stands, in our words
    evidence = models.TextField(blank=True)
    # where it can be read; empty where it is not online
    address = models.URLField(max_length=400, blank=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["published_on", "id"]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.title


class Finding(Entry):
    """What a study found on one indicator, and how strong its evidence is, in our words."""

    class Strength(models.TextChoices):
        STRONG = "strong", "Strong evidence"
        SOME = "some", "Some evidence"
        NONE = "none", "No clear evidence"
        AGAINST = "against", "Evidence of the contrary"

    privacy: ClassVar = Privacy(plain=f"study indicator strength words source{ENTRY}", national=National.READ)

    study = models.ForeignKey(Study, models.CASCADE, related_name="findings")
    indicator = models.CharField(max_length=10, choices=Indicator)
    strength = models.CharField(max_length=7, choices=Strength)
    words = models.TextField()
    # where in the study, or who reports it
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["study", "id"]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()}: {self.get_strength_display()}"
