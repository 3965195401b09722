"""
What the marks add up to: one attendance figure, kept as counts, so that no page adds up a million marks.

The database keeps both tables: statement triggers on marks and sessions add differences (migrations/0013), whatever
writes a mark; nothing else may write here. `check_figures` proves that nothing drifts.
"""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import OfChildQuerySet
from programmes.models import Session

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class RegisterTallyQuerySet(models.QuerySet["RegisterTally"]):
    def visible_to(self, user: "User") -> "RegisterTallyQuerySet":
        """Returns the tallies of the sessions the person sees."""
        whole = models.Q(programme_id__in=user.reach.whole_programmes)
        return self.filter(whole | models.Q(session__in=Session.objects.visible_to(user)))


class RegisterTally(models.Model):
    """The marks of one register, counted by kind. A register nobody has taken has no row."""

    privacy: ClassVar = Privacy(
        plain="session programme present late reason_known no_reason excused",
        wall=Wall.PROGRAMME,
        # it follows the marks, which close themselves
        closes_with_hub=False,
    )

    session = models.OneToOneField(Session, models.PROTECT, primary_key=True, related_name="tally", db_constraint=False)
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    present = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    reason_known = models.IntegerField(default=0)
    no_reason = models.IntegerField(default=0)
    excused = models.IntegerField(default=0)

    objects = RegisterTallyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Tally of session {self.session_id}"


class ChildMonth(models.Model):
    """
    One child's marks of one ensemble in one calendar month: how often they came, stayed away, were excused, and the
    minutes offered and received. Every mark counts once, in a session of several ensembles as one of the ensemble that
    it was planned for.

    Months, not terms: the days of a term may be entered later or changed, a month stays.
    """

    privacy: ClassVar = Privacy(
        plain="pk programme ensemble month",
        personal="child came absent excused minutes_offered minutes_received",
        wall=Wall.CHILD,
        closes_with_hub=False,
    )

    pk = models.CompositePrimaryKey("child", "ensemble", "month")
    child = models.ForeignKey(
        "participants.Child", models.PROTECT, related_name="months", db_constraint=False, db_index=False
    )
    ensemble = models.ForeignKey(
        "programmes.Ensemble", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    # its first day
    month = models.DateField()
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    came = models.IntegerField(default=0)
    absent = models.IntegerField(default=0)
    excused = models.IntegerField(default=0)
    minutes_offered = models.IntegerField(default=0)
    minutes_received = models.IntegerField(default=0)

    objects = OfChildQuerySet["ChildMonth"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["programme", "month"], name="childmonth_by_programme")]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"
