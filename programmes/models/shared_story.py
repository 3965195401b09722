"""Quotations and case studies that may be shown."""

from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy
from programmes.models.study import Indicator


class SharedStory(models.Model):
    """
    What may be shown of a story: a row is there as long as it may, and not a moment longer.

    The database keeps it (outcomes, migration 0007): it comes when somebody shares the story and goes in the
    transaction in which a child in it no longer consents. Nothing else writes here, and nothing says who is in it.
    """

    privacy: ClassVar = Privacy(
        plain="key programme academic_year indicator kind said_by shared_at",
        # a person's own words, or what one did; the year group only of ten children or more
        personal="title words year_group",
        national=National.READ,
    )

    # what it has in the address of a page, behind the #
    key = models.CharField(max_length=22, primary_key=True)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="shared_stories")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=10, choices=Indicator)
    # as of the story (outcomes.Story)
    kind = models.CharField(max_length=10)
    said_by = models.CharField(max_length=12)
    year_group = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    words = models.TextField()
    shared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["programme", "-shared_at", "key"]
        indexes: ClassVar = [models.Index(fields=["academic_year", "programme"], name="sharedstory_of_a_year")]

    def __str__(self) -> str:
        return self.title or self.words[:60]
