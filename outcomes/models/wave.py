"""
Waves: who is asked what, when; the groups that are asked, and the slips by which each answers.

Names are taken off in a closed hub as well, so none of these tables closes with its hub: asking and answering refuse
there by themselves (validators/wave.py).
"""

import secrets
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy, Rights, Wall
from outcomes.measures.structure import Informant
from participants.models.enrolment import YearGroup

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# no letter or digit that a child takes for another (0 O, 1 I L, 2 Z, 5 S, 8 B), and no vowel: no code is a word
LETTERS = "CDFGHJKMNPQRTVWXY34679"
CODE_LENGTH = 7
NUMBER_LENGTH = 4

Row = TypeVar("Row", bound=models.Model)


def new_code() -> str:
    """Returns a code for a group: seven of 22 letters and digits, 2.5 thousand million codes."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


class OfProgrammeQuerySet(models.QuerySet[Row]):
    """Rows of a hub whose waves the person keeps."""

    def visible_to(self, user: "User") -> Self:
        """Returns the rows of the programmes that the person sees whole; who holds a slip has no account."""
        return self.filter(programme_id__in=user.reach.programmes_for(Permission.KEEP_WAVES))


class Wave(models.Model):
    """
    One time of asking: a measure in one version, who is asked, from which day to which.

    It is open on those days until somebody closes it. A closed wave is never opened again and never changed: the
    database refuses (migration 0001). `names_off_at` is when names were taken off its answers.
    """

    class Moment(models.TextChoices):
        """What a wave is compared as: answers of one that is before with those of one that is after."""

        BEFORE = "before", "At the start"
        AFTER = "after", "Later"

    privacy: ClassVar = Privacy(
        plain="id programme academic_year measure version informant moment name year_groups opens_on closes_on "
        "closed_at names_off_at made_at",
        personal="made_by closed_by",
        rights=Rights.END,
        figures_may="SELECT, UPDATE",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    # a measure of outcomes.measures.shipped, in the version that is asked
    measure = models.CharField(max_length=20)
    version = models.CharField(max_length=10)
    informant = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Informant])
    moment = models.CharField(max_length=6, choices=Moment)
    name = models.CharField(max_length=60)
    # those asked, or whose families are asked; none where no child in particular is asked about
    year_groups = ArrayField(models.CharField(max_length=2, choices=YearGroup), default=list)
    opens_on = models.DateField()
    # the last day, to its end in London
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    names_off_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfProgrammeQuerySet["Wave"].as_manager()

    class Meta:
        ordering: ClassVar = ["-opens_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "programme"], name="outcomes_wave_in_programme"),
            models.UniqueConstraint(
                fields=["programme", "academic_year", "measure", "name"],
                name="outcomes_wave_one_of_a_name",
                violation_error_message="There is a wave of this name and measure in this year.",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="outcomes_wave_dates_in_order",
                violation_error_message="A wave cannot close before it opens.",
            ),
            models.CheckConstraint(
                condition=Q(moment__in=["before", "after"])
                & Q(informant__in=[one.value for one in Informant])
                & ~Q(name=""),
                name="outcomes_wave_known_kinds",
            ),
            models.CheckConstraint(
                condition=Q(names_off_at__isnull=True) | Q(closed_at__isnull=False),
                name="outcomes_wave_names_off_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AskedGroup(models.Model):
    """
    A school class that is asked in a wave, or whose families are; a school's staff; a programme's tutors.

    Its code is what a class types, or what the picture on a slip holds. By itself it opens nothing but the question for
    the number on one's slip.
    """

    privacy: ClassVar = Privacy(
        plain="id programme wave school year_group school_class code asked answered",
        wall=Wall.SLIP,
        figures_may="SELECT, UPDATE",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="groups", db_constraint=False)
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+")
    year_group = models.CharField(max_length=2, choices=YearGroup, blank=True)
    school_class = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    # how many slips and how many responses there were when names were taken off; before, both are counted
    asked = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)

    objects = OfProgrammeQuerySet["AskedGroup"].as_manager()

    class Meta:
        ordering: ClassVar = ["school", "year_group", "school_class", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "wave", "programme"], name="outcomes_askedgroup_in_wave"),
            models.UniqueConstraint(
                fields=["wave", "school", "year_group", "school_class"],
                nulls_distinct=False,
                name="outcomes_askedgroup_once",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=f"^[{LETTERS}]{{{CODE_LENGTH}}}$"), name="outcomes_askedgroup_code_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"Asked group {self.pk}"


class Slip(models.Model):
    """
    What one person answers by: a number within the group's code.

    A child's slip, and one for a child's family, names the child until the wave is closed and names are taken off; one
    for staff or tutors names nobody. A child gets one slip in a wave; two only where two records of a child became one.
    """

    privacy: ClassVar = Privacy(
        plain="id programme wave group mark",
        personal="child",
        wall=Wall.SLIP,
        figures_may="SELECT, DELETE",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="slips", db_constraint=False)
    group = models.ForeignKey(AskedGroup, models.PROTECT, related_name="slips", db_constraint=False)
    child = models.ForeignKey(
        "participants.Child", models.PROTECT, null=True, related_name="slips", db_constraint=False
    )
    # the group's code and the slip's number, as a picture on it holds them
    mark = models.CharField(max_length=CODE_LENGTH + NUMBER_LENGTH, unique=True)

    objects = OfProgrammeQuerySet["Slip"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["wave", "child"], name="slip_by_wave_child")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "wave", "programme"], name="outcomes_slip_in_wave"),
            models.CheckConstraint(
                condition=Q(mark__regex=f"^[{LETTERS}]{{{CODE_LENGTH}}}[1-9][0-9]{{{NUMBER_LENGTH - 1}}}$"),
                name="outcomes_slip_mark_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Slip {self.pk}"

    @property
    def number(self) -> str:
        """What is typed after the code: four digits, the first not 0."""
        return self.mark[CODE_LENGTH:]
