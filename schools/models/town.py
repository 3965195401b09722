from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy


class Town(models.Model):
    """A town of England and where it lies, as published (GeoNames, CC BY 4.0): what a place is searched by."""

    privacy: ClassVar = Privacy(plain="id code name key latitude longitude population", national=National.READ)

    # of the publisher
    code = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=80)
    # the name in small letters without accents, apostrophes and hyphens
    key = models.CharField(max_length=80, db_index=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-population", "name"]

    def __str__(self) -> str:
        return self.name
