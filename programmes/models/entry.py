"""What every entry of the public record has: where it was found, whether a person keeps it, its versions."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Rights


class Precision(models.TextChoices):
    """How much of a date is in print: of a month or a year alone, its first day is stored."""

    DAY = "day", "The day"
    MONTH = "month", "Only the month"
    YEAR = "year", "Only the year"


class Kept(models.Model):
    """A row of the record that comes with the portal, until a person changes it: then loading leaves it alone."""

    # the name of the fact it came from, whatever a person makes of it; null of what a person added
    key = models.SlugField(max_length=100, unique=True, null=True, editable=False)  # noqa: DJ001 - many have none
    is_by_hand = models.BooleanField(default=False)

    class Meta:
        abstract = True


class EntryQuerySet(models.QuerySet[Any]):
    def shown(self) -> Self:
        """Returns the entries that have not been withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class Entry(Kept):
    """A row of the record that can be withdrawn: no page shows it any more, its versions stay."""

    withdrawn_on = models.DateField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True


# what the privacy of an entry names beside its own fields
KEPT = " id key is_by_hand"
ENTRY = f"{KEPT} withdrawn_on"


class EntryVersion(models.Model):
    """
    What an entry said from an act on: added by the act that keeps entries, never changed.

    The first version of an entry that came with the portal is what it said before the first act.
    """

    privacy: ClassVar = Privacy(
        plain="id kind entry number values reason written_at is_withdrawn",
        personal="written_by",
        rights=Rights.APPEND,
    )

    # a key of programmes.record.kinds, and the row's own key
    kind = models.CharField(max_length=40)
    entry = models.BigIntegerField()
    number = models.PositiveIntegerField()
    # every field by name, as JSON
    values = models.JSONField()
    is_withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    # nobody: it came with the portal
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["kind", "entry", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "entry", "number"], name="programmes_entryversion_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="programmes_entryversion_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry}, version {self.number}"
