from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class VenueQuerySet(models.QuerySet["Venue"]):
    def visible_to(self, user: "User") -> "VenueQuerySet":
        """Returns the venues of the person's programmes."""
        return self.filter(programme_id__in=user.reach.programmes)

    def used_on(self, day: date) -> "VenueQuerySet":
        """Returns the venues that sessions can be in on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Venue(models.Model):
    """Where sessions happen: a room of a school, or a place of the programme's own, until its last day of use."""

    privacy: ClassVar = Privacy(plain="id programme school name postcode ends_on", closes_with_hub=True)

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="venues")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="venues")
    name = models.CharField(max_length=80)
    postcode = models.CharField(max_length=8, blank=True)
    ends_on = models.DateField(null=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "school", "name"],
                nulls_distinct=False,
                name="programmes_venue_once_a_name",
                violation_error_message="There is a venue of this name at this school.",
            ),
            models.UniqueConstraint(fields=["id", "programme"], name="programmes_venue_in_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.name}" if self.school_id else self.name

    def is_used_on(self, day: date) -> bool:
        """Whether sessions can be in it on a day."""
        return self.ends_on is None or day <= self.ends_on
