"""What was done, by whom, to what. Rows are added and read, never changed: the logins hold no other grant."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy, Rights, Wall
from inharmony.accounts.queries.role import people_of
from inharmony.audit.period import moments

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# what is about an account, whichever hub the person is to work for
ACCOUNTS = ("accounts.user", "accounts.roleassignment", "accounts.invitation")


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, user: "User") -> "AuditEventQuerySet":
        """
        Returns what a person may read of the trail.

        Everybody: what they did themselves. Who answers for a hub: what was done in it, and what belongs to no hub
        (signing in, refusals) of those who hold or held a role in it. Who keeps the portal: what belongs to no hub or
        is about an account, and names no child.
        """
        seen = Q(actor_id=user.pk)
        if hubs := user.reach.programmes_for(Permission.SEE_TRAIL):
            people = people_of(hubs)
            theirs = Q(actor_id__in=people) | Q(subject="accounts.user", subject_id__in=people)
            seen |= Q(programme_id__in=hubs) | Q(theirs, programme_id__isnull=True)
        if user.reach.may_everywhere(Permission.SEE_TRAIL):
            seen |= Q(children=[]) & (Q(programme_id__isnull=True) | Q(subject__in=ACCOUNTS))
        return self.filter(seen)

    def between(self, since: date, until: date) -> "AuditEventQuerySet":
        """Returns the entries of a period of London's days, both included, newest first."""
        return self.filter(at__range=moments(since, until)).order_by("-at", "-id")


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
            BrinIndex(fields=["at"], name="audit_by_time", autosummarize=True),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(children=[]) | Q(programme_id__isnull=False), name="audit_children_of_a_programme"
            ),
        ]
