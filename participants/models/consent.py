from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Rights, Wall
from participants.models.visibility import OfChildQuerySet


class ConsentQuerySet(OfChildQuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        """Returns the answer that counts of each child and purpose: the last one given."""
        return self.order_by("child_id", "purpose", "-answered_on", "-id").distinct("child_id", "purpose")


class Consent(models.Model):
    """
    One answer about one purpose: what, who gave it, when, to which wording (participants/wordings.py).

    Answers are added, never changed: another answer is another row, and the last one given counts. No answer is no
    consent. Where two records of a child become one, its answers are carried over.
    """

    class Purpose(models.TextChoices):
        PHOTO_INSIDE = "photo_inside", "Photos inside the programme"
        PHOTO_PUBLIC = "photo_public", "Photos in public"
        SURVEY = "survey", "Surveys"
        RESEARCH = "research", "Research"
        QUOTATION = "quotation", "Quotations and case studies"

    class Answer(models.TextChoices):
        GIVEN = "given", "Given"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    privacy: ClassVar = Privacy(
        plain="id programme purpose wording_version",
        personal="child answer given_by answered_on recorded_by",
        wall=Wall.CHILD,
        rights=Rights.CARRY,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="consents", db_constraint=False)
    purpose = models.CharField(max_length=12, choices=Purpose)
    answer = models.CharField(max_length=9, choices=Answer)
    given_by = models.CharField(max_length=120)
    answered_on = models.DateField()
    wording_version = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["child", "purpose", "-answered_on"], name="consent_by_child_purpose"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer__in=["given", "refused", "withdrawn"]),
                name="participants_consent_known_answer",
            ),
            models.CheckConstraint(
                condition=~Q(given_by=""),
                name="participants_consent_given_by_someone",
                violation_error_message="Say who gave the answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.get_answer_display().lower()}"

    @property
    def is_given(self) -> bool:
        """Whether it is a yes."""
        return self.answer == self.Answer.GIVEN
