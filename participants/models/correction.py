from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from inharmony.access.privacy import Privacy, Rights, Wall
from programmes.models import Session

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: "User") -> "CorrectionQuerySet":
        """Returns the corrections of the registers the person sees."""
        return self.filter(session__in=Session.objects.visible_to(user))


class Correction(models.Model):
    """
    That a register was saved again with other marks: which version it became, by whom, when and why.

    Which child's mark it was stands in the trail and the history of rows, behind their walls.
    """

    class Reason(models.TextChoices):
        MISTAKE = "mistake", "Marked by mistake"
        LEARNED = "learned", "The reason became known"
        CAME = "came", "Came later than the register"
        PAPER = "paper", "Keyed in from paper"
        OTHER = "other", "Another reason"

    privacy: ClassVar = Privacy(
        plain="id programme session version at reason replaced_save",
        personal="by",
        wall=Wall.PROGRAMME,
        rights=Rights.APPEND,
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    session = models.ForeignKey("programmes.Session", models.PROTECT, related_name="corrections", db_index=False)
    # of the register, as it became
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # empty: on the day itself, when a register is still being taken
    reason = models.CharField(max_length=7, choices=Reason, blank=True)
    # the browser's own id of the save before this one: see programmes.Session.register_save
    replaced_save = models.UUIDField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["session", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "version"], name="participants_correction_once_a_version"),
            models.CheckConstraint(
                condition=models.Q(version__gt=1), name="participants_correction_after_the_first_taking"
            ),
            models.CheckConstraint(
                condition=models.Q(reason__in=["", "mistake", "learned", "came", "paper", "other"]),
                name="participants_correction_known_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}, version {self.version}"
