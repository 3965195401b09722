from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy, Rights
from programmes.models import Indicator

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: "User") -> "TargetQuerySet":
        """Returns the targets of the hubs the person works in; of every hub for national staff."""
        if user.reach.may(Permission.SEE_NATIONAL_FIGURES):
            return self.all()
        return self.filter(programme_id__in=user.reach.programmes)


class Target(models.Model):
    """
    What a programme wants to reach in an academic year on one indicator: in words, with a number where one says it.

    Added, never changed: the last row of a programme, year and indicator stands, the others are its history. A row
    without words says that the target before it was taken off.
    """

    privacy: ClassVar = Privacy(
        plain="id programme academic_year indicator words value unit set_at",
        personal="set_by",
        national=National.READ,
        rights=Rights.APPEND,
        # what is wanted is counted nowhere
        figures_may="",
        closes_with_hub=True,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="targets")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=10, choices=Indicator)
    words = models.CharField(max_length=200, blank=True)
    value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    # of the value: "%", "children", "hours a week"
    unit = models.CharField(max_length=20, blank=True)
    set_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["programme", "academic_year", "indicator", "id"]
        indexes: ClassVar = [models.Index(fields=["programme", "academic_year"], name="outcomes_target_of_a_year")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(indicator__in=Indicator.values), name="outcomes_target_known_indicator"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(words=""),
                name="outcomes_target_number_has_words",
                violation_error_message="Say in words what the number is.",
            ),
            models.CheckConstraint(
                condition=Q(unit="") | Q(value__isnull=False),
                name="outcomes_target_unit_has_number",
                violation_error_message="Write the number that the unit is of, or clear the unit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()}, {self.academic_year}"
