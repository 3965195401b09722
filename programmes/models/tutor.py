from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from inharmony.access.privacy import Privacy

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class TutorQuerySet(models.QuerySet["Tutor"]):
    def visible_to(self, user: "User") -> "TutorQuerySet":
        """Returns the tutors of the person's programmes."""
        return self.filter(programme_id__in=user.reach.programmes)


class Tutor(models.Model):
    """Someone who leads an ensemble in a programme; with an account, they see its sessions as their day."""

    privacy: ClassVar = Privacy(plain="id programme", personal="name user", closes_with_hub=True)

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="tutors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="tutor_in")
    name = models.CharField(max_length=120)

    objects = TutorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "user"], name="programmes_tutor_once_a_person"),
            models.UniqueConstraint(fields=["id", "programme"], name="programmes_tutor_in_programme"),
        ]

    def __str__(self) -> str:
        return self.name
