"""Absences in a row: what a coordinator should notice before a child is gone."""

from collections.abc import Sequence
from dataclasses import dataclass

from participants.models.attendance import ATTENDED, Mark

# as many as are worth a word
LONG = 3


@dataclass(frozen=True)
class Run:
    """Absences in a row, by their places among the marks given, and whether the child has not come since."""

    places: tuple[int, ...]
    is_last: bool


def runs(marks: Sequence[Mark | None]) -> list[Run]:
    """
    Returns the runs of three absences and more among a child's marks, in time order.

    Excused is passed over, and so is a session without a mark: neither says that the child came, or stayed away.
    """
    found: list[Run] = []
    open_: list[int] = []
    for place, mark in enumerate(marks):
        if mark in ATTENDED:
            found += _long(open_, is_last=False)
            open_ = []
        elif mark in {Mark.REASON_KNOWN, Mark.NO_REASON}:
            open_.append(place)
    return found + _long(open_, is_last=True)


def _long(places: list[int], *, is_last: bool) -> list[Run]:
    return [Run(tuple(places), is_last)] if len(places) >= LONG else []
