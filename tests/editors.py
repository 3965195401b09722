"""Two editors of one register, and a model of who has seen what: for a property test, and for a longer proof."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from inharmony.accounts.models import User
from participants.actions import attendance
from participants.models import Attendance
from participants.models.attendance import Mark
from programmes.models import Session

MARKS = (Mark.PRESENT, Mark.LATE)
OFTEN = 12


@dataclass
class Editor:
    """Somebody with the register open: the version they saw, and their saves whose answer never came."""

    user: User
    seen: int = 0
    unanswered: list[UUID] = field(default_factory=list)

    def look(self, version: int) -> None:
        """Opens the register again, or reads an answer."""
        self.seen, self.unanswered = version, []


def interleave(rng: Random, session: Session, children: Sequence[int], users: Sequence[User]) -> list[str]:
    """
    Saves a register again and again by two people in any order, some answers lost; returns everything wrong.

    A save may get in only over the version that its sender saw, or over their own of which they had no answer; what
    was sent once and is sent again changes nothing. In a scope that holds the session.
    """
    editors, wrong = [Editor(user) for user in users], []
    stands: dict[int, Mark] = {}
    version, last = 0, None
    for number in range(rng.randint(2, OFTEN)):
        editor = rng.choice(editors)
        if rng.random() < 0.4:
            editor.look(version)
        marks = {child: rng.choice(MARKS) for child in children}
        save = UUID(int=number + 1)
        sent = {"session": session, "marks": marks, "by": editor.user, "save": save}
        may = stands == marks or editor.seen == version or last in editor.unanswered
        try:
            for _ in range(rng.randint(1, 3)):  # the same request, once or again
                attendance.take_register(**sent, version=editor.seen, after=editor.unanswered)
        except attendance.RegisterChangedError:
            wrong += ["a save over what its sender had seen was refused"] * may
        else:
            wrong += ["what somebody else saved was overwritten"] * (not may)
            if stands != marks:
                stands, version, last = marks, version + 1, save
            if rng.random() < 0.5:
                editor.look(version)
            else:
                editor.unanswered = [*editor.unanswered, save]
        kept = dict(Attendance.objects.filter(session=session).values_list("child_id", "mark"))
        wrong += [f"{kept} stands, and not {stands}"] * (kept != {child: str(mark) for child, mark in stands.items()})
    return wrong
