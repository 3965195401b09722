from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from inharmony.access.privacy import National, Privacy

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# Numbers outside the register's range: they can belong to no real school (product rule 7).
DEMONSTRATION_URNS = range(990_001, 1_000_000)


class SchoolQuerySet(models.QuerySet["School"]):
    def open_on(self, day: object) -> "SchoolQuerySet":
        """Returns schools open on a day by their own dates."""
        return self.filter(Q(opened_on__isnull=True) | Q(opened_on__lte=day)).filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        )

    def visible_to(self, user: "User") -> "SchoolQuerySet":
        """Returns the schools the person works with: partners of their programmes, ever, and schools they lead."""
        return self.filter(
            Q(pk__in=user.reach.schools) | Q(partnerships__programme_id__in=user.reach.programmes)
        ).distinct()


class School(models.Model):
    """A school as the register of schools (GIAS) knows it, keyed by its URN; names do not identify schools."""

    class Phase(models.TextChoices):
        NURSERY = "nursery", "Nursery"
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"
        ALL_THROUGH = "all_through", "All-through"
        SPECIAL = "special", "Special"
        OTHER = "other", "Other or not given"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSING = "closing", "Open, but proposed to close"
        PROPOSED = "proposed", "Proposed to open"
        CLOSED = "closed", "Closed"

    privacy: ClassVar = Privacy(
        plain="urn name local_authority establishment_number town postcode phase type status opened_on closed_on "
        "low_age high_age pupils fsm_percent latitude longitude imd_decile idaci_decile is_demonstration updated_at",
        national=National.READ,
    )

    urn = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=160)
    local_authority = models.ForeignKey("schools.LocalAuthority", models.PROTECT, null=True)
    establishment_number = models.PositiveSmallIntegerField(null=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.OTHER)
    type = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    low_age = models.PositiveSmallIntegerField(null=True)
    high_age = models.PositiveSmallIntegerField(null=True)
    pupils = models.PositiveIntegerField(null=True)
    fsm_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    imd_decile = models.PositiveSmallIntegerField(null=True)
    idaci_decile = models.PositiveSmallIntegerField(null=True)
    is_demonstration = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "urn"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(urn__range=(100_000, 999_999)),
                name="schools_school_urn_has_six_digits",
                violation_error_message="A URN has six digits.",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="schools_school_dates_in_order",
                violation_error_message="A school cannot close before it opens.",
            ),
            models.UniqueConstraint(
                fields=["local_authority", "establishment_number"],
                condition=Q(status="open"),
                name="schools_school_one_open_per_laestab",
            ),
            models.CheckConstraint(
                condition=Q(imd_decile__isnull=True) | Q(imd_decile__range=(1, 10)),
                name="schools_school_imd_decile_1_to_10",
            ),
            models.CheckConstraint(
                condition=Q(idaci_decile__isnull=True) | Q(idaci_decile__range=(1, 10)),
                name="schools_school_idaci_decile_1_to_10",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def laestab(self) -> str:
        """Local authority and establishment number as one seven-digit text, or empty."""
        if self.local_authority_id is None or self.establishment_number is None:
            return ""
        return f"{self.local_authority_id}{self.establishment_number:04d}"
