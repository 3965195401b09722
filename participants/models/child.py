from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import Ids, Sessions, of_children_to_add, of_children_visible_to

if TYPE_CHECKING:
    from inharmony.accounts.models import User
    from programmes.models import Session


class ChildQuerySet(models.QuerySet["Child"]):
    def visible_to(self, user: "User", *, inside: Ids = None, at: Sessions = None) -> "ChildQuerySet":
        """
        Returns the children the person may see; where every reading of children starts.

        With the ids of ensembles as `inside`, those in them whom lists keep back too; with sessions as `at`, those of
        their registers: see models/visibility.py.
        """
        return self.filter(of_children_visible_to(user, child="", inside=inside, at=at))

    def to_add(self, user: "User", session: "Session") -> "ChildQuerySet":
        """Returns the children the person may add to the register of a session they see; never to be listed whole."""
        return self.filter(of_children_to_add(user, session))

    def taking_part(self, starts_on: object, ends_on: object) -> "ChildQuerySet":
        """Returns children enrolled on at least one day of a period, both days included, each once."""
        enrolled = Q(enrolments__starts_on__lte=ends_on) & (
            Q(enrolments__ends_on__isnull=True) | Q(enrolments__ends_on__gte=starts_on)
        )
        return self.filter(enrolled).distinct()


class Child(models.Model):
    """
    A child taking part in one programme. The same child in two programmes is two rows, joined by their identity.

    The UPN is a matching key: a keyed hash here, its value sealed beside it and shown only on demand.

    A child at risk (of somebody who must not find them, by the order of a court or the word of their school) is kept
    off paper, out of pictures and out of lists; why is written nowhere in the portal.
    """

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    class Sen(models.TextChoices):
        NONE = "N", "No special educational need"
        SUPPORT = "K", "SEN support"
        PLAN = "E", "Education, health and care plan"
        UNKNOWN = "", "Not known"

    privacy: ClassVar = Privacy(
        plain="id programme roster_import revision created_at",
        personal="forename surname known_as sort_key date_of_birth sex upn_hash upn_sealed",
        special="ethnicity first_language is_eal sen is_pupil_premium is_fsm is_fsm6 home_decile is_at_risk",
        wall=Wall.CHILD,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="children", db_index=False)
    forename = models.CharField(max_length=60)
    surname = models.CharField(max_length=60, blank=True)
    known_as = models.CharField(max_length=60, blank=True)
    sort_key = models.CharField(max_length=130)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    upn_hash = models.CharField(max_length=64, blank=True)
    upn_sealed = models.CharField(max_length=200, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    first_language = models.CharField(max_length=4, blank=True)
    is_eal = models.BooleanField(null=True)
    sen = models.CharField(max_length=1, choices=Sen, blank=True)
    is_pupil_premium = models.BooleanField(null=True)
    is_fsm = models.BooleanField(null=True)
    is_fsm6 = models.BooleanField(null=True)
    # deprivation of the small area they live in (income of families with children, IDACI); 1 is the most deprived tenth
    # of England. Looked up when a postcode comes in, which is not kept
    home_decile = models.PositiveSmallIntegerField(null=True)
    is_at_risk = models.BooleanField(default=False, db_default=False)
    roster_import = models.ForeignKey("participants.RosterImport", models.PROTECT, null=True, related_name="children")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "children"
        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["programme", "sort_key"], name="child_by_programme_name"),
            models.Index(fields=["programme", "date_of_birth"], name="child_by_programme_birth"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "upn_hash"],
                condition=~Q(upn_hash=""),
                name="participants_child_one_per_upn",
                violation_error_message="A child with this UPN is in the programme.",
            ),
            models.UniqueConstraint(fields=["id", "programme"], name="participants_child_in_programme"),
            # what an enrolment's own flag follows
            models.UniqueConstraint(fields=["id", "programme", "is_at_risk"], name="participants_child_at_risk_or_not"),
            models.CheckConstraint(
                condition=Q(home_decile__isnull=True) | Q(home_decile__range=(1, 10)),
                name="participants_child_home_decile_1_to_10",
                violation_error_message="A decile is a whole number from 1 to 10.",
            ),
            models.CheckConstraint(condition=~Q(forename="") & ~Q(sort_key=""), name="participants_child_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name used in class: known-as or forename, then surname."""
        return f"{self.known_as or self.forename} {self.surname}".strip()

    def age_on(self, day: date) -> int:
        """Returns the age in whole years on a day; who was born on 29 February has their birthday on 1 March."""
        born = self.date_of_birth
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
