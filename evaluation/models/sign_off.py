from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy, Rights, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class SignOff(models.Model):
    """
    A hub's word that a term is complete. Added, never changed: figures that were revised are signed under the next
    number, with the reason. That it was signed, and how complete it was, the country may know; the figures are beside
    it behind the wall.
    """

    privacy: ClassVar = Privacy(
        plain="id programme academic_year term number signed_at registers_taken registers_due",
        personal="signed_by",
        rights=Rights.APPEND,
        national=National.READ,
        closes_with_hub=True,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="sign_offs")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    term = models.CharField(max_length=6)
    number = models.PositiveSmallIntegerField()
    signed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(auto_now_add=True)
    registers_taken = models.PositiveIntegerField()
    registers_due = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["programme", "academic_year", "term", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "academic_year", "term", "number"], name="evaluation_signoff_numbered"
            ),
            models.UniqueConstraint(fields=["id", "programme"], name="evaluation_signoff_in_programme"),
            models.CheckConstraint(
                condition=Q(registers_taken__lte=F("registers_due")), name="evaluation_signoff_taken_of_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} term {self.academic_year}, {self.number}"


class SignedFiguresQuerySet(models.QuerySet["SignedFigures"]):
    def visible_to(self, user: "User") -> "SignedFiguresQuerySet":
        """Returns what was signed by the hubs whose figures the person sees."""
        return self.filter(programme_id__in=user.reach.programmes_for(Permission.SEE_HUB_FIGURES))


class SignedFigures(models.Model):
    """The exact figures that a hub signed, frozen, and why they differ from what it signed before."""

    privacy: ClassVar = Privacy(
        plain="sign_off programme cells", personal="reason", wall=Wall.PROGRAMME, rights=Rights.APPEND
    )

    sign_off = models.OneToOneField(
        SignOff, models.PROTECT, primary_key=True, related_name="figures", db_constraint=False
    )
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    # of a number after the first: why the figures are others
    reason = models.TextField(blank=True, max_length=500)
    # [table, row, column, value as text or null, symbol], as the menu names them
    cells = models.JSONField()

    objects = SignedFiguresQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "signed figures"

    def __str__(self) -> str:
        return f"Figures signed under {self.sign_off_id}"
