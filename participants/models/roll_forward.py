from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class RollForwardQuerySet(models.QuerySet["RollForward"]):
    def visible_to(self, user: "User") -> "RollForwardQuerySet":
        """Returns what was done in the programmes the person sees whole."""
        return self.filter(programme_id__in=user.reach.whole_programmes)

    def standing(self) -> "RollForwardQuerySet":
        """Returns those nobody has undone."""
        return self.filter(undone_at__isnull=True)


class RollForward(models.Model):
    """
    One press at the turn of the year, so that one press undoes it: children moved up a year group, or left a school.

    The placements say which act made them, and the destinations which act they were written down in.
    """

    class Kind(models.TextChoices):
        MOVED = "moved", "Moved up"
        LEFT = "left", "Left their school"

    privacy: ClassVar = Privacy(
        plain="id programme school academic_year kind children at undone_at",
        personal="by undone_by",
        wall=Wall.PROGRAMME,
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    # null where it was of several schools, or of none
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+")
    # the new one
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    # how many
    children = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RollForwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "programme"], name="participants_rollforward_in_programme"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="participants_rollforward_undone_at_with_by",
            ),
            models.CheckConstraint(condition=Q(kind__in=["moved", "left"]), name="participants_rollforward_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.children}"
