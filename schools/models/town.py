from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy


class Town(models.Model):
    """A town and where it lies, as published (GeoNames, CC BY 4.0): what a place is searched by."""

    class Nation(models.TextChoices):
        """In Harmony is in England; a town elsewhere is known so that its name is not taken for another's."""

        ENGLAND = "ENG", "England"
        SCOTLAND = "SCT", "Scotland"
        WALES = "WLS", "Wales"
        NORTHERN_IRELAND = "NIR", "Northern Ireland"

    privacy: ClassVar = Privacy(plain="id code name key nation latitude longitude population", national=National.READ)

    # of the publisher
    code = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=80)
    # the name as `schools.validators.names.key` writes it: small letters, no accents, apostrophes or hyphens
    key = models.CharField(max_length=80, db_index=True)
    nation = models.CharField(max_length=3, choices=Nation, default=Nation.ENGLAND)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-population", "name"]

    def __str__(self) -> str:
        return self.name
