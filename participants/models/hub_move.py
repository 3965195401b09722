from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import OfChildQuerySet


class HubMoveQuerySet(OfChildQuerySet["HubMove"]):
    def waiting(self) -> "HubMoveQuerySet":
        """Returns those that wait for an answer; of a child at risk nothing is asked."""
        return self.filter(state=HubMove.State.WAITING, child__is_at_risk=False)


class HubMove(models.Model):
    """
    The question whether a child of this hub has moved to another, and what its people answered.

    It says from which day the other enrolment counts, and nothing else of it: no hub, no school, no value. Found by the
    keyed hashes alone, at night, and written only where the child was first (docs/decisions/0023).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for an answer"
        LEFT = "left", "Has left"
        HERE = "here", "Still with us"
        # the other enrolment has ended, or is not the same child's any more
        OVER = "over", "Not asked any more"

    privacy: ClassVar = Privacy(
        plain="id programme pair state found_at answered_at",
        personal="child counts_from answered_by",
        # what the hubs have to settle between them is shown to no school
        wall=Wall.PROGRAMME,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="hub_moves", db_constraint=False)
    # a keyed hash of the two records: a pair that was answered is known again, and leads to neither
    pair = models.CharField(max_length=64)
    counts_from = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    found_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = HubMoveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["counts_from", "id"]
        indexes: ClassVar = [
            models.Index(fields=["programme"], name="hubmove_waiting", condition=Q(state="waiting")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "pair"], name="participants_hubmove_once_a_pair"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "over"], answered_at__isnull=True, answered_by__isnull=True)
                | Q(state__in=["left", "here"], answered_at__isnull=False, answered_by__isnull=False),
                name="participants_hubmove_answered_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.counts_from:%d %B %Y}"
