from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry


class Film(Entry):
    """A film about In Harmony that stands elsewhere: what it shows, what is said in it, and the way there."""

    class Theme(models.TextChoices):
        TEAM = "team", "Learning music together as a team"
        PROGRESS = "progress", "Progress and performance"
        CHANCES = "chances", "Life chances and schools transformed"
        SCHOOL = "school", "A whole school partnership"

    privacy: ClassVar = Privacy(
        plain=f"programme theme title summary transcript address minutes source{ENTRY}", national=National.READ
    )

    # null is In Harmony as a whole
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="films")
    theme = models.CharField(max_length=8, choices=Theme)
    title = models.CharField(max_length=120)
    # what is to be seen and heard, in our words
    summary = models.TextField()
    # word for word, where who made it has given it
    transcript = models.TextField(blank=True)
    address = models.URLField(max_length=400)
    minutes = models.PositiveSmallIntegerField(null=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.title
