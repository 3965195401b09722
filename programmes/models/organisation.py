from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from inharmony.access.dated import DateRange
from inharmony.access.privacy import National, Privacy
from programmes.models.entry import Kept


class Organisation(Kept):
    """A body that leads, funds or partners."""

    privacy: ClassVar = Privacy(plain="id slug name website source key is_by_hand", national=National.READ)

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=120)
    website = models.URLField(max_length=200, blank=True)
    # of its name, asked for when somebody changes it
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganisationName(Kept):
    """A former name of an organisation, and until when it was used."""

    privacy: ClassVar = Privacy(plain="id organisation name until source key is_by_hand", national=National.READ)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    until = models.DateField(null=True)
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="programmes_organisationname_once"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationRole(Kept):
    """What an organisation is to a programme, from when to when."""

    class Kind(models.TextChoices):
        LEAD = "lead", "Leads"
        PARTNER = "partner", "Partner"
        FUNDER = "funder", "Funds"

    privacy: ClassVar = Privacy(
        plain="id organisation programme kind starts_on ends_on note source key is_by_hand", national=National.READ
    )

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="organisation_roles")
    kind = models.CharField(max_length=8, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on", "organisation"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_organisationrole_dates_in_order",
            ),
            ExclusionConstraint(
                name="programmes_organisationrole_no_overlap",
                expressions=[
                    (F("organisation"), RangeOperators.EQUAL),
                    (F("programme"), RangeOperators.EQUAL),
                    (F("kind"), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"
