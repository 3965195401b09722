from typing import ClassVar

from django.db import models

from inharmony.access.privacy import National, Privacy

DECILE = models.Q(imd_decile__isnull=True) | models.Q(imd_decile__range=(1, 10))
CHILD_DECILE = models.Q(idaci_decile__isnull=True) | models.Q(idaci_decile__range=(1, 10))


class SmallArea(models.Model):
    """A lower layer super output area (LSOA) and its deprivation deciles; 1 is the most deprived tenth of England."""

    privacy: ClassVar = Privacy(plain="code imd_decile idaci_decile", national=National.READ)

    code = models.CharField(max_length=9, primary_key=True)
    imd_decile = models.PositiveSmallIntegerField(null=True)
    idaci_decile = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=DECILE, name="schools_smallarea_imd_decile_1_to_10"),
            models.CheckConstraint(condition=CHILD_DECILE, name="schools_smallarea_idaci_decile_1_to_10"),
        ]

    def __str__(self) -> str:
        return self.code


class Postcode(models.Model):
    """A postcode, where it lies and in which small area. Kept squeezed and in capitals: `L53LW`."""

    privacy: ClassVar = Privacy(plain="code latitude longitude small_area", national=National.READ)

    code = models.CharField(max_length=7, primary_key=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # no foreign key: postcodes and deciles are published apart and may be loaded in either order
    small_area = models.CharField(max_length=9, blank=True)

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"
