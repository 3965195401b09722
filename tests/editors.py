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


class Table:
    """A register between two editors: what stands, and what is still on its way to it."""

    def __init__(self, rng: Random, session: Session, children: Sequence[int], users: Sequence[User]) -> None:
        self.rng, self.session, self.children = rng, session, children
        self.editors = [Editor(user) for user in users]
        self.stands: dict[int, Mark] = {}
        self.version = 0
        self.last: UUID | None = None
        self.on_their_way: list[dict] = []
        self.replaced: set[UUID] = set()
        self.wrong: list[str] = []

    def save(self, number: int) -> None:
        """Somebody saves: it arrives once or more, or stays on its way; its answer comes or does not."""
        rng, editor = self.rng, self.rng.choice(self.editors)
        if rng.random() < 0.4:
            editor.look(self.version)
        # of two registers only, so that what is sent often stands already
        marks = dict.fromkeys(self.children, rng.choice(MARKS))
        sent = {"marks": marks, "by": editor.user, "save": UUID(int=number + 1)}
        sent |= {"version": editor.seen, "after": editor.unanswered}
        if rng.random() < 0.3:
            self.on_their_way.append(sent)
            editor.unanswered = [*editor.unanswered, sent["save"]]
            return
        is_seen = editor.seen == self.version or self.last in editor.unanswered
        may = self.stands == marks or is_seen
        # one that comes after others on their way takes a version, though it changes no mark
        is_kept = self.stands != marks or bool(self.version and is_seen and editor.unanswered)
        answers = [self.arrives(sent) for _ in range(rng.randint(1, 3))]
        arrived = all(answers)
        if arrived != may:
            self.wrong.append("what somebody else saved was overwritten" if arrived else "a save was refused")
        if not arrived:
            return
        self.replaced |= set(editor.unanswered)
        if is_kept:
            self.stands, self.version, self.last = marks, self.version + 1, sent["save"]
        if rng.random() < 0.5:
            editor.look(self.version)
        else:
            editor.unanswered = [*editor.unanswered, sent["save"]]

    def arrives(self, sent: dict) -> bool:
        """Whether the portal took a save."""
        try:
            attendance.take_register(session=self.session, **sent)
        except attendance.RegisterChangedError:
            return False
        return True

    def late(self) -> None:
        """What a later save of the same person has replaced arrives after all."""
        for sent in self.on_their_way:
            if sent["save"] in self.replaced:
                self.arrives(sent)

    def compare(self) -> None:
        kept = dict(Attendance.objects.filter(session=self.session).values_list("child_id", "mark"))
        if kept != {child: str(mark) for child, mark in self.stands.items()}:
            self.wrong.append(f"{kept} stands, and not {self.stands}")


def interleave(rng: Random, session: Session, children: Sequence[int], users: Sequence[User]) -> list[str]:
    """
    Saves a register again and again by two people in any order, some answers lost; returns everything wrong.

    A save may get in only over the version that its sender saw, or over their own of which they had no answer. What
    was sent once and is sent again changes nothing, and what was replaced comes too late. In a scope that holds the
    session.
    """
    table = Table(rng, session, children, users)
    for number in range(rng.randint(2, OFTEN)):
        table.save(number)
        table.compare()
        if rng.random() < 0.3:
            table.late()
            table.compare()
    table.late()
    table.compare()
    return table.wrong
