import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inharmony.access.privacy import Privacy, Wall
from participants.models.attendance import Mark
from participants.models.visibility import OfChildQuerySet


class KnownAbsenceQuerySet(OfChildQuerySet["KnownAbsence"]):
    def standing(self) -> "KnownAbsenceQuerySet":
        """Returns those nobody has taken back."""
        return self.filter(taken_back_at__isnull=True)

    def on(self, day: object) -> "KnownAbsenceQuerySet":
        """Returns the standing ones of a day."""
        return self.standing().filter(starts_on__lte=day, ends_on__gte=day)


class KnownAbsence(models.Model):
    """
    That a child will not come, said beforehand: from when to when, and why in one of a few words.

    It presets the register, of whichever ensemble; a register saved says what was, whatever was known. The reasons ask
    for nothing of health, faith or family: what a tutor needs is that somebody knows.
    """

    class Reason(models.TextChoices):
        AWAY = "away", "Not in school"
        APPOINTMENT = "appointment", "Out for part of the day"
        FAMILY = "family", "The family said so"
        TRIP = "trip", "School trip"
        EVENT = "event", "Another school event"
        OTHER = "other", "Another reason"

    privacy: ClassVar = Privacy(
        plain="id programme press noted_at taken_back_at",
        personal="child starts_on ends_on reason noted_by taken_back_by",
        # no page shows a school what was said to the hub
        wall=Wall.PROGRAMME,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="known_absences", db_constraint=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=11, choices=Reason)
    # what was noted in one press can be taken back in one
    press = models.UUIDField(default=uuid.uuid4)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = KnownAbsenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="participants_knownabsence_dates_in_order",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["away", "appointment", "family", "trip", "event", "other"]),
                name="participants_knownabsence_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="participants_knownabsence_taken_back_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}, {self.starts_on:%d %B %Y} to {self.ends_on:%d %B %Y}"

    @property
    def mark(self) -> Mark:
        """The mark it stands for."""
        return mark_for(self.reason)


def mark_for(reason: str) -> Mark:
    """Returns the mark a reason stands for: where the school keeps a child away, excused; else absent, reason known."""
    at_school = (KnownAbsence.Reason.TRIP, KnownAbsence.Reason.EVENT)
    return Mark.EXCUSED if reason in at_school else Mark.REASON_KNOWN
