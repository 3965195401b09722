from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy, Rights

if TYPE_CHECKING:
    from inharmony.accounts.models import User


_Compared = TypeVar("_Compared", bound=models.Model)


class OfComparedHubs(models.QuerySet[_Compared]):
    """Rows of a programme that compares its schools with others, and who sees them."""

    def visible_to(self, user: "User") -> Self:
        """Returns the rows of the hubs whose schools the person sees numbers of; of all for national staff."""
        reach, permission = user.reach, Permission.SEE_SCHOOL_CONTEXT
        if reach.may_everywhere(permission) or (reach.is_national and reach.may(permission)):
            return self.all()
        return self.filter(programme_id__in=reach.programmes_for(permission))


class ComparisonSchoolQuerySet(OfComparedHubs["ComparisonSchool"]):
    def going_on(self) -> "ComparisonSchoolQuerySet":
        """Returns the choices nobody has ended."""
        return self.filter(ended_at__isnull=True)


class ComparisonSchool(models.Model):
    """
    A school that takes no part, beside which a programme sets its own: from which year on, and why this one.

    No child's record is held of it: what it was like stands in `schools.SchoolContext`, of the whole school. A choice
    is ended, never deleted, and says why, so that nobody can pick until the numbers please.
    """

    privacy: ClassVar = Privacy(
        plain="id programme school academic_year reason chosen_at ended_at ended_because",
        personal="chosen_by ended_by",
        national=National.READ,
        rights=Rights.END,
        closes_with_hub=True,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="comparison_schools")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="comparisons")
    # the first year that is compared
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    chosen_at = models.DateTimeField(auto_now_add=True)
    chosen_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=300, blank=True)

    objects = ComparisonSchoolQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["school__name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "school"],
                condition=Q(ended_at__isnull=True),
                name="outcomes_comparisonschool_once_at_a_time",
                violation_error_message="This school is compared with already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="outcomes_comparisonschool_says_why",
                violation_error_message="Say why this school.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")),
                name="outcomes_comparisonschool_ended_by_somebody",
                violation_error_message="Say who ended the choice, and why.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} beside {self.programme}"
