"""What was done, by whom, to what. Rows are added and read, never changed: the logins hold no other grant."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import National, Privacy, Rights, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, user: "User") -> "AuditEventQuerySet":
        """Returns the trail of the person's own programmes, and what they did themselves."""
        return self.filter(Q(programme_id__in=user.reach.whole_programmes) | Q(actor_id=user.pk))


class AuditEvent(models.Model):
    """
    One act, view of a named child, export, sign-in or refusal. Keys and field names only, never a personal value.

    There are no foreign keys: the trail outlives what it speaks of.
    """

    privacy: ClassVar = Privacy(
        plain="id at act programme_id subject subject_id details",
        personal="actor_id children",
        wall=Wall.TRAIL,
        rights=Rights.APPEND,
        national=National.TRAIL,
        figures_may="SELECT, INSERT",
    )

    at = models.DateTimeField(auto_now_add=True)
    act = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    programme_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    # ids of the children that were shown or acted on: what "who saw this child" searches
    children = ArrayField(models.BigIntegerField(), default=list)
    details = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "subject_id", "at"], name="audit_by_subject"),
            models.Index(fields=["programme_id", "at"], name="audit_by_programme"),
            models.Index(fields=["actor_id", "at"], name="audit_by_actor"),
            GinIndex(fields=["children"], name="audit_by_child"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(children=[]) | Q(programme_id__isnull=False), name="audit_children_of_a_programme"
            ),
        ]
