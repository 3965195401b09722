from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Rights, Wall
from participants.models.visibility import OfChildQuerySet


class AccessNoteQuerySet(OfChildQuerySet["AccessNote"]):
    def standing(self) -> "AccessNoteQuerySet":
        """Returns those that were not ended: one a child at most."""
        return self.filter(ended_at__isnull=True)


class AccessNote(models.Model):
    """
    What helps a child to take part, in one short line: "Sits near the door; needs large print".

    It often lets guess at health, so it is special category data whatever it says (UK GDPR Art. 9), and names its
    condition. Only a hub administrator types one; no import brings one in, and no export, print, list or grid takes one
    out. Whoever takes a register sees it around the session and at no other time (validators/session_window.py).

    Changed in place, so that what was there before is kept nowhere; the history names who changed which field. Nothing
    of safeguarding belongs here: it would be read aloud in a hall. For that there is whom to call.
    """

    class ToldBy(models.TextChoices):
        FAMILY = "family", "The family"
        SCHOOL = "school", "The school"
        CHILD = "child", "The child"

    class Condition(models.TextChoices):
        CONSENT = "consent", "They agreed in so many words that the hub keeps it (explicit consent)"
        EQUALITY = "equality", "The child could not take part like the others without it (equality of opportunity)"

    privacy: ClassVar = Privacy(
        plain="id programme noted_at ended_at",
        personal="child noted_by ended_by",
        special="words told_by condition",
        # what was said to the hub is shown to no school
        wall=Wall.PROGRAMME,
        rights=Rights.END,
        # no figure is made of it
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="access_notes", db_constraint=False)
    words = models.CharField(max_length=200)
    told_by = models.CharField(max_length=6, choices=ToldBy)
    condition = models.CharField(max_length=8, choices=Condition)
    # of the words that stand
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AccessNoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-noted_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(ended_at__isnull=True),
                name="participants_accessnote_one_standing",
                violation_error_message="This child has an access note.",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="participants_accessnote_says_something"),
            models.CheckConstraint(
                condition=Q(told_by__in=["family", "school", "child"], condition__in=["consent", "equality"]),
                name="participants_accessnote_known_basis",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="participants_accessnote_ended_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"Access note {self.pk}"
