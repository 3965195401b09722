"""What the page for a paper sheet sends: its number, and of each item an answer, or of each part a score, or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from outcomes.measures.structure import TOTAL, Answer, Item, Measure, Part, Total
from outcomes.models.wave import NUMBER_LENGTH


def field_of(item: str) -> str:
    """Returns the name of the field for the answer to an item."""
    return f"item-{item}"


def score_field_of(part: str) -> str:
    """Returns the name of the field for the score of a part, or for the total."""
    return f"score-{part}"


@dataclass(frozen=True)
class Sent:
    """
    A sheet as it was keyed: the number on it, its answers by item, and what was seen of others before.

    Where only scores are kept, they are by part, and the total as it was keyed; what is no number stands as typed.
    """

    number: str
    answers: dict[str, int | str | None]
    seen: str

    @property
    def is_number(self) -> bool:
        """Whether the number could stand on a slip."""
        return self.number.isascii() and self.number.isdigit() and len(self.number) == NUMBER_LENGTH


def read(posted: Mapping[str, str], measure: Measure) -> Sent:
    """Returns what was sent; an answer that is none of the scale is one left blank."""
    values = {str(value): value for value in (measure.scale.values if measure.scale else ())}
    answers: dict[str, int | str | None] = {
        item.key: values.get(posted.get(field_of(item.key), "")) for item in measure.items
    }
    if measure.is_scores_only:
        answers = {key: _score(posted.get(score_field_of(key), "")) for key in _scored(measure)}
    return Sent("".join(posted.get("number", "").split())[:9], answers, posted.get("seen", "")[:64])


def _scored(measure: Measure) -> list[str]:
    return [part.key for part in measure.parts] + [TOTAL] * bool(measure.total)


def _score(typed: str) -> int | str | None:
    tidied = typed.strip()[:9]
    return int(tidied) if tidied.isascii() and tidied.isdigit() else tidied or None


@dataclass(frozen=True)
class ScoreRow:
    """The score of a part, or the total, on the page: its field, what it may be, what was typed, and what is wrong."""

    title: str
    field: str
    least: int
    most: int
    typed: int | str | None
    fault: str
    is_total: bool


def score_rows_of(measure: Measure, sent: Sent | None, faults: Mapping[str, str]) -> list[ScoreRow]:
    """Returns the parts of a measure of which only scores are kept, and its total, with what was keyed."""
    numbers: list[tuple[str, Part | Total]] = [(part.key, part) for part in measure.parts]
    if measure.total:
        numbers.append((TOTAL, measure.total))
    return [
        ScoreRow(
            of.title,
            score_field_of(key),
            of.least,
            of.most,
            sent.answers.get(key) if sent else None,
            faults.get(key, ""),
            key == TOTAL,
        )
        for key, of in numbers
    ]


@dataclass(frozen=True)
class Row:
    """An item on the page: its place on the sheet, its field, and its answers, of which one may be ticked."""

    place: int
    item: Item
    field: str
    choices: list[tuple[Answer, bool]]
    is_blank: bool


def rows_of(measure: Measure, sent: Sent | None) -> list[Row]:
    """Returns the items of a measure in the order of the sheet, with what was keyed."""
    given = sent.answers if sent else {}
    answers = measure.scale.answers if measure.scale else ()
    return [
        Row(
            place,
            item,
            field_of(item.key),
            [(answer, given.get(item.key) == answer.value) for answer in answers],
            given.get(item.key) is None,
        )
        for place, item in enumerate(measure.items, 1)
    ]
