"""Reads of registers: who is expected at a session, and what stands."""

from collections.abc import Collection, Mapping
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
    """Returns the ids of the children expected at a session: members of an ensemble that plays in it on that day."""
    return list(set(_expected(session).values_list("child_id", flat=True)))


def _expected(session: Session) -> QuerySet[Membership]:
    return Membership.objects.filter(ensemble_id__in=session.player_ids).on(session.day)


@dataclass(frozen=True)
class RegisterLine:
    """
    One child's row of a register page, and the ensemble that brings the child: the session's own, or one that joins it.

    A walk-in is in none of them on that day; a new one is not saved either.
    """

    child_id: int
    name: str
    mark: Mark
    care: Care
    known: Known | None = None
    ensemble_id: int | None = None
    is_new: bool = False

    @property
    def is_walk_in(self) -> bool:
        """Whether the child is in no ensemble that plays in the session."""
        return self.ensemble_id is None


def register_lines(session: Session, user: User, *, added: Collection[int] = ()) -> list[RegisterLine]:
    """Returns a line for each child expected or marked, in name order; before the register is taken all are present,
    but those of whom an absence is known. After them stand those `added` to it and not saved yet.

    Children at risk stand here for whoever leads the ensemble: a register that left them out would be wrong. Two
    statements whatever the size: marks and members, children with what to heed of them; a third where some are added.
    """
    here = [session]
    marked = Attendance.objects.visible_to(user, at=here).filter(session=session)
    expected = _expected(session).values_list("child_id", Value("", output_field=CharField()), "ensemble_id")
    found = list(marked.values_list("child_id", "mark", Value(0)).union(expected, all=True))
    marks = {child: mark for child, mark, _ in found if mark}
    members: dict[int, int] = {}
    for child, mark, ensemble in found:
        # who is in several of the ensembles comes with the session's own
        if not mark and (child not in members or ensemble == session.ensemble_id):
            members[child] = ensemble
    children = Child.objects.visible_to(user, at=here).filter(pk__in={*marks, *members})
    lines = [_line(child, marks.get(child.pk), session, members) for child in _to_show(children, session)]
    new = set(added) - {*marks, *members}
    if new:
        found_by_name = Child.objects.to_add(user, session).filter(pk__in=new)
        lines += [replace(_line(child, None, session, {}), is_new=True) for child in _to_show(found_by_name, session)]
    return lines


def _to_show(children: QuerySet[Child], session: Session) -> QuerySet[Child]:
    known = with_absence_on(with_answers(children), session.day)
    return known.only("id", "forename", "surname", "known_as", "is_at_risk")


def _line(child: Child, mark: str | None, session: Session, members: Mapping[int, int]) -> RegisterLine:
    known, ensemble = known_of(child, session.day), members.get(child.pk)
    # whoever adds a child sees them there, whatever was noted beforehand
    preset = Mark.PRESENT if known is None or ensemble is None else known.mark
    return RegisterLine(child.pk, child.name, Mark(mark) if mark else preset, care_for(child), known, ensemble)


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
