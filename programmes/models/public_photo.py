"""Photos that anybody may see."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from inharmony.access.privacy import National, Privacy


class PublicPhoto(models.Model):
    """
    What anybody may know of a photo: a row is there as long as the photo is public, and not a moment longer.

    The database keeps it (participants, migration 0023): it comes when somebody publishes the photo and goes in the
    transaction in which a child on it no longer consents. Nothing else writes here, and nothing says who is on it.
    """

    privacy: ClassVar = Privacy(
        plain="key programme film is_on_page alternative caption width height widths taken_on published_at",
        # whoever took it wants to be named
        personal="credit",
        national=National.READ,
    )

    # what it has in its address
    key = models.CharField(max_length=22, primary_key=True)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="public_photos")
    # whose poster it is
    film = models.ForeignKey("programmes.Film", models.PROTECT, null=True, related_name="public_photos")
    # shown on the programme's own page
    is_on_page = models.BooleanField()
    alternative = models.CharField(max_length=250)
    caption = models.CharField(max_length=250)
    credit = models.CharField(max_length=120)
    # of the largest file, and the widths there are files of
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = ArrayField(models.PositiveIntegerField())
    taken_on = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-published_at", "key"]
        indexes: ClassVar = [models.Index(fields=["programme", "-published_at"], name="publicphoto_by_programme")]

    def __str__(self) -> str:
        return self.alternative
