from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from inharmony.access.dated import DateRange
from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import DatedOfChildQuerySet
from programmes.instruments import Instrument


class Playing(models.Model):
    """
    What a child plays, from when to when, and in which ensemble they learn it where it is learned in one.

    One instrument at a time: the one a child is counted under, is lent, and goes on with. A second would count a child
    twice wherever children are counted by instrument, and nobody keeps seconds alike from tutor to tutor.
    """

    privacy: ClassVar = Privacy(
        plain="id programme ensemble",
        personal="child instrument starts_on ends_on",
        wall=Wall.CHILD,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="playings", db_constraint=False)
    ensemble = models.ForeignKey(
        "programmes.Ensemble", models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    instrument = models.CharField(max_length=11, choices=Instrument)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects = DatedOfChildQuerySet["Playing"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="participants_playing_dates_in_order",
                violation_error_message="An instrument cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(instrument__in=Instrument.values), name="participants_playing_known_instrument"
            ),
            ExclusionConstraint(
                name="participants_playing_one_at_a_time",
                expressions=[
                    (F("child"), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This child plays another instrument at that time.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_instrument_display()}, from {self.starts_on:%d %B %Y}"

    def is_on(self, day: date) -> bool:
        """Returns whether it is what the child plays on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
