"""What a register of an earlier year is compared with: the hub's children of that year, sessions, marks that stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Min, Q, QuerySet

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.models import Attendance, Child, Enrolment, Membership, PastRegister, Placement
from programmes.models import Ensemble, Programme, Session
from schools.models import AcademicYear

NEEDED = (Permission.IMPORT_ROSTER, Permission.KEEP_ENSEMBLES, Permission.CORRECT_REGISTER)
Stretch = tuple[date, date | None]


def kept_programmes(user: User) -> frozenset[int]:
    """Returns the hubs (ids) whose past registers the person may bring in: who keeps lists, ensembles and registers."""
    kept = [frozenset(user.reach.programmes_for(permission)) for permission in NEEDED]
    return frozenset.intersection(*kept)


def ensembles_to_fill(user: User) -> QuerySet[Ensemble]:
    """Returns the ensembles whose past registers the person may bring in, also those that have ended, by name."""
    seen = Ensemble.objects.visible_to(user).filter(programme_id__in=kept_programmes(user))
    return seen.select_related("school", "programme").order_by("name", "pk")


def past_registers(user: User) -> QuerySet[PastRegister]:
    """Returns the past registers whose pages the person may open, newest first."""
    found = PastRegister.objects.visible_to(user).filter(programme_id__in=kept_programmes(user))
    return found.select_related(
        "ensemble__school", "programme", "academic_year", "uploaded_by", "accepted_by", "undone_by"
    )


def letters_before(user: User, programme: Programme) -> dict[str, str]:
    """Returns what the letters of the hub's last accepted sheet meant."""
    accepted = PastRegister.objects.visible_to(user).filter(programme=programme, accepted_at__isnull=False)
    letters = accepted.order_by("-accepted_at").values_list("choices__letters", flat=True).first()
    return letters or {}


def usual_times(ensemble: Ensemble, user: User) -> tuple[time, time] | None:
    """Returns from when to when the ensemble last played, or None."""
    last = Session.objects.visible_to(user).filter(ensemble=ensemble).order_by("-day", "-starts_at")
    return last.values_list("starts_at", "ends_at").first()


def first_day(past_register: PastRegister, user: User) -> date | None:
    """Returns the first day whose register came in with a sheet, as far as its session is still there."""
    ids = [*past_register.made, *past_register.taken]
    found: date | None = Session.objects.visible_to(user).filter(pk__in=ids).aggregate(first=Min("day"))["first"]
    return found


@dataclass(slots=True)
class ChildOfYear:
    """A child of the hub who was enrolled in an academic year: names, when enrolled, when in the ensemble."""

    id: int
    forename: str
    surname: str
    known_as: str
    born: date
    upn_hash: str
    is_at_risk: bool
    stays: list[Stretch] = field(default_factory=list)
    memberships: list[Stretch] = field(default_factory=list)
    # at the ensemble's school, or in the ensemble, at some time of the year
    is_near: bool = False
    # the school class of that year
    school_class: str = ""

    @property
    def name(self) -> str:
        """The name used in class."""
        return f"{self.known_as or self.forename} {self.surname}".strip()

    @property
    def about(self) -> str:
        """What tells the child from others of the name, in words."""
        return ", ".join(words for words in (self.school_class, f"born {dates.day(self.born)}") if words)

    def is_enrolled_on(self, day: date) -> bool:
        """Whether the child was in the programme on a day."""
        return _covers(self.stays, day)

    def is_member_on(self, day: date) -> bool:
        """Whether the child was in the ensemble on a day."""
        return _covers(self.memberships, day)


def _covers(stretches: Iterable[Stretch], day: date) -> bool:
    return any(start <= day and (end is None or day <= end) for start, end in stretches)


def children_of_year(ensemble: Ensemble, year: AcademicYear, user: User) -> list[ChildOfYear]:
    """Returns the hub's children who were enrolled at some time of an academic year; four statements."""
    then = Q(starts_on__lte=year.ends_on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=year.starts_on))
    enrolled = Enrolment.objects.visible_to(user).filter(then, programme_id=ensemble.programme_id)
    stays = list(enrolled.order_by("starts_on").values_list("child_id", "school_id", "starts_on", "ends_on"))
    children = Child.objects.visible_to(user).filter(pk__in={child for child, *_ in stays}).order_by("sort_key", "pk")
    columns = ("forename", "surname", "known_as", "date_of_birth", "upn_hash", "is_at_risk")
    found = {row[0]: ChildOfYear(*row) for row in children.values_list("pk", *columns)}
    for child, school, starts_on, ends_on in stays:
        if child in found:
            found[child].stays.append((starts_on, ends_on))
            found[child].is_near |= ensemble.school_id is None or school == ensemble.school_id
    members = Membership.objects.visible_to(user).filter(then, ensemble=ensemble)
    for child, starts_on, ends_on in members.values_list("child_id", "starts_on", "ends_on"):
        if child in found:
            found[child].memberships.append((starts_on, ends_on))
            found[child].is_near = True
    placed = Placement.objects.visible_to(user).filter(programme=ensemble.programme_id, academic_year=year.year)
    for child, school_class in placed.exclude(school_class="").values_list("child_id", "school_class"):
        if child in found:
            found[child].school_class = school_class
    return list(found.values())


def sessions_on(ensemble: Ensemble, days: Collection[date], user: User) -> dict[date, list[Session]]:
    """Returns the sessions in which an ensemble plays on some days, its own and those it joins, by day."""
    found: dict[date, list[Session]] = defaultdict(list)
    if days:
        rows = Session.objects.visible_to(user).filter(day__in=days).played_by([ensemble.pk])
        for session in rows.select_related("ensemble").with_joined().order_by("day", "starts_at"):
            found[session.day].append(session)
    return found


def marks_at(sessions: Collection[Session], user: User) -> dict[int, dict[int, str]]:
    """Returns the marks that stand in the registers of sessions: by session, then by child."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    if sessions:
        rows = Attendance.objects.visible_to(user).filter(session__in=[session.pk for session in sessions])
        for session, child, mark in rows.values_list("session_id", "child_id", "mark"):
            found[session][child] = mark
    return found
