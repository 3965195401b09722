"""The turn of the year: children moved up a year group, by school class, in one press and undone in one."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from participants.actions.roster import lock_imports_of
from participants.models import Placement, RollForward, RosterImport, RosterRow
from participants.queries.roll_forward import Rolling, rolling, undo_until, year_to_roll
from programmes.models import Programme
from schools.models import AcademicYear


class RollForwardRefusedError(Exception):
    """What cannot be done at the turn of the year; the text says why and what to do."""


class OtherYearError(RollForwardRefusedError):
    """The year asked for is not the one that children are moved into today."""


class UndoTooLateError(RollForwardRefusedError):
    """The days in which it can be undone are over."""


class ChangedSinceError(RollForwardRefusedError):
    """Everything that was written has been changed since."""


@transaction.atomic
def move_up(
    *, programme: Programme, academic_year: AcademicYear, classes: Mapping[str, str], by: User
) -> RollForward | None:
    """
    Gives children their year group of a new academic year, each with the name their class has in it; returns the act.

    `classes` holds the keys of the classes that move (`Rolling.key`) with their new names. Who has a placement of that
    year, by a class list or by another who pressed, keeps it; where nobody is left, nothing is written and the answer
    is None. Statements do not grow with the children. Raises OtherYearError.
    """
    lock_imports_of(programme.pk)
    require_year(academic_year)
    today = timezone.localdate()
    moving = [row for row in rolling(programme, by, academic_year, today) if not row.is_leaving and row.key in classes]
    if not moving:
        return None
    act = begin(RollForward.Kind.MOVED, programme, academic_year, moving, by)
    Placement.objects.bulk_create(
        [
            Placement(
                programme=programme,
                enrolment_id=row.enrolment_id,
                child_id=row.child_id,
                academic_year_id=academic_year.pk,
                year_group=row.becomes,
                school_class=classes[row.key],
                rolled_in=act,
            )
            for row in moving
        ],
        # who came in at the same moment by another door has been placed there
        ignore_conflicts=True,
    )
    moved = sorted(Placement.objects.filter(rolled_in=act).values_list("child_id", flat=True))
    if not moved:
        act.delete()
        return None
    if len(moved) != act.children:
        act.children = len(moved)
        act.save(update_fields=["children"])
    audit_act("children.moved_up", act, moved, by)
    return act


@transaction.atomic
def undo(*, act: RollForward, by: User) -> int:
    """
    Undoes what one press did at the turn of a year; returns how many children it leaves as they are.

    Those are the children whose year group or class was changed since, or stands in a class list accepted since. Undone
    already, it changes nothing. Raises UndoTooLateError, and ChangedSinceError where nothing could be undone.
    """
    lock_imports_of(act.programme_id)
    found = RollForward.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if found.undone_at is not None:
        return 0
    require_undoable(found)
    untouched = _untouched(found)
    children = sorted(untouched.values_list("child_id", flat=True))
    if not children:
        raise ChangedSinceError(
            "Nothing is undone: every one of these children has been changed since, or stands in a class list that came"
            " in since. Undo the list first."
        )
    untouched.delete()
    found.undone_at, found.undone_by = timezone.now(), by
    found.save(update_fields=["undone_at", "undone_by"])
    audit_act("children.moved_back", found, children, by)
    return found.children - len(children)


def _untouched(act: RollForward) -> QuerySet[Placement]:
    listed = RosterRow.objects.filter(
        roster_import__academic_year=act.academic_year_id,
        roster_import__state=RosterImport.State.ACCEPTED,
        roster_import__accepted_at__gte=act.at,
        child__isnull=False,
    )
    mine = Placement.objects.filter(rolled_in=act, revision=1)
    return mine.exclude(Q(child__in=listed.values("child")))


def require_year(year: AcademicYear) -> None:
    """Raises OtherYearError unless today is a day on which children are moved into a year."""
    now = year_to_roll(timezone.localdate())
    if year.pk != now.pk:
        raise OtherYearError(f"Today children move up into {now}; the page was for another year. Look at it again.")


def require_undoable(act: RollForward) -> None:
    """Raises UndoTooLateError once the days are over."""
    if timezone.localdate() > undo_until(act):
        raise UndoTooLateError(f"This could be undone until {dates.day(undo_until(act))}.")


def begin(
    kind: RollForward.Kind, programme: Programme, year: AcademicYear, rows: list[Rolling], by: User
) -> RollForward:
    """Returns the act under which something is written for some children."""
    AcademicYear.objects.get_or_create(year=year.pk)
    schools = {row.school for row in rows}
    return RollForward.objects.create(
        programme=programme,
        school=schools.pop() if len(schools) == 1 else None,
        academic_year_id=year.pk,
        kind=kind,
        children=len(rows),
        by=by,
    )


def audit_act(name: str, act: RollForward, children: list[int], by: User) -> None:
    """Writes into the trail what was done, to whom."""
    details = {"academic_year": act.academic_year_id, "school": act.school_id}
    audit(act=name, by=by, programme_id=act.programme_id, subject=act, children=children, details=details)
