"""The registers of an ensemble over a term: children by sessions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.models import Attendance, Child, Membership
from participants.models.attendance import ATTENDED, POSSIBLE, Mark
from participants.queries.care import Care, care_for, with_answers
from participants.queries.runs import Run, runs
from programmes.models import Ensemble, Place, Session
from schools.queries.calendar import CalendarOwner, owner_of
from schools.queries.term import Stretch, stretches

# from when to when a child was a member
Inside = tuple[date, date | None]


@dataclass(frozen=True)
class Here:
    """How many came, of how many who could have: excused is not counted."""

    came: int
    possible: int


@dataclass(frozen=True)
class Line:
    """One child's row: a mark for each session (None where there is none), and on which the child was a member."""

    child_id: int
    name: str
    care: Care
    marks: tuple[Mark | None, ...]
    is_inside: tuple[bool, ...]
    runs: tuple[Run, ...]
    missed: tuple[str, ...]

    @property
    def here(self) -> Here:
        """How often the child came."""
        return here(self.marks)


@dataclass(frozen=True)
class Grid:
    """The sessions of a term in time order and the children of it in name order."""

    sessions: list[Session]
    lines: list[Line]

    def here_at(self, place: int) -> Here:
        """Returns how many came to the session at a place among the sessions."""
        return here(line.marks[place] for line in self.lines)


def here(marks: Iterable[Mark | None]) -> Here:
    """Returns how many of some marks are of children who came, and how many of children who could have."""
    counted = [mark for mark in marks if mark in POSSIBLE]
    return Here(sum(mark in ATTENDED for mark in counted), len(counted))


def terms_of(ensemble: Ensemble, user: User, today: date) -> list[Stretch]:
    """Returns the terms from an ensemble's first session to its last, and to today's, the latest first."""
    sessions = Session.objects.visible_to(user).played_by([ensemble.pk])
    around = sessions.aggregate(first=Min("day"), last=Max("day"))
    first, last = min(around["first"] or today, today), max(around["last"] or today, today)
    return stretches(_calendar_of(ensemble), first, last)


def _calendar_of(ensemble: Ensemble) -> CalendarOwner:
    if ensemble.school is not None:
        return owner_of(ensemble.school)
    # one that meets at no school follows the hub's first authority
    places = Place.objects.filter(programme=ensemble.programme_id).order_by("local_authority_id")
    return CalendarOwner(authority=places.values_list("local_authority_id", flat=True).first())


def grid_of(ensemble: Ensemble, term: Stretch, user: User) -> Grid:
    """
    Returns the sessions of a term, and whoever was a member at one of them or has a mark.

    Children at risk and walk-ins stand here as in the register, for whoever leads the ensemble; of a session of several
    ensembles only who is in this one. Four statements whatever the size.
    """
    this = [ensemble.pk]
    days = (term.starts_on, term.ends_on)
    played = Session.objects.visible_to(user).played_by(this).filter(day__range=days)
    sessions = list(played.select_related("ensemble").with_joined())
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    here = [session for session in sessions if not session.is_joint]
    inside: dict[int, list[Inside]] = defaultdict(list)
    members = Membership.objects.visible_to(user, inside=this).filter(ensemble=ensemble)
    members = members.filter(starts_on__lte=term.ends_on).exclude(ends_on__lt=term.starts_on)
    for child, first, last in members.values_list("child_id", "starts_on", "ends_on"):
        inside[child].append((first, last))
    joint = {session.pk: session.day for session in sessions if session.is_joint}
    marked = Attendance.objects.visible_to(user, inside=this, at=here).filter(
        session__in=[session.pk for session in sessions]
    )
    for session, child, mark in marked.values_list("session_id", "child_id", "mark"):
        if session not in joint or _is_inside(inside[child], joint[session]):
            marks[child][session] = Mark(mark)
    children = with_answers(Child.objects.visible_to(user, inside=this, at=here).filter(pk__in={*marks, *inside}))
    children = children.only("id", "forename", "surname", "known_as", "is_at_risk")
    lines = [_line(child, sessions, marks[child.pk], inside[child.pk]) for child in children]
    return Grid(sessions, [line for line in lines if any(line.marks) or any(line.is_inside)])


def _line(child: Child, sessions: list[Session], marks: dict[int, Mark], inside: list[Inside]) -> Line:
    row = tuple(marks.get(session.pk) for session in sessions)
    in_row = runs(row)
    return Line(
        child_id=child.pk,
        name=child.name,
        care=care_for(child),
        marks=row,
        is_inside=tuple(_is_inside(inside, each.day) for each in sessions),
        runs=tuple(in_row),
        missed=tuple(_words(run, sessions) for run in in_row),
    )


def _is_inside(inside: Iterable[Inside], day: date) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in inside)


def _words(run: Run, sessions: Sequence[Session]) -> str:
    first, last = (dates.short_day(sessions[place].day) for place in (run.places[0], run.places[-1]))
    if run.is_last:
        return f"Missed the last {len(run.places)}, since {first}"
    return f"Missed {len(run.places)} in a row, {first} to {last}"
