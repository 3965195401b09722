"""What a register page sends: a mark for each child, the version it was seen in, and why it changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from participants.models.attendance import Mark
from participants.models.correction import Correction

SAVES = 50  # unanswered saves of one register that a page can name
OFF = "x"  # of a child who is not in the ensemble: not here after all


class RegisterUnreadableError(Exception):
    """The form holds something no register page sends."""


@dataclass(frozen=True)
class SentRegister:
    """
    The marks of a posted register, by child, the version its page showed, and why it changes where that is said.

    `fill` is the mark to set the rest to, where that is asked for and nothing is to be saved ("" sets none).
    Of a page with script also the save's own id, and those of the saves it comes after: see `take_register`.
    `walk_ins` are the tokens of children added to it, by child, and `off` those to be taken off again; with `add`,
    a token ("" for none), the page is to be shown with that child and nothing saved.
    """

    marks: dict[int, Mark]
    version: int
    reason: Correction.Reason | None = None
    save: UUID | None = None
    after: tuple[UUID, ...] = ()
    fill: Mark | Literal[""] | None = None
    walk_ins: dict[int, str] = field(default_factory=dict)
    off: frozenset[int] = frozenset()
    add: str | None = None
    is_open: bool = False

    @property
    def is_asking(self) -> bool:
        """Whether the page is only to be shown again, with more on it."""
        return self.fill is not None or self.add is not None


def field_of(child_id: int) -> str:
    """Returns the name of a child's radio group."""
    return f"m{child_id}"


def read_register(posted: Mapping[str, str]) -> SentRegister:
    """Returns what was sent; raises RegisterUnreadableError naming the field that cannot be a mark."""
    marks, off = _marks(posted)
    version = posted.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 9):
        raise RegisterUnreadableError("The page was not complete when it was sent. Open the register again.")
    reason = posted.get("reason", "")
    if reason and reason not in Correction.Reason.values:
        raise RegisterUnreadableError("The reason is not one of the list. Open the register again and save it.")
    fill = posted.get("fill")
    if fill and fill not in Mark.values:
        raise RegisterUnreadableError(f"“{fill[:20]}” is not a mark. Open the register again and save it.")
    saves = [_id(text) for text in posted.get("after", "").split()[:SAVES]]
    save = _id(posted["save"]) if posted.get("save") else None
    return SentRegister(
        marks,
        int(version),
        Correction.Reason(reason) if reason else None,
        save,
        tuple(saves),
        Mark(fill) if fill else "" if fill == "" else None,
        walk_ins=read_tokens(posted),
        off=off,
        add=posted.get("add"),
        is_open=bool(posted.get("open")),
    )


def read_tokens(posted: Mapping[str, str]) -> dict[int, str]:
    """Returns the tokens of children added to a register, by child, as they were sent: valid or not."""
    return dict(_of_children("w", posted))


def _marks(posted: Mapping[str, str]) -> tuple[dict[int, Mark], frozenset[int]]:
    marks, off = {}, set()
    for child, value in _of_children("m", posted):
        if value == OFF:
            off.add(child)
        elif value in Mark.values:
            marks[child] = Mark(value)
        else:
            raise RegisterUnreadableError(f"“{value[:20]}” is not a mark. Open the register again and save it.")
    return marks, frozenset(off)


def _of_children(letter: str, posted: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for name, value in posted.items():
        if name.startswith(letter) and name[1:].isascii() and name[1:].isdigit():
            yield int(name[1:19]), value


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise RegisterUnreadableError("The page was not complete when it was sent. Open the register again.") from wrong
