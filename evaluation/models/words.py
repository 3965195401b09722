from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy, Rights, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# what a form takes at most, whatever a word is
MOST_CHARACTERS = 8000


class HubWordsQuerySet(models.QuerySet["HubWords"]):
    def visible_to(self, user: "User") -> "HubWordsQuerySet":
        """Returns the words of the hubs whose figures the person sees."""
        return self.filter(programme_id__in=user.reach.programmes_for(Permission.SEE_HUB_FIGURES))


class HubWords(models.Model):
    """
    What a hub wrote itself in answer to a question of a list (`evaluation.returns`), of one academic year.

    Added, never changed: the last row of a hub, year, list and question stands, the others are its history. A row
    without words says that the words before it were taken off. Behind the wall: whoever writes of what went well names
    people.
    """

    privacy: ClassVar = Privacy(
        plain="id programme academic_year paper version question written_at",
        personal="words written_by",
        wall=Wall.PROGRAMME,
        rights=Rights.APPEND,
        # what is written is counted nowhere
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+", db_index=False)
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    # the key of the list, the version it had, and the question's id
    paper = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    objects = HubWordsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "words of hubs"
        ordering: ClassVar = ["programme", "academic_year", "paper", "question", "id"]
        indexes: ClassVar = [
            models.Index(fields=["programme", "academic_year", "paper"], name="evaluation_hubwords_of_a_year")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), MOST_CHARACTERS), name="evaluation_hubwords_not_too_long"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="evaluation_hubwords_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.paper}, {self.question}, {self.academic_year_id}"
