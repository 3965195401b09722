"""
Leaving a school: enrolments and memberships end on a day, and it is written down where each child went.

Who goes on in the programme is enrolled anew from the next day, at the new school where one is named, and stays in the
ensembles that belong to no one school. One press does it for many children, and one undoes it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.actions.roll_forward import (
    ChangedSinceError,
    RollForwardRefusedError,
    audit_act,
    begin,
    require_undoable,
    require_year,
)
from participants.actions.roster import lock_imports_of
from participants.models import Attendance, Child, Destination, Enrolment, Membership, Placement, Playing, RollForward
from participants.queries.roll_forward import PLANNED_FROM, Rolling, rolling, year_to_roll
from programmes.models import Programme
from schools.models import AcademicYear

GoesTo, Plays = Destination.GoesTo, Destination.Plays


class LastDayError(RollForwardRefusedError):
    """The last day is none on which children leave at this turn of the year."""


class NotEnrolledError(RollForwardRefusedError):
    """The child is not enrolled on the day of the act."""


class StaysLongerError(RollForwardRefusedError):
    """Something of some of the children is after their last day; `children` are their ids."""

    def __init__(self, words: str, children: Sequence[int]) -> None:
        super().__init__(words)
        self.children = frozenset(children)


@dataclass(frozen=True)
class Going:
    """Where one child goes from a school, and how they go on playing; `school_id` where that is another school."""

    goes_to: Destination.GoesTo
    plays: Destination.Plays
    school_id: int | None = None


@transaction.atomic
def leave_school(
    *, programme: Programme, academic_year: AcademicYear, going: Mapping[int, Going], last_day: date, by: User
) -> RollForward | None:
    """
    Ends enrolments (by id) at the turn into a year, with the memberships that end with them; returns the act.

    Who has left or has a place in the new year by now is left alone; where nobody is left, the answer is None and
    nothing is written. Statements do not grow with the children. Raises OtherYearError, LastDayError, and
    StaysLongerError where an enrolment or a membership begins after the last day, or a register has a mark.
    """
    lock_imports_of(programme.pk)
    require_year(academic_year)
    _require_last_day(last_day, academic_year)
    rows = [row for row in rolling(programme, by, academic_year, timezone.localdate()) if row.enrolment_id in going]
    if not rows:
        return None
    return _end(programme, academic_year, rows, going, last_day, by)


@transaction.atomic
def leave_hub(*, child: Child, going: Going, last_day: date, by: User) -> RollForward:
    """
    Ends the enrolment a child has today within a year, with the memberships that end with it; returns the act.

    Written down and undone like a leaving at the turn of the year. Raises NotEnrolledError, LastDayError, and
    StaysLongerError as `leave_school`.
    """
    lock_imports_of(child.programme_id)
    today = timezone.localdate()
    if last_day > today:
        raise LastDayError(f"The last day is today, {dates.day(today)}, or an earlier day.")
    stay = Enrolment.objects.filter(child=child).on(today).select_related("school").first()
    if stay is None:
        raise NotEnrolledError("This child is not enrolled here today.")
    row = Rolling(stay.pk, child.pk, stay.school, "", "", "", is_leaving=True)
    return _end(child.programme, year_to_roll(today), [row], {stay.pk: going}, last_day, by)


def _end(
    programme: Programme,
    academic_year: AcademicYear,
    rows: list[Rolling],
    going: Mapping[int, Going],
    last_day: date,
    by: User,
) -> RollForward:
    _lock([row.child_id for row in rows])
    stays = Enrolment.objects.select_for_update().filter(pk__in=[row.enrolment_id for row in rows]).order_by("pk")
    enrolments = {stay.pk: stay for stay in stays}
    ending = _memberships(rows, going, last_day)
    playing = _playings(rows, going, last_day)
    _require_over(enrolments.values(), ending, playing, last_day)
    act = begin(RollForward.Kind.LEFT, programme, academic_year, rows, by)
    ended = list(ending.order_by("pk").values("id", "child_id", "ends_on", "left_in_id"))
    Membership.objects.filter(pk__in=[each["id"] for each in ended]).update(ends_on=last_day, left_in=None)
    played = list(playing.order_by("pk").values("id", "child_id", "ends_on"))
    Playing.objects.filter(pk__in=[each["id"] for each in played]).update(ends_on=last_day)
    Enrolment.objects.filter(pk__in=enrolments).update(ends_on=last_day, revision=F("revision") + 1)
    following = _enrol_anew(rows, going, enrolments, last_day, act)
    # of whom it was planned, and who then stayed longer by a class list: what was written down then is over
    Destination.objects.filter(enrolment__in=enrolments).delete()
    Destination.objects.bulk_create(
        Destination(
            programme=programme,
            child_id=row.child_id,
            enrolment_id=row.enrolment_id,
            next_enrolment=following.get(row.enrolment_id),
            last_day=last_day,
            act=act,
            before=_before(enrolments[row.enrolment_id], ended, played),
            **vars(going[row.enrolment_id]),
        )
        for row in rows
    )
    audit_act("children.left_school", act, sorted(row.child_id for row in rows), by)
    return act


def _lock(children: Iterable[int] | QuerySet[Any, Any]) -> None:
    """Who protects one of them or writes down what they play locks the children first too, and waits here."""
    list(Child.objects.select_for_update().filter(pk__in=children).order_by("pk").values_list("pk", flat=True))


def _require_last_day(last_day: date, year: AcademicYear) -> None:
    first = date(year.year, PLANNED_FROM, 1)
    if not first <= last_day <= year.ends_on:
        raise LastDayError(f"The last day lies between {dates.day(first)} and {dates.day(year.ends_on)}.")


def _memberships(rows: Sequence[Rolling], going: Mapping[int, Going], last_day: date) -> QuerySet[Membership]:
    """Those that end: of who goes on in the programme, the ones in ensembles of the school that is left."""
    stays_on = {row.child_id: row.school for row in rows if going[row.enrolment_id].plays == Plays.HERE}
    goes = [row.child_id for row in rows if row.child_id not in stays_on]
    which = Q(child__in=goes)
    for school in {school for school in stays_on.values() if school is not None}:
        which |= Q(child__in=[child for child, left in stays_on.items() if left == school], ensemble__school=school)
    return Membership.objects.filter(which).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day))


def _playings(rows: Sequence[Rolling], going: Mapping[int, Going], last_day: date) -> QuerySet[Playing]:
    """What those play who do not go on in the programme: it ends with their last day."""
    goes = [row.child_id for row in rows if going[row.enrolment_id].plays != Plays.HERE]
    return Playing.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day), child__in=goes)


def _require_over(
    enrolments: Collection[Enrolment], ending: QuerySet[Membership], playing: QuerySet[Playing], last_day: date
) -> None:
    if later := sorted(stay.child_id for stay in enrolments if stay.starts_on > last_day):
        raise StaysLongerError(f"{_many(later)} began at the school after that day. Choose a later last day.", later)
    following = Enrolment.objects.filter(child__in=[stay.child_id for stay in enrolments], starts_on__gt=last_day)
    if again := sorted(set(following.values_list("child_id", flat=True))):
        raise StaysLongerError(
            f"{_many(again)} {'is' if len(again) == 1 else 'are'} enrolled again after that day, by a class list. "
            "Leave them open: the list says where they go.",
            again,
        )
    if joining := sorted(set(ending.filter(starts_on__gt=last_day).values_list("child_id", flat=True))):
        raise StaysLongerError(
            f"{_many(joining)} joined an ensemble after that day. Take them out of it, or choose a later last day.",
            joining,
        )
    if changing := sorted(set(playing.filter(starts_on__gt=last_day).values_list("child_id", flat=True))):
        raise StaysLongerError(
            f"{_many(changing)} began an instrument after that day. Choose a later last day.", changing
        )
    # in a session of several ensembles too, though the child may stay in another of them
    plays = Q(ensemble=OuterRef("session__ensemble")) | Q(ensemble__joinings__session=OuterRef("session"))
    same = ending.filter(plays, child=OuterRef("child"))
    marks = Attendance.objects.filter(Exists(same), child__in=ending.values("child"), session__day__gt=last_day)
    marked = dict(marks.order_by().values_list("child_id").annotate(last=Max("session__day")))
    if marked:
        last = max(marked.values())
        raise StaysLongerError(
            f"{_many(list(marked))} stood in a register after that day, the last on {dates.day(last)}. "
            "Choose that or a later day, or leave them open and do them apart.",
            list(marked),
        )


def _enrol_anew(
    rows: Sequence[Rolling],
    going: Mapping[int, Going],
    enrolments: Mapping[int, Enrolment],
    last_day: date,
    act: RollForward,
) -> dict[int, Enrolment]:
    """Enrols who goes on in the programme from the day after; returns the new enrolments by the ended one's id."""
    staying = [row for row in rows if going[row.enrolment_id].plays == Plays.HERE]
    made = Enrolment.objects.bulk_create(
        Enrolment(
            programme_id=act.programme_id,
            child_id=row.child_id,
            school_id=going[row.enrolment_id].school_id,
            starts_on=last_day + timedelta(days=1),
            is_at_risk=enrolments[row.enrolment_id].is_at_risk,
        )
        for row in staying
    )
    Placement.objects.bulk_create(
        Placement(
            programme_id=act.programme_id,
            enrolment=enrolment,
            child_id=row.child_id,
            academic_year_id=act.academic_year_id,
            year_group=row.becomes,
            rolled_in=act,
        )
        for row, enrolment in zip(staying, made, strict=True)
    )
    return {row.enrolment_id: enrolment for row, enrolment in zip(staying, made, strict=True)}


def _before(stay: Enrolment, ended: Sequence[Mapping[str, Any]], played: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What stands in everything of a child that ends, so that it can be put back."""
    return {
        "ends_on": _written(stay.ends_on),
        "revision": stay.revision,
        "memberships": [
            {"id": each["id"], "ends_on": _written(each["ends_on"]), "left_in": each["left_in_id"]}
            for each in ended
            if each["child_id"] == stay.child_id
        ],
        "playings": [
            {"id": each["id"], "ends_on": _written(each["ends_on"])}
            for each in played
            if each["child_id"] == stay.child_id
        ],
    }


@transaction.atomic
def undo(*, act: RollForward, by: User) -> int:
    """
    Lets children go on where one press ended it, and forgets where they went; returns how many it leaves as they are.

    Those are the children something of whom was changed since: an enrolment, a place, an ensemble. Undone already, it
    changes nothing. Raises UndoTooLateError, and ChangedSinceError where nothing could be undone.
    """
    lock_imports_of(act.programme_id)
    found = RollForward.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if found.undone_at is not None:
        return 0
    require_undoable(found)
    _lock(Destination.objects.filter(act=found).values("child"))
    every = Destination.objects.filter(act=found).select_related("enrolment", "next_enrolment")
    changed = _changed(found)
    back = [each for each in every if each.child_id not in changed and _stands(each)]
    if not back:
        raise ChangedSinceError("Nothing is undone: something of every one of these children has been changed since.")
    _put_back(back)
    found.undone_at, found.undone_by = timezone.now(), by
    found.save(update_fields=["undone_at", "undone_by"])
    audit_act("children.came_back", found, sorted(each.child_id for each in back), by)
    return found.children - len(back)


def _stands(each: Destination) -> bool:
    """Whether both enrolments are as the act left them."""
    left, following = each.enrolment, each.next_enrolment
    is_ended = left.ends_on == each.last_day and left.revision == each.before["revision"] + 1
    return is_ended and (following is None or (following.ends_on is None and following.revision == 1))


def _changed(act: RollForward) -> set[int]:
    """The children of an act with another enrolment, place or membership since, or whose ensemble has ended since."""
    mine = Destination.objects.filter(act=act)
    this = mine.filter(child=OuterRef("child"))
    own = mine.filter(next_enrolment__isnull=False).values("next_enrolment")
    enrolled = Enrolment.objects.filter(Exists(this.filter(last_day__lt=OuterRef("starts_on")))).exclude(pk__in=own)
    placed = Placement.objects.filter(enrolment__in=own).exclude(rolled_in=act, revision=1)
    stood = list(mine.values_list("before", flat=True))
    ended = [each for before in stood for each in before["memberships"]]
    memberships = Membership.objects.filter(pk__in=[each["id"] for each in ended])
    went_on = [each["id"] for each in ended if each["ends_on"] is None]
    over = memberships.filter(pk__in=went_on, ensemble__ends_on__isnull=False)
    other = memberships.exclude(Exists(this.filter(last_day=OuterRef("ends_on"))))
    joined = Membership.objects.filter(
        Exists(this.filter(last_day__lt=OuterRef("starts_on"))),
        Exists(memberships.filter(child=OuterRef("child"), ensemble=OuterRef("ensemble"))),
    )
    played = [each["id"] for before in stood for each in before["playings"]]
    playing = Playing.objects.filter(child__in=mine.values("child"))
    other_instrument = playing.filter(pk__in=played).exclude(Exists(this.filter(last_day=OuterRef("ends_on"))))
    began = playing.filter(Exists(this.exclude(plays=Plays.HERE).filter(last_day__lt=OuterRef("starts_on"))))
    found: set[int] = set()
    for rows in (enrolled, placed, other, joined, over, other_instrument, began):
        found.update(rows.order_by().values_list("child_id", flat=True))
    return found


def _put_back(back: Sequence[Destination]) -> None:
    following = [each.next_enrolment_id for each in back if each.next_enrolment_id is not None]
    Placement.objects.filter(enrolment__in=following).delete()
    Destination.objects.filter(pk__in=[each.pk for each in back]).delete()
    Enrolment.objects.filter(pk__in=following).delete()
    for each in back:
        each.enrolment.ends_on = _day(each.before["ends_on"])
        each.enrolment.revision = each.before["revision"]
    Enrolment.objects.bulk_update([each.enrolment for each in back], ["ends_on", "revision"])
    memberships = [
        Membership(pk=one["id"], ends_on=_day(one["ends_on"]), left_in_id=one["left_in"])
        for each in back
        for one in each.before["memberships"]
    ]
    Membership.objects.bulk_update(memberships, ["ends_on", "left_in"])
    playing = [Playing(pk=one["id"], ends_on=_day(one["ends_on"])) for each in back for one in each.before["playings"]]
    Playing.objects.bulk_update(playing, ["ends_on"])


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _many(children: Sequence[int]) -> str:
    return "1 child" if len(children) == 1 else f"{len(children)} children"


@transaction.atomic
def amend(*, programme: Programme, going: Mapping[int, Going], by: User) -> list[int]:
    """
    Writes down what is known by now of where children went, by destination; returns whose it changed, by id.

    Dates stay. Who goes on in the programme is left alone: where they are, their enrolment says.
    """
    rows = list(
        Destination.objects.select_for_update()
        .filter(programme=programme, pk__in=going, next_enrolment__isnull=True)
        .order_by("pk")
    )
    changed = [row for row in rows if going[row.pk] != Going(GoesTo(row.goes_to), Plays(row.plays), row.school_id)]
    for row in changed:
        told = going[row.pk]
        row.goes_to, row.plays, row.school_id = told.goes_to, told.plays, told.school_id
    if changed:
        Destination.objects.bulk_update(changed, ["goes_to", "plays", "school"])
        children = sorted(row.child_id for row in changed)
        audit(act="children.destination_amended", by=by, programme_id=programme.pk, children=children)
    return [row.child_id for row in changed]
