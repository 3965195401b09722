from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy
from schools.models.school import School

if TYPE_CHECKING:
    from inharmony.accounts.models import User


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


NUMBERS = ("roll", *SHARES[:4], "imd_decile", "idaci_decile", *SHARES[4:])


class SchoolContextQuerySet(models.QuerySet["SchoolContext"]):
    def visible_to(self, user: "User") -> "SchoolContextQuerySet":
        """Returns what the person sees of schools, hand-entered numbers among it: of the schools of their reach."""
        return self.filter(school__in=schools_seen_by(user, Permission.SEE_SCHOOL_CONTEXT))


def schools_seen_by(user: "User", permission: Permission) -> "models.QuerySet[School]":
    """Returns the schools that work or worked with a hub in which the person holds the permission; or with any hub."""
    reach = user.reach
    if reach.may_everywhere(permission) or (reach.is_national and reach.may(permission)):
        partners = School.objects.filter(partnerships__isnull=False)
    else:
        partners = School.objects.filter(partnerships__programme_id__in=reach.programmes_for(permission))
    return School.objects.filter(pk__in=partners.values("pk"))


class SchoolContext(models.Model):
    """
    What a whole school was like in an academic year, never a child: roll, shares, deprivation, attendance, attainment.

    School attendance is the Department's half-day attendance, never ours. Which numbers were entered by hand stands in
    `by_hand`, and `is_published` says whether those can be read elsewhere: where not, they are the hub's and national
    staff's, for the share of a small school can give a child away. All others are from published tables. What is for
    everybody is read by `schools/queries/context.py`.
    """

    class Origin(models.TextChoices):
        TABLE = "table", "A published table"
        HAND = "hand", "Entered by hand"

    privacy: ClassVar = Privacy(
        plain="id school academic_year roll fsm_percent pupil_premium_percent eal_percent sen_percent imd_decile "
        "idaci_decile attendance_percent persistent_absence_percent expected_percent higher_percent source origin "
        "is_published by_hand source_by_hand kept_at",
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
    # of the published tables; empty where all was entered by hand
    source = models.TextField(blank=True)
    origin = models.CharField(max_length=5, choices=Origin)
    is_published = models.BooleanField(default=False)
    # names of fields
    by_hand = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    source_by_hand = models.TextField(blank=True, max_length=500)
    kept_at = models.DateTimeField(auto_now=True)

    objects = SchoolContextQuerySet.as_manager()

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
