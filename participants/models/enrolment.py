from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from inharmony.access.dated import DateRange
from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import DatedOfChildQuerySet, OfChildQuerySet

if TYPE_CHECKING:
    pass


class YearGroup(models.TextChoices):
    """National Curriculum year groups; X is a curriculum not followed."""

    N1 = "N1", "Nursery, first year"
    N2 = "N2", "Nursery, second year"
    R = "R", "Reception"
    Y1 = "1", "Year 1"
    Y2 = "2", "Year 2"
    Y3 = "3", "Year 3"
    Y4 = "4", "Year 4"
    Y5 = "5", "Year 5"
    Y6 = "6", "Year 6"
    Y7 = "7", "Year 7"
    Y8 = "8", "Year 8"
    Y9 = "9", "Year 9"
    Y10 = "10", "Year 10"
    Y11 = "11", "Year 11"
    Y12 = "12", "Year 12"
    Y13 = "13", "Year 13"
    Y14 = "14", "Year 14"
    X = "X", "No year group"

    def after(self, years: int) -> "YearGroup | None":
        """Returns the year group some years on; None beyond the last. No year group stays none."""
        if self is YearGroup.X:
            return self
        place = IN_ORDER.index(self) + years
        return IN_ORDER[place] if place < len(IN_ORDER) else None


IN_ORDER = tuple(group for group in YearGroup if group is not YearGroup.X)


class Enrolment(models.Model):
    """
    A child in a programme at a school (or at none, when educated at home), from when to when.

    Whether the child is at risk stands here a second time, held equal to the child's own flag by a foreign key: the
    wall lets a school's lead through by the enrolment, and may ask nothing but its row.
    """

    privacy: ClassVar = Privacy(
        plain="id programme roster_import revision",
        personal="child school starts_on ends_on",
        special="is_at_risk",
        wall=Wall.CHILD,
    )

    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="enrolments", db_constraint=False
    )
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="enrolments", db_constraint=False)
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="enrolments")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    is_at_risk = models.BooleanField(default=False, db_default=False)
    roster_import = models.ForeignKey("participants.RosterImport", models.PROTECT, null=True, related_name="enrolments")
    revision = models.PositiveIntegerField(default=1)

    objects = DatedOfChildQuerySet["Enrolment"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="participants_enrolment_dates_in_order",
                violation_error_message="An enrolment cannot end before it starts.",
            ),
            ExclusionConstraint(
                name="participants_enrolment_no_overlap",
                expressions=[
                    (F("child"), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This child is enrolled in the programme at that time.",
            ),
            models.UniqueConstraint(fields=["id", "child", "programme"], name="participants_enrolment_of_child"),
        ]

    def __str__(self) -> str:
        return f"Enrolment {self.pk}"


class Placement(models.Model):
    """The year group and school class of an enrolled child in one academic year."""

    privacy: ClassVar = Privacy(
        plain="id programme academic_year roster_import rolled_in revision",
        personal="enrolment child year_group school_class",
        wall=Wall.CHILD,
    )

    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="placements", db_constraint=False, db_index=False
    )
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="placements", db_constraint=False)
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    year_group = models.CharField(max_length=2, choices=YearGroup, blank=True)
    school_class = models.CharField(max_length=40, blank=True)
    roster_import = models.ForeignKey("participants.RosterImport", models.PROTECT, null=True, related_name="placements")
    # the press that made it at the turn of the year; null where it came in otherwise
    rolled_in = models.ForeignKey(
        "participants.RollForward", models.PROTECT, null=True, related_name="placements", db_constraint=False
    )
    revision = models.PositiveIntegerField(default=1)

    objects = OfChildQuerySet["Placement"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enrolment", "academic_year"], name="participants_placement_once_a_year"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "academic_year"], name="placement_by_programme_year"),
        ]

    def __str__(self) -> str:
        return f"{self.get_year_group_display()} {self.school_class}".strip()
