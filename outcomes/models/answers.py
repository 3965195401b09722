"""Answers: with the slip they came by while a wave is open, and without any name from when it is closed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Rights, Wall
from outcomes.models.wave import OfProgrammeQuerySet, Slip, Wave
from participants.models.enrolment import YearGroup


class Response(models.Model):
    """
    What came by a slip so far: of each item the value of its answer, or null where it was skipped.

    Of a measure of which only scores are kept it is the score of each part, as it was keyed from a paper form.
    An item that is not in `answers` was not reached. While the wave is open an answer may be changed; the database
    takes none for a closed wave. Once names are taken off the row is gone, and a Sheet is there.
    """

    privacy: ClassVar = Privacy(
        plain="id programme wave slip begun_at ended_at",
        personal="keyed_by",
        special="answers",
        wall=Wall.SLIP,
        figures_may="SELECT, DELETE",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="responses", db_constraint=False)
    slip = models.OneToOneField(Slip, models.PROTECT, related_name="response", db_constraint=False)
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    # when the last question was left behind
    ended_at = models.DateTimeField(null=True)
    # who keyed in a paper sheet; null where it was answered on a screen
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfProgrammeQuerySet["Response"].as_manager()

    def __str__(self) -> str:
        return f"Response {self.pk}"


class Sheet(models.Model):
    """
    The answers of one respondent to one wave, with no name and no time: what analyses read, in the worker alone.

    `respondent` lays a child's sheets of several waves together: a keyed hash (participants.validators.identity).
    Adults have none, so their answers of two waves are never laid together. What else stands beside the answers is what
    results are told by, of a child alone; `hours` are those of music from the first day of the academic year to the
    wave's last, to the nearest ten.
    """

    privacy: ClassVar = Privacy(
        plain="id programme wave school year_group",
        personal="respondent sex hours",
        special="answers is_pupil_premium sen is_eal",
        wall=Wall.SEALED,
        rights=Rights.ALONE,
        figures_may="SELECT, INSERT, DELETE",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="sheets")
    respondent = models.CharField(max_length=64, blank=True)
    # guarded by the database: who deletes a school may not read a sheet to find out whether one stands in the way
    school = models.ForeignKey("schools.School", models.DO_NOTHING, null=True, related_name="+")
    year_group = models.CharField(max_length=2, choices=YearGroup, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    is_pupil_premium = models.BooleanField(null=True)
    sen = models.CharField(max_length=1, blank=True)
    is_eal = models.BooleanField(null=True)
    # rounded (actions/names.py): exact ones could be added up from the registers, and say whose sheet it is
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    answers = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wave", "respondent"], condition=~Q(respondent=""), name="outcomes_sheet_one_a_wave"
            ),
        ]

    def __str__(self) -> str:
        return f"Sheet {self.pk}"
