from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy, Rights, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, user: "User") -> "ResultQuerySet":
        """Returns the results of the programmes whose figures the person sees."""
        return self.filter(programme_id__in=user.reach.programmes_for(Permission.SEE_HUB_FIGURES))


class Result(models.Model):
    """
    What an analysis says of a programme's answers of a year: numbers of ten respondents or more, and its words.

    Written by the worker once names are off a wave (actions/analyse.py), all of a year anew each time; read by the hub.
    `result` is the analysis' own value (outcomes/analysis), or empty where it was refused; then `words` say why.
    `waves` are the ids of the waves it is of.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", "Change of those who answered both times"
        GROUPS = "groups", "Change by group"
        HOURS = "hours", "Hours received and change"
        LEVEL = "level", "What was answered"

    privacy: ClassVar = Privacy(
        plain="id programme academic_year measure version part kind characteristic waves result words made_at",
        wall=Wall.PROGRAMME,
        rights=Rights.READ,
        figures_may="SELECT, INSERT, DELETE",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=20)
    version = models.CharField(max_length=10)
    part = models.CharField(max_length=20)
    kind = models.CharField(max_length=6, choices=Kind)
    # of a change by group: by what groups are told apart
    characteristic = models.CharField(max_length=20, blank=True)
    waves = ArrayField(models.BigIntegerField())
    result = models.JSONField(default=dict)
    words = models.TextField()
    made_at = models.DateTimeField()

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "academic_year", "measure", "part", "kind", "characteristic"],
                name="outcomes_result_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Result {self.pk}"
