from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from inharmony.access.privacy import National, Privacy
from programmes.models.entry import ENTRY, Entry, Precision


class FundingAgreement(Entry):
    """Money that a funder agreed to pay, for what period, and whether it is In Harmony's alone."""

    privacy: ClassVar = Privacy(
        plain="funder programme title starts_on ends_on precision amount is_a_year is_in_harmony_only is_public "
        f"conditions words source{ENTRY}",
        national=National.READ,
    )

    funder = models.ForeignKey("programmes.Organisation", models.PROTECT, related_name="agreements")
    # null is In Harmony as a whole
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="funding")
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    # pounds; null where no amount is in print
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    # whether the amount is of each year, not of the whole period
    is_a_year = models.BooleanField(default=False)
    # false of a grant to the whole organisation, of which In Harmony is one part
    is_in_harmony_only = models.BooleanField(default=True)
    # an agreement that is not in print is seen by hub, operator and national staff only
    is_public = models.BooleanField(default=False)
    # never public
    conditions = models.TextField(blank=True)
    words = models.TextField(blank=True)
    source = models.TextField()

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_fundingagreement_dates_in_order",
                violation_error_message="It cannot end before it began.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="programmes_fundingagreement_amount_not_negative",
                violation_error_message="An amount is not negative.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FundingMilestone(Entry):
    """What an agreement asks for by a day, and what is paid then. Never public."""

    privacy: ClassVar = Privacy(plain=f"agreement due_on words amount met_on note{ENTRY}", national=National.READ)

    agreement = models.ForeignKey(FundingAgreement, models.CASCADE, related_name="milestones")
    due_on = models.DateField()
    words = models.CharField(max_length=200)
    # pounds paid once it is met
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    met_on = models.DateField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="programmes_fundingmilestone_amount_not_negative",
                violation_error_message="An amount is not negative.",
            ),
        ]

    def __str__(self) -> str:
        return self.words
