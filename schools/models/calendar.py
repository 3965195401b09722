"""Years, terms and closures. Dates belong to a school and default to those of its local authority."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inharmony.access.dated import DateRange
from inharmony.access.privacy import National, Privacy

OWNED_ONCE = Q(local_authority__isnull=True, school__isnull=False) | Q(
    local_authority__isnull=False, school__isnull=True
)


class AcademicYear(models.Model):
    """1 September to 31 August, written `2026-27` and keyed by its first calendar year."""

    privacy: ClassVar = Privacy(plain="year", national=National.READ)

    year = models.PositiveSmallIntegerField(primary_key=True)

    class Meta:
        ordering: ClassVar = ["year"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2099)),
                name="schools_academicyear_in_this_century",
                violation_error_message="Write the academic year like 2026-27.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{(self.year + 1) % 100:02d}"

    @property
    def starts_on(self) -> date:
        """The first day: 1 September."""
        return date(self.year, 9, 1)

    @property
    def ends_on(self) -> date:
        """The last day: 31 August of the next calendar year."""
        return date(self.year + 1, 8, 31)

    @staticmethod
    def year_of(day: date) -> int:
        """Returns the key of the academic year a day falls in: 31 August 2026 is in 2025, 1 September in 2026."""
        return day.year if day.month >= 9 else day.year - 1

    @classmethod
    def current(cls) -> "AcademicYear":
        """Returns the year of today (London time), making its row at the turn of the year."""
        return cls.objects.get_or_create(year=cls.year_of(timezone.localdate()))[0]

    @classmethod
    def parse(cls, written: str) -> "AcademicYear":
        """Returns the year written `2026-27`; raises ValueError naming the form expected."""
        first, _, second = written.partition("-")
        if not (first.isdigit() and len(first) == 4 and second == f"{(int(first) + 1) % 100:02d}"):
            raise ValueError(f"'{written}' is not an academic year: write it like 2026-27.")
        return cls(year=int(first))


class Term(models.Model):
    """One of three terms of a year, with its half-term break; of a local authority, or of a school that differs."""

    class Season(models.TextChoices):
        AUTUMN = "autumn", "Autumn"
        SPRING = "spring", "Spring"
        SUMMER = "summer", "Summer"

    privacy: ClassVar = Privacy(
        plain="id year season local_authority school starts_on ends_on half_term_starts_on half_term_ends_on",
        national=National.READ,
    )

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="terms")
    season = models.CharField(max_length=6, choices=Season)
    local_authority = models.ForeignKey("schools.LocalAuthority", models.PROTECT, null=True, related_name="terms")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="terms")
    starts_on = models.DateField()
    ends_on = models.DateField()
    half_term_starts_on = models.DateField(null=True)
    half_term_ends_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=OWNED_ONCE, name="schools_term_of_authority_or_school"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="schools_term_dates_in_order",
                violation_error_message="A term cannot end before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(half_term_starts_on__isnull=True, half_term_ends_on__isnull=True)
                | Q(
                    half_term_starts_on__gt=F("starts_on"),
                    half_term_ends_on__gte=F("half_term_starts_on"),
                    half_term_ends_on__lt=F("ends_on"),
                ),
                name="schools_term_half_term_inside",
                violation_error_message="The half-term break lies inside its term.",
            ),
            models.UniqueConstraint(
                fields=["year", "season", "local_authority", "school"],
                nulls_distinct=False,
                name="schools_term_once_a_season",
            ),
            ExclusionConstraint(
                name="schools_term_no_overlap_in_authority",
                expressions=[
                    (F("local_authority"), RangeOperators.EQUAL),
                    (
                        DateRange(F("starts_on"), F("ends_on"), models.Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(school__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_season_display()} term {self.year}"


class Closure(models.Model):
    """Days without sessions inside a term: a bank holiday, an INSET day, snow."""

    privacy: ClassVar = Privacy(plain="id local_authority school starts_on ends_on reason", national=National.READ)

    local_authority = models.ForeignKey("schools.LocalAuthority", models.PROTECT, null=True, related_name="closures")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="closures")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=OWNED_ONCE, name="schools_closure_of_authority_or_school"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="schools_closure_dates_in_order",
                violation_error_message="A closure cannot end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason}, {self.starts_on:%d %B %Y}"
