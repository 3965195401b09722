"""What the page for a paper sheet sends: its number, and of each item an answer or none."""

from collections.abc import Mapping
from dataclasses import dataclass

from outcomes.measures.structure import Answer, Item, Measure
from outcomes.models.wave import NUMBER_LENGTH


def field_of(item: str) -> str:
    """Returns the name of the field for the answer to an item."""
    return f"item-{item}"


@dataclass(frozen=True)
class Sent:
    """A sheet as it was keyed: the number on it, its answers by item, and what was seen of others before."""

    number: str
    answers: dict[str, int | None]
    seen: str

    @property
    def is_number(self) -> bool:
        """Whether the number could stand on a slip."""
        return self.number.isascii() and self.number.isdigit() and len(self.number) == NUMBER_LENGTH


def read(posted: Mapping[str, str], measure: Measure) -> Sent:
    """Returns what was sent; an answer that is none of the scale is one left blank."""
    values = {str(value): value for value in (measure.scale.values if measure.scale else ())}
    answers = {item.key: values.get(posted.get(field_of(item.key), "")) for item in measure.items}
    return Sent("".join(posted.get("number", "").split())[:9], answers, posted.get("seen", "")[:64])


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
