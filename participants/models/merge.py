from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import OfChildQuerySet

if TYPE_CHECKING:
    from datetime import date

# as long as a class list can be taken back
UNDONE_WITHIN = timedelta(days=30)


class MergeQuerySet(OfChildQuerySet["Merge"]):
    def standing(self) -> "MergeQuerySet":
        """Returns those nobody has undone."""
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """
    That two records of one child became one: which stayed, the number of the one that went, and all that was changed.

    `images` holds each row that was changed, as it was and as it became, for as long as it can be undone.
    """

    privacy: ClassVar = Privacy(
        plain="id programme gone at undone_at",
        personal="child by undone_by",
        special="images",
        # holds what no school is shown
        wall=Wall.PROGRAMME,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    # the record that stayed
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="merges", db_constraint=False)
    # the number of the record that went: in the trail and in history it stands under it
    gone = models.BigIntegerField()
    images = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="participants_merge_undone_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"Merge {self.pk}"

    @property
    def undo_until(self) -> "date":
        """The last day on which it can be undone."""
        return timezone.localtime(self.at).date() + UNDONE_WITHIN
