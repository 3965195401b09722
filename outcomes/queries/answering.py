"""
What the holder of a slip is asked, and how far they are. A slip is found by its mark alone: nobody is signed in.

Nothing here reads a name. Whether a child may be asked is one question of its own (`may_answer`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inharmony.access.scope import Scope, scoped
from outcomes.measures.structure import Item, Measure
from outcomes.models import AskedGroup, Response, Slip, Wave
from outcomes.models.wave import CODE_LENGTH, LETTERS, NUMBER_LENGTH
from participants.models import Consent
from participants.validators.list_check import shut_since

_CODE = re.compile(f"[{LETTERS}]{{{CODE_LENGTH}}}")
_MARK = re.compile(f"[{LETTERS}]{{{CODE_LENGTH}}}[1-9][0-9]{{{NUMBER_LENGTH - 1}}}")
# what people put between letters to read them better
_BETWEEN = re.compile(r"[\s.\-–—]+")


def tidied(typed: str) -> str:
    """Returns a code, a number or a mark as it is kept: capitals, and nothing between them."""
    return _BETWEEN.sub("", typed).upper()


def code_of(told: str) -> str:
    """Returns the code in a tidied code or mark; an empty text where there is none that could be one."""
    code = told[:CODE_LENGTH]
    return code if _CODE.fullmatch(code) and (told == code or is_mark(told)) else ""


def is_mark(told: str) -> bool:
    """Returns whether a tidied text could be the mark of a slip: a code and the number after it."""
    return _MARK.fullmatch(told) is not None


class Opening(StrEnum):
    """Whether a wave takes answers on a day."""

    OPEN = "open"
    NOT_YET = "not yet"
    OVER = "over"


def opening_of(wave: Wave, today: date) -> Opening:
    """Returns whether a wave takes answers: on its days, until it is closed, as long as its hub is open."""
    if wave.closed_at is not None or today > wave.closes_on or shut_since(wave.programme, today):
        return Opening.OVER
    return Opening.NOT_YET if today < wave.opens_on else Opening.OPEN


def group_of(code: str) -> AskedGroup | None:
    """Returns the group of a code, within the scope of the code or of a mark in it; None where there is none."""
    return AskedGroup.objects.filter(code=code).select_related("wave__programme").first() if code else None


def slip_of(mark: str) -> Slip | None:
    """Returns the slip of a mark, within the scope of the mark; None where there is none."""
    return Slip.objects.filter(mark=mark).select_related("wave__programme").first() if is_mark(mark) else None


def may_answer(slip: Slip) -> bool:
    """
    Returns whether whoever holds a slip may be asked: it names no child, or consent to surveys stands for that child.

    Consent is behind the wall of its hub, which a slip does not open. So this one question is asked in the hub's scope,
    and only whether it is so leaves it.
    """
    if slip.child_id is None:
        return True
    with scoped(Scope(frozenset({slip.programme_id}))):
        said = Consent.objects.filter(child_id=slip.child_id, purpose=Consent.Purpose.SURVEY).standing().first()
    return said is not None and said.is_given


@dataclass(frozen=True)
class Progress:
    """How far somebody is: the items in their order, and what they said of each they reached (null: skipped)."""

    items: tuple[Item, ...]
    answers: Mapping[str, int | None]

    @property
    def first_open(self) -> int | None:
        """The place, from 1, of the first item that was not reached; None once all were."""
        return next((place for place, item in enumerate(self.items, 1) if item.key not in self.answers), None)

    @property
    def has_begun(self) -> bool:
        return any(item.key in self.answers for item in self.items)

    def is_said(self, item: Item) -> bool:
        """Whether there is an answer to an item; one that was skipped has none."""
        return self.answers.get(item.key) is not None

    def after(self, place: int) -> int | None:
        """The place to go on with after an item; None once all were reached, so that who mends one is done."""
        onwards = place + 1 if place < len(self.items) else self.first_open
        return onwards if self.first_open else None


def progress_of(slip: Slip, measure: Measure) -> Progress:
    """Returns how far the holder of a slip is, within its scope."""
    answers = Response.objects.filter(slip=slip).values_list("answers", flat=True).first()
    return Progress(measure.items, answers or {})
