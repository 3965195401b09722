from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from inharmony.access.privacy import Privacy, Wall
from programmes.models import Ensemble

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class MembershipActQuerySet(models.QuerySet["MembershipAct"]):
    def visible_to(self, user: "User") -> "MembershipActQuerySet":
        """Returns what was done to the ensembles the person sees."""
        return self.filter(ensemble__in=Ensemble.objects.visible_to(user))

    def standing(self) -> "MembershipActQuerySet":
        """Returns those nobody has undone."""
        return self.filter(undone_at__isnull=True)


class MembershipAct(models.Model):
    """
    One press that took children into an ensemble or out of it, or ended it, so that one press undoes it.

    The memberships say which act began and which ended them.
    """

    class Kind(models.TextChoices):
        JOINED = "joined", "Taken in"
        LEFT = "left", "Taken out"
        ENDED = "ended", "Ensemble ended"

    privacy: ClassVar = Privacy(
        plain="id programme ensemble kind day children at undone_at",
        personal="by undone_by",
        wall=Wall.PROGRAMME,
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    ensemble = models.ForeignKey("programmes.Ensemble", models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=6, choices=Kind)
    # the first day in it, or the last
    day = models.DateField()
    # how many
    children = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MembershipActQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "programme"], name="participants_membershipact_in_programme"),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="participants_membershipact_undone_at_with_by",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["joined", "left", "ended"]), name="participants_membershipact_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.children}"
