from typing import TYPE_CHECKING, ClassVar

from django.db import models

from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class IncomeQuerySet(models.QuerySet["Income"]):
    def visible_to(self, user: "User") -> "IncomeQuerySet":
        """Returns the income of the hubs whose figures the person sees."""
        return self.filter(programme_id__in=user.reach.programmes_for(Permission.SEE_HUB_FIGURES))


class Income(models.Model):
    """
    What a programme took in from one kind of source in an academic year, as its office wrote it down.

    What funders agreed to pay is the record's (`FundingAgreement`): it is printed, runs over years, and says nothing of
    fees and gifts. The kinds of sources are those of the yearly return of music education hubs (Key Data, Arts Council
    England).
    """

    class Source(models.TextChoices):
        ARTS_COUNCIL = "arts_council", "Arts Council, In Harmony"
        HUB_GRANT = "hub_grant", "Music education hub grant"
        OTHER_ARTS_COUNCIL = "other_ace", "Other Arts Council"
        LOCAL_AUTHORITY = "authority", "Local authority"
        SCHOOLS = "schools", "Schools"
        FAMILIES = "families", "Families"
        TRUSTS = "trusts", "Trusts and charities"
        SPONSORS = "sponsors", "Sponsors"
        OTHER = "other", "Other earned"

    privacy: ClassVar = Privacy(
        plain="id programme academic_year source amount note kept_at",
        personal="kept_by",
        national=National.READ,
        closes_with_hub=True,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="income")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=Source)
    # pounds
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    kept_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(auto_now=True)

    objects = IncomeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "income"
        ordering: ClassVar = ["programme", "academic_year", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "academic_year", "source"],
                name="programmes_income_once_a_source",
                violation_error_message="Income of this source is written down for the year already.",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="programmes_income_not_negative",
                violation_error_message="An amount is not negative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.academic_year}"
