from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inharmony.access.privacy import Privacy
from programmes.instruments import Instrument

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class EnsembleQuerySet(models.QuerySet["Ensemble"]):
    def visible_to(self, user: "User") -> "EnsembleQuerySet":
        """Returns all ensembles of the person's whole programmes; elsewhere those they lead or cover a session of."""
        return self.filter(Q(programme_id__in=user.reach.whole_programmes) | Q(pk__in=own_ensembles(user)))

    def playing(self) -> "EnsembleQuerySet":
        """Returns ensembles that have not ended by today."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


def own_ensembles(user: "User") -> frozenset[int]:
    """
    Returns the ids of the ensembles a coordinator leads or covers a session of, in programmes not seen whole.

    Read once a request, as the person's roles are: every question about who may be seen asks for them, and a list of
    ids is planned and answered in a tenth of the time that the same question takes as a nested statement.
    """
    if not user.reach.own_ensembles_in:
        return frozenset()
    known: frozenset[int] | None = user.__dict__.get("_own_ensembles")
    if known is None:
        inside = Ensemble.objects.filter(programme_id__in=user.reach.own_ensembles_in)
        covers = Q(
            pk__in=apps.get_model("programmes", "Session").objects.filter(tutor__user=user.pk).values("ensemble")
        )
        known = frozenset(inside.filter(Q(tutors__user=user.pk) | covers).values_list("pk", flat=True))
        user.__dict__["_own_ensembles"] = known
    return known


class Ensemble(models.Model):
    """A playing group of a programme."""

    class Kind(models.TextChoices):
        # the sector's list, as in the Key Data on Music Education Hubs
        MIXED_ACOUSTIC = "acoustic", "Acoustic group, mixed"
        BRASS = "brass", "Brass group"
        CHOIR_MIXED = "choir_mixed", "Choir, mixed voices"
        CHOIR_UPPER = "choir_upper", "Choir, upper voices"
        FOLK = "folk", "Folk group"
        GUITAR = "guitar", "Guitar group"
        JAZZ = "jazz", "Jazz band"
        KEYBOARD = "keyboard", "Keyboard group"
        ORCHESTRA_LARGE = "orchestra_large", "Orchestra, large"
        ORCHESTRA_MIXED = "orchestra_mixed", "Orchestra, mixed"
        PERCUSSION = "percussion", "Percussion group"
        ROCK = "rock", "Rock, pop or electronic group"
        STRING = "string", "String group"
        WIND = "wind", "Wind or military band"
        WOODWIND = "woodwind", "Woodwind group"
        WORLD = "world", "World music group"
        OTHER = "other", "Other group"

    class Level(models.TextChoices):
        ENTRY = "entry", "Entry"
        FOUNDATION = "foundation", "Foundation"
        INTERMEDIATE = "intermediate", "Intermediate"
        ADVANCED = "advanced", "Advanced"

    privacy: ClassVar = Privacy(
        plain="id programme school name kind level capacity starts_on ends_on tutors instruments",
        closes_with_hub=True,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="ensembles")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="ensembles")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=15, choices=Kind)
    level = models.CharField(max_length=12, choices=Level, default=Level.ENTRY)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    tutors = models.ManyToManyField("programmes.Tutor", related_name="ensembles")
    # that it teaches
    instruments = ArrayField(models.CharField(max_length=11, choices=Instrument), default=list, db_default=[])

    objects = EnsembleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_ensemble_dates_in_order",
                violation_error_message="An ensemble cannot end before it starts.",
            ),
            models.UniqueConstraint(fields=["id", "programme"], name="programmes_ensemble_in_programme"),
            models.CheckConstraint(
                condition=Q(instruments__contained_by=Instrument.values),
                name="programmes_ensemble_known_instruments",
                violation_error_message="Choose instruments from the list.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_crowded_by(self, children: int) -> bool:
        """Returns whether so many are more than it holds; one without a number of places holds any."""
        return self.capacity is not None and children > self.capacity
