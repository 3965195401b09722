"""Children on a register who are not in its ensemble: how they get onto the page, and their rows there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages.marks import MarkRow
from participants.forms.attendance import OFF, SentRegister, field_of
from participants.models.attendance import Mark
from participants.queries.attendance import RegisterLine
from participants.validators.walk_in import child_of, token_for
from programmes.models import Session
from programmes.models.ensemble import own_ensembles


def with_added(sent: SentRegister, session: Session, user: User) -> SentRegister:
    """Returns what was sent with the child it adds, present until a press says otherwise; else as it was."""
    child = child_of(sent.add, session.pk, user.pk) if sent.add else None
    if child is None or sent.add is None:
        return sent
    marks = {child: Mark.PRESENT} | sent.marks
    return replace(sent, marks=marks, walk_ins=sent.walk_ins | {child: sent.add}, off=sent.off - {child})


def walk_in_row(line: RegisterLine, session: Session, user: User, mark: Mark | None, *, is_off: bool) -> MarkRow:
    """Returns the row of a child who is not in the ensemble: with a sixth choice, and without other days."""
    return MarkRow(
        key=line.child_id,
        field=field_of(line.child_id),
        name=line.name,
        value=OFF if is_off else mark or line.mark,
        badge=line.care.badge,
        is_off_paper=not line.care.is_printed,
        note=line.note,
        about=("In none of these ensembles" if session.is_joint else "Not in this ensemble",),
        walk_in=token_for(session.pk, line.child_id, user.pk),
    )


@dataclass(frozen=True)
class Bringing:
    """An ensemble that plays in a session: how the rows of its children say so, and where their absences are noted."""

    about: tuple[str, ...] = ()
    absences: str = ""

    def more(self, child_id: int) -> str:
        """Returns where an absence of a child is noted; an empty text where the person does not."""
        return f"{self.absences}?child={child_id}" if self.absences else ""


def brought_by(session: Session, user: User) -> dict[int | None, Bringing]:
    """Returns how to show the children of each ensemble that plays in a session, by its id."""
    sees_all, own = session.programme_id in user.reach.whole_programmes, own_ensembles(user)
    return {
        player.id: Bringing(
            about=(player.name,) if session.is_joint else (),
            absences=reverse("participants:absences", args=[player.id]) if sees_all or player.id in own else "",
        )
        for player in session.players
    }


@dataclass(frozen=True)
class NewMember:
    """A child who came without being in the ensemble, and the page on which they are taken in."""

    name: str
    href: str
    is_off_paper: bool


def to_take_in(lines: Sequence[RegisterLine], session: Session, user: User) -> list[NewMember]:
    """Returns the walk-ins of a saved register, for whoever may make them members."""
    if not session.is_held or not user.reach.may(Permission.KEEP_ENSEMBLES, programme_id=session.programme_id):
        return []
    return [
        NewMember(line.name, reverse("participants:child", args=[line.child_id]), not line.care.is_printed)
        for line in lines
        if line.is_walk_in and not line.is_new
    ]
