"""Reads of registers: who is expected at a session, and what stands."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import CharField, QuerySet, Value

from inharmony.accounts.models import User
from participants.models import Attendance, Child, Correction, Membership
from participants.models.attendance import Mark
from participants.queries.care import Care, care_for, with_answers
from participants.queries.known_absence import Known, known_of, with_absence_on
from programmes.models import Session


def expected_ids(session: Session) -> list[int]:
    """Returns the ids of the children expected at a session: members of its ensemble on that day."""
    return list(_expected(session).values_list("child_id", flat=True))


def _expected(session: Session) -> QuerySet[Membership]:
    return Membership.objects.filter(ensemble_id=session.ensemble_id).on(session.day)


@dataclass(frozen=True)
class RegisterLine:
    """One child's row of a register page. A walk-in is not in the ensemble on that day; a new one not saved either."""

    child_id: int
    name: str
    mark: Mark
    care: Care
    known: Known | None = None
    is_walk_in: bool = False
    is_new: bool = False


def register_lines(session: Session, user: User, *, added: Collection[int] = ()) -> list[RegisterLine]:
    """Returns a line for each child expected or marked, in name order; before the register is taken all are present,
    but those of whom an absence is known. After them stand those `added` to it and not saved yet.

    Children at risk stand here for whoever leads the ensemble: a register that left them out would be wrong. Two
    statements whatever the size: marks and members, children with what to heed of them; a third where some are added.
    """
    this, here = [session.ensemble_id], [session.pk]
    marked = Attendance.objects.visible_to(user, inside=this, at=here).filter(session=session)
    expected = _expected(session).values_list("child_id", Value("", output_field=CharField()))
    found = list(marked.values_list("child_id", "mark").union(expected, all=True))
    marks = {child: mark for child, mark in found if mark}
    members = {child for child, mark in found if not mark}
    children = Child.objects.visible_to(user, inside=this, at=here).filter(pk__in={*marks, *members})
    lines = [_line(child, marks.get(child.pk), session, members) for child in _to_show(children, session)]
    new = set(added) - {*marks, *members}
    if new:
        found_by_name = Child.objects.to_add(user, session).filter(pk__in=new)
        lines += [replace(_line(child, None, session, ()), is_new=True) for child in _to_show(found_by_name, session)]
    return lines


def _to_show(children: QuerySet[Child], session: Session) -> QuerySet[Child]:
    known = with_absence_on(with_answers(children), session.day)
    return known.only("id", "forename", "surname", "known_as", "is_at_risk")


def _line(child: Child, mark: str | None, session: Session, members: Collection[int]) -> RegisterLine:
    known = known_of(child, session.day)
    is_walk_in = child.pk not in members
    # whoever adds a child sees them there, whatever was noted beforehand
    preset = Mark.PRESENT if known is None or is_walk_in else known.mark
    return RegisterLine(child.pk, child.name, Mark(mark) if mark else preset, care_for(child), known, is_walk_in)


def corrections_of(session: Session, user: User) -> list[Correction]:
    """Returns the corrections of a register, the newest first; none is looked for where there can be none."""
    if session.register_version < 2:
        return []
    return list(Correction.objects.visible_to(user).filter(session=session).select_related("by").order_by("-version"))


def version_of(session: Session, save: UUID | None) -> int:
    """Returns the version that a save made of the register, though it may have been saved again since."""
    if save is None or save == session.register_save:
        return session.register_version
    replacing = Correction.objects.filter(session=session, replaced_save=save).values_list("version", flat=True).first()
    # a save that found what it says already there made none of its own
    return replacing - 1 if replacing else session.register_version
