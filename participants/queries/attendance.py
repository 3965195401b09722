"""Reads of registers: who is expected at a session, and what stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone

from inharmony.accounts.models import User
from participants.models import Attendance, Child, Correction, Membership
from participants.models.attendance import Mark
from participants.queries.access_note import note_of, with_note
from participants.queries.care import Care, care_for, with_answers
from participants.queries.known_absence import Known, known_of, with_absence_on
from participants.validators.session_window import is_inside_window
from programmes.models import Joining, Session
from programmes.queries.next_register import NextRegister, next_to_tell, told


def expected_ids(session: Session) -> list[int]:
    """Returns the ids of the children expected at a session: members of an ensemble that plays in it on that day."""
    return list(set(_expected(session).values_list("child_id", flat=True)))


def _expected(session: Session) -> QuerySet[Membership]:
    playing = Q(ensemble_id__in=session.player_ids) if session.has_players else _playing(session)
    return Membership.objects.filter(playing).on(session.day)


def _playing(session: Session) -> Q:
    """Who joins it is asked in the same statement where it is not known yet."""
    joining = Joining.objects.filter(session=session.pk).values("ensemble")
    return Q(ensemble_id=session.ensemble_id) | Q(ensemble_id__in=joining)


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
    note: str = ""
    # the same on every line: it rides here, so that the page of a saved register needs no statement more
    following: NextRegister | None = None
    ensemble_id: int | None = None
    is_new: bool = False

    @property
    def is_walk_in(self) -> bool:
        """Whether the child is in no ensemble that plays in the session."""
        return self.ensemble_id is None


def register_lines(
    session: Session, user: User, *, now: datetime | None = None, added: Collection[int] = ()
) -> list[RegisterLine]:
    """Returns a line for each child expected or marked, in name order; before the register is taken all are present,
    but those of whom an absence is known. After them stand those `added` to it and not saved yet.

    With the moment it is looked at (`now`), access notes come too around the session, and with a saved register which
    is missing next.

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
    shown = partial(_to_show, session=session, user=user, now=now)
    children = Child.objects.visible_to(user, at=here).filter(pk__in={*marks, *members})
    lines = [_line(child, marks.get(child.pk), session, members) for child in shown(children)]
    new = set(added) - {*marks, *members}
    if new:
        found_by_name = Child.objects.to_add(user, session).filter(pk__in=new)
        lines += [replace(_line(child, None, session, {}), is_new=True) for child in shown(found_by_name)]
    return lines


def _to_show(children: QuerySet[Child], *, session: Session, user: User, now: datetime | None) -> QuerySet[Child]:
    """Returns the same children with all that a line says of them; no statement more."""
    children = with_absence_on(with_answers(children), session.day)
    if now is not None and session.is_held:
        children = children.annotate(following=next_to_tell(session, user, timezone.localdate(now)))
    if now is not None and not session.is_cancelled and is_inside_window(session, now):
        children = with_note(children)
    return children.only("id", "forename", "surname", "known_as", "is_at_risk")


def _line(child: Child, mark: str | None, session: Session, members: Mapping[int, int]) -> RegisterLine:
    known, ensemble = known_of(child, session.day), members.get(child.pk)
    # whoever adds a child sees them there, whatever was noted beforehand
    preset = Mark.PRESENT if known is None or ensemble is None else known.mark
    of_mark = Mark(mark) if mark else preset
    following = told(getattr(child, "following", None))
    return RegisterLine(child.pk, child.name, of_mark, care_for(child), known, note_of(child), following, ensemble)


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
