from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Rights, Wall
from outcomes.awards.boards import BY_KEY
from outcomes.awards.structure import AwardKind, Result
from participants.models.visibility import OfChildQuerySet
from programmes.instruments import Instrument


class AwardQuerySet(OfChildQuerySet["Award"]):
    def standing(self) -> "AwardQuerySet":
        """Returns those nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Award(models.Model):
    """
    That a child took a grade, a medal or another award on a day, and what came of it.

    `board`, `award` and `grade` name what is declared in `outcomes.awards`; of one that is marked the result is what
    the board's own marks make of the mark. Recorded wrongly, it is withdrawn and recorded again, and never changed.
    """

    privacy: ClassVar = Privacy(
        plain="id programme recorded_at withdrawn_at",
        personal="child taken_on board award grade instrument mark result recorded_by withdrawn_by",
        wall=Wall.CHILD,
        rights=Rights.END,
        # what children reached is counted inside their hub; none of it leaves in a release
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="awards", db_constraint=False)
    taken_on = models.DateField()
    board = models.CharField(max_length=10)
    award = models.CharField(max_length=10)
    grade = models.CharField(max_length=10)
    instrument = models.CharField(max_length=11, choices=Instrument, blank=True)
    mark = models.PositiveSmallIntegerField(null=True)
    result = models.CharField(max_length=11, choices=Result)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-taken_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(result__in=Result.values), name="outcomes_award_known_result"),
            models.CheckConstraint(
                condition=Q(instrument="") | Q(instrument__in=Instrument.values),
                name="outcomes_award_known_instrument",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="outcomes_award_withdrawn_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.taken_on:%d %B %Y}"

    @property
    def kind(self) -> AwardKind:
        """What is declared of it."""
        return BY_KEY[f"{self.board}.{self.award}.{self.grade}"]

    @property
    def title(self) -> str:
        """Returns "ABRSM practical, Grade 3"."""
        return self.kind.title

    @property
    def level_words(self) -> str:
        """Returns the level its grade stands for; empty where it stands for none."""
        return str(self.kind.grade.level.label) if self.kind.grade.level else ""
