"""Reads of registers: who is expected at a session, and what stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from inharmony.accounts.models import User
from participants.models import Attendance, Child, Correction, Membership
from participants.models.attendance import Mark
from participants.queries.access_note import note_of, with_note
from participants.queries.care import Care, care_for, with_answers
from participants.queries.known_absence import Known, known_of, with_absence_on
from participants.validators.session_window import is_inside_window
from programmes.models import Session
from programmes.queries.next_register import NextRegister, next_to_tell, told


def expected_ids(session: Session) -> list[int]:
    """Returns the ids of the children expected at a session: members of its ensemble on that day."""
    return list(_expected(session).values_list("child_id", flat=True))


def _expected(session: Session) -> QuerySet[Membership]:
    return Membership.objects.filter(ensemble_id=session.ensemble_id).on(session.day)


@dataclass(frozen=True)
class RegisterLine:
    """One child's row of a register page."""

    child_id: int
    name: str
    mark: Mark
    care: Care
    known: Known | None = None
    note: str = ""
    # the same on every line: it rides here, so that the page of a saved register needs no statement more
    following: NextRegister | None = None


def register_lines(session: Session, user: User, *, at: datetime | None = None) -> list[RegisterLine]:
    """Returns a line for each child expected or marked, in name order; before the register is taken all are present,
    but those of whom an absence is known.

    With the moment it is looked at (`at`), access notes come too around the session, and with a saved register which
    is missing next.

    Children at risk stand here for whoever leads the ensemble: a register that left them out would be wrong. Two
    statements whatever the size: marks and members, children with what to heed of them.
    """
    this = [session.ensemble_id]
    marked = Attendance.objects.visible_to(user, inside=this).filter(session=session).values_list("child_id", "mark")
    expected = _expected(session).values_list("child_id", Value("", output_field=CharField()))
    found = list(marked.union(expected, all=True))
    marks = {child: mark for child, mark in found if mark}
    ids = {child for child, _ in found}
    children = with_answers(Child.objects.visible_to(user, inside=this).filter(pk__in=ids))
    if at is not None and session.is_held:
        children = children.annotate(following=next_to_tell(session, user, timezone.localdate(at)))
    if at is not None and not session.is_cancelled and is_inside_window(session, at):
        children = with_note(children)
    children = with_absence_on(children, session.day).only("id", "forename", "surname", "known_as", "is_at_risk")
    return [_line(child, marks.get(child.pk), session) for child in children]


def _line(child: Child, mark: str | None, session: Session) -> RegisterLine:
    known = known_of(child, session.day)
    preset = known.mark if known else Mark.PRESENT
    of_mark = Mark(mark) if mark else preset
    following = told(getattr(child, "following", None))
    return RegisterLine(child.pk, child.name, of_mark, care_for(child), known, note_of(child), following)


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
