"""What is asked of whoever saves a register that somebody else saved meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass

from participants.forms.attendance import field_of
from participants.models.attendance import Mark
from participants.queries.attendance import RegisterLine
from participants.queries.care import PhotoBadge


@dataclass(frozen=True)
class Decision:
    """A child whose mark as saved by somebody else differs from what was sent: one of the two is chosen."""

    key: int
    field: str
    name: str
    badge: PhotoBadge
    theirs: Mark
    yours: Mark
    is_off_paper: bool
    note: str = ""


def decisions(lines: list[RegisterLine], marks: Mapping[int, Mark]) -> list[Decision]:
    """Returns the children of whom what was sent differs from what stands."""
    return [
        Decision(
            key=line.child_id,
            field=field_of(line.child_id),
            name=line.name,
            badge=line.care.badge,
            theirs=line.mark,
            yours=marks[line.child_id],
            is_off_paper=not line.care.is_printed,
            note=line.note,
        )
        for line in lines
        # of one whom only this person added nothing else stands
        if line.child_id in marks and marks[line.child_id] != line.mark and not line.is_new
    ]
