from typing import TYPE_CHECKING, ClassVar

from django.db import models

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import OfChildQuerySet

if TYPE_CHECKING:
    pass


class ConsentQuerySet(OfChildQuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        """Returns the answer that counts of each child and purpose: the last one given."""
        return self.order_by("child_id", "purpose", "-answered_on", "-id").distinct("child_id", "purpose")


class Consent(models.Model):
    """One answer about one purpose: who gave it, when, to which wording. Withdrawing is a new answer."""

    class Purpose(models.TextChoices):
        PHOTO_INSIDE = "photo_inside", "Photos inside the programme"
        PHOTO_PUBLIC = "photo_public", "Photos in public"
        SURVEY = "survey", "Surveys"
        RESEARCH = "research", "Research"

    privacy: ClassVar = Privacy(
        plain="id programme purpose wording_version",
        personal="child is_given given_by answered_on recorded_by",
        wall=Wall.CHILD,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="consents", db_constraint=False)
    purpose = models.CharField(max_length=12, choices=Purpose)
    is_given = models.BooleanField()
    given_by = models.CharField(max_length=120)
    answered_on = models.DateField()
    wording_version = models.CharField(max_length=20)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["child", "purpose", "-answered_on"], name="consent_by_child_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {'given' if self.is_given else 'refused'}"
