from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, Q
from django.db.models.functions import Now

from inharmony.access.privacy import Privacy
from programmes.models.ensemble import own_ensembles, own_joint_sessions
from programmes.models.joining import Joining

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class Player(NamedTuple):
    """An ensemble that plays in a session: its own, or one that joins it."""

    id: int
    name: str
    school: int | None


def together(names: Sequence[str]) -> str:
    """Returns the names of ensembles that play together as they are said: "Year 4 Strings with Year 5 Brass"."""
    own, *joining = names
    return f"{own} with {listed(joining)}" if joining else own


def listed(names: Sequence[str]) -> str:
    """Returns some names as a sentence lists them, at least one: "Strings, Brass and Winds"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: "User") -> "SessionQuerySet":
        """Returns the sessions that ensembles the person sees play in."""
        whole = Q(programme_id__in=user.reach.whole_programmes)
        own = Q(ensemble_id__in=own_ensembles(user)) | Q(pk__in=own_joint_sessions(user))
        return self.filter(whole | own)

    def played_by(self, ensembles: Iterable[int]) -> "SessionQuerySet":
        """Returns the sessions that any of some ensembles, given by id, plays in: its own and those it joins."""
        ids = list(ensembles)
        own = Session.objects.filter(ensemble_id__in=ids).order_by().values("pk")
        # as one list of keys: either half is found by an index, and an OR of the two by none
        return self.filter(pk__in=own.union(Joining.objects.filter(ensemble_id__in=ids).values("session")))

    def with_joined(self) -> "SessionQuerySet":
        """Returns the same sessions with the ensembles that join each, which `players` reads; no statement more."""
        return self.annotate(joined=Joined(F("pk")))

    def held(self) -> "SessionQuerySet":
        """Returns sessions whose register was taken."""
        return self.filter(register_taken_at__isnull=False)

    def register_due(self, day: object) -> "SessionQuerySet":
        """Returns sessions up to a day that were not cancelled and whose register is not taken."""
        return self.filter(day__lte=day, cancelled_at__isnull=True, register_taken_at__isnull=True)

    def in_year(self, year: int) -> "SessionQuerySet":
        """Returns sessions of an academic year, named by its first calendar year."""
        return self.filter(day__gte=f"{year}-09-01", day__lte=f"{year + 1}-08-31")


class Joined(Func):
    """
    The ensembles that join the session of a key, as `Player` takes them, in the order of their names.

    Written as the database reads it: put together by Django each time, it took longer than to be answered.
    """

    template = (
        "ARRAY(SELECT jsonb_build_object('id', joins.id, 'name', joins.name, 'school', joins.school_id)"
        " FROM programmes_joining AS joining JOIN programmes_ensemble AS joins ON joins.id = joining.ensemble_id"
        " WHERE joining.session_id = %(expressions)s ORDER BY joins.name, joins.id)"
    )
    output_field = ArrayField(models.JSONField())


def joined_names() -> ArraySubquery:
    """Returns the names of the ensembles that join each session of a statement, for `together`."""
    joining = Joining.objects.filter(session=OuterRef("pk")).order_by("ensemble__name", "ensemble_id")
    return ArraySubquery(joining.values("ensemble__name"))


class Session(models.Model):
    """
    One timetabled ensemble session, in local wall time (Europe/London). It was held when its register was taken.

    The register's own facts stand here, not beside the marks: they say nothing about a child, the operational counts
    follow from this one table, and the version is what two editors of a register are told apart by.

    Other ensembles may join it: it stays one session, counted where the ensemble is that it was planned for.
    """

    class Kind(models.TextChoices):
        CURRICULAR = "curricular", "In school time"
        EXTRA = "extra", "Outside school time"
        HOLIDAY = "holiday", "Holiday course"
        FAMILY = "family", "Family session"
        TASTER = "taster", "Taster session"

    # where grown-ups come too, or whoever likes to: their register may be a count of heads
    MAY_COUNT_HEADS = (Kind.FAMILY, Kind.TASTER)
    MOST_HEADS = 999

    class CancelReason(models.TextChoices):
        TUTOR_AWAY = "tutor_away", "Tutor away"
        SCHOOL_EVENT = "school_event", "School event"
        SCHOOL_CLOSED = "school_closed", "School closed"
        NO_ROOM = "no_room", "No room"
        OTHER = "other", "Other"

    privacy: ClassVar = Privacy(
        plain="id programme ensemble venue day starts_at ends_at kind cancelled_at cancel_reason changed_at "
        "register_taken_at register_version register_save is_headcount children_counted adults_counted joined_by",
        personal="tutor register_taken_by",
        closes_with_hub=True,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="sessions")
    ensemble = models.ForeignKey("programmes.Ensemble", models.PROTECT, related_name="sessions")
    joined_by = models.ManyToManyField("programmes.Ensemble", through=Joining, related_name="joint_sessions")
    venue = models.ForeignKey("programmes.Venue", models.PROTECT, null=True, related_name="sessions")
    # who leads this one; null is the ensemble's own tutors
    tutor = models.ForeignKey("programmes.Tutor", models.PROTECT, null=True, related_name="covered_sessions")
    day = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CURRICULAR)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=13, choices=CancelReason, blank=True)
    # when its place in the timetable last changed; kept by the database, for calendars that read it again and again
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    register_taken_at = models.DateTimeField(null=True)
    register_taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="registers_taken"
    )
    register_version = models.PositiveIntegerField(default=0)
    # the browser's own id of the last save: sent again after a lost answer, it is known and has no second effect
    register_save = models.UUIDField(null=True)

    # its register is a count of heads instead of marks by name; settled when it is planned
    is_headcount = models.BooleanField(default=False, db_default=False)
    children_counted = models.PositiveSmallIntegerField(null=True)
    adults_counted = models.PositiveSmallIntegerField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["day", "starts_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["programme", "day"], name="session_by_programme_day"),
            models.Index(fields=["ensemble", "day"], name="session_by_ensemble_day"),
            # a few among years of sessions: asked for on everybody's first page
            models.Index(
                fields=["ensemble", "day"],
                condition=Q(cancelled_at__isnull=True, register_taken_at__isnull=True),
                name="session_without_register",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="programmes_session_times_in_order",
                violation_error_message="A session ends after it starts, on the same day.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="programmes_session_cancelled_with_reason",
                violation_error_message="Say why the session is cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(register_taken_at__isnull=True),
                name="programmes_session_held_or_cancelled",
                violation_error_message="A session with a register was held: it cannot also be cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(register_taken_at__isnull=True, register_taken_by__isnull=True, register_version=0)
                | Q(register_taken_at__isnull=False, register_taken_by__isnull=False, register_version__gte=1),
                name="programmes_session_register_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(is_headcount=False) | Q(kind__in=["family", "taster"]),
                name="programmes_session_heads_counted_where_families_come",
                violation_error_message="Only family and taster sessions are counted by heads.",
            ),
            models.CheckConstraint(
                condition=Q(is_headcount=True, register_taken_at__isnull=False)
                # told as well: of a number that is not there a range is neither true nor false, and lets it pass
                & Q(children_counted__isnull=False, adults_counted__isnull=False)
                & Q(children_counted__range=(0, 999), adults_counted__range=(0, 999))
                | Q(children_counted__isnull=True, adults_counted__isnull=True)
                & (Q(is_headcount=False) | Q(register_taken_at__isnull=True)),
                name="programmes_session_heads_with_register",
            ),
            models.UniqueConstraint(
                fields=["ensemble", "day", "starts_at"],
                name="programmes_session_once_a_start",
                violation_error_message="This ensemble has a session at this time.",
            ),
            models.UniqueConstraint(fields=["id", "programme"], name="programmes_session_in_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.ensemble}, {self.day:%d %B %Y}"

    @property
    def is_held(self) -> bool:
        """Whether its register was taken."""
        return self.register_taken_at is not None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled."""
        return self.cancelled_at is not None

    @property
    def players(self) -> list[Player]:
        """The ensembles that play in it, its own first; a statement where it came without those that join it."""
        own = Player(self.ensemble_id, self.ensemble.name, self.ensemble.school_id)
        return [own, *self._joining()]

    @property
    def player_ids(self) -> list[int]:
        """The ids of the ensembles that play in it, its own first."""
        return [self.ensemble_id, *(player.id for player in self._joining())]

    def _joining(self) -> list[Player]:
        found = self.__dict__.get("joined")
        if found is None:
            found = self.__dict__["joined"] = vars(Session.objects.with_joined().get(pk=self.pk))["joined"]
        return [Player(**each) for each in found]

    @property
    def has_players(self) -> bool:
        """Whether it came with the ensembles that join it, or they were read since."""
        return "joined" in self.__dict__

    @property
    def is_joint(self) -> bool:
        """Whether other ensembles join it."""
        return bool(self._joining())

    @property
    def title(self) -> str:
        """Who plays, as it is said: "Year 4 Strings with Year 5 Brass"."""
        return together([player.name for player in self.players])

    def is_of_own_ensembles(self, user: "User") -> bool:
        """Returns whether an ensemble that a coordinator leads plays in it; what `visible_to` asks, of one read."""
        return self.ensemble_id in own_ensembles(user) or self.pk in own_joint_sessions(user)

    def seen_as(self, user: "User") -> int:
        """Returns the id of the ensemble whose pages lead the person to it: its own, or one of theirs that joins it."""
        if self.programme_id in user.reach.whole_programmes:
            return self.ensemble_id
        theirs = own_ensembles(user)
        return next((player.id for player in self.players if player.id in theirs), self.ensemble_id)
