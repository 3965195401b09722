from typing import ClassVar

from django.db import models
from django.db.models import Q

from inharmony.access.privacy import National, Privacy


def _percent(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, 100)}),
        name=f"schools_schoolcontext_{field}_of_100",
        violation_error_message="A share is between 0 and 100 per cent.",
    )


SHARES = (
    *("fsm_percent", "pupil_premium_percent", "eal_percent", "sen_percent"),
    *("attendance_percent", "persistent_absence_percent", "expected_percent", "higher_percent"),
)


class SchoolContext(models.Model):
    """
    What a whole school was like in an academic year, never a child: roll, shares, deprivation, attendance, attainment.

    School attendance is the Department's half-day attendance, never ours. `is_published` says that the numbers are
    from a published table; others are the school's own words and are no page's but the hub's.
    """

    class Origin(models.TextChoices):
        TABLE = "table", "A published table"
        HAND = "hand", "Entered by hand"

    privacy: ClassVar = Privacy(
        plain="id school academic_year roll fsm_percent pupil_premium_percent eal_percent sen_percent imd_decile "
        "idaci_decile attendance_percent persistent_absence_percent expected_percent higher_percent source origin "
        "is_published kept_at",
        national=National.READ,
    )

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="contexts")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    # pupils on roll at the January census
    roll = models.PositiveIntegerField(null=True)
    # shares of the roll, per cent
    fsm_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    pupil_premium_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    eal_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    sen_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    # of the school's own place; 1 is the most deprived tenth of England
    imd_decile = models.PositiveSmallIntegerField(null=True)
    idaci_decile = models.PositiveSmallIntegerField(null=True)
    # of possible half days, per cent
    attendance_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    # pupils who missed a tenth of their half days or more, per cent
    persistent_absence_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    # of pupils at the end of key stage 2, at the expected and the higher standard in reading, writing and mathematics
    expected_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    higher_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    source = models.TextField()
    origin = models.CharField(max_length=5, choices=Origin)
    is_published = models.BooleanField(default=False)
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["school", "academic_year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "academic_year"], name="schools_schoolcontext_once_a_year"),
            *(_percent(field) for field in SHARES),
            models.CheckConstraint(
                condition=(Q(imd_decile__isnull=True) | Q(imd_decile__range=(1, 10)))
                & (Q(idaci_decile__isnull=True) | Q(idaci_decile__range=(1, 10))),
                name="schools_schoolcontext_deciles_1_to_10",
                violation_error_message="A decile is a whole number from 1 to 10.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.academic_year}"
