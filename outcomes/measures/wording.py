"""
The words of a measure that somebody else wrote, as an operator brings them: a JSON file, read against the structure.

    {"measure": "stirling", "version": "1", "source": "where the words were taken from",
     "licence": {"read_by": "who read it and agreed", "agreed_on": "2026-11-30"},
     "instructions": "...",
     "answers": [{"value": 1, "words": "..."}, ...],
     "items": [{"key": "printed_1", "words": "...", "reversed": false}, ...]}

Whoever writes the file says of each item whether its words are reversed; where that differs from the structure, one of
them is of another print, and nothing is taken. Words are kept as they came: a licence may forbid to alter them.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from outcomes.measures.shipped import BY_KEY
from outcomes.measures.structure import Item, Measure, Scale
from outcomes.measures.wording_file import Reading, WordingRefusedError, opened, refused, shown

MOST = {"words": 200, "answer": 60, "instructions": 1000, "source": 400, "read_by": 120}
FIELDS = {"measure", "version", "source", "licence", "instructions", "answers", "items"}


@dataclass(frozen=True)
class MeasureWording:
    """The words of a measure in one version, where they are from, and who read its licence and agreed to it when."""

    measure: str
    version: str
    source: str
    read_by: str
    agreed_on: date
    instructions: str
    answers: tuple[tuple[int, str], ...]
    items: tuple[tuple[str, str], ...]


def worded(measure: Measure, wording: MeasureWording) -> Measure:
    """Returns the measure with these words in their places, ready to be asked; nothing else of it differs."""
    items, answers = dict(wording.items), dict(wording.answers)
    scale = measure.scale or Scale(())
    return replace(
        measure,
        instructions=wording.instructions,
        items=tuple(replace(item, words=items[item.key]) for item in measure.items),
        scale=Scale(tuple(replace(answer, words=answers[answer.value]) for answer in scale.answers)),
    )


def read_wording(content: bytes, *, today: date) -> MeasureWording:
    """Returns the words in a file; refuses with every problem of it, each with its place, value and remedy."""
    told = opened(content)
    measure = _measure(told)
    found = Reading(told)
    licence = found.nested("licence", {"read_by", "agreed_on"})
    wording = MeasureWording(
        measure.key,
        measure.version,
        found.text(told, "source", "source", MOST["source"]),
        found.text(licence, "read_by", "licence, read_by", MOST["read_by"]),
        found.day(licence, "agreed_on", "licence, agreed_on", today),
        found.text(told, "instructions", "instructions", MOST["instructions"]),
        _answers(found, measure),
        _items(found, measure),
    )
    found.known(told, FIELDS, "the file")
    if found.problems:
        raise WordingRefusedError(found.problems)
    return wording


def _measure(told: dict[str, Any]) -> Measure:
    key, version = told.get("measure"), told.get("version")
    measure = BY_KEY.get((key, version)) if isinstance(key, str) and isinstance(version, str) else None
    if measure is None:
        waiting = ", ".join(f"{one.key} {one.version}" for one in BY_KEY.values() if one.awaits_wording)
        raise refused(
            "measure and version", f"{shown(key)}, {shown(version)}", f"Measures whose words are loaded: {waiting}."
        )
    if measure.is_scores_only:
        raise refused(
            "measure",
            shown(measure.key),
            f"Its licence lets no word of it stand here: {measure.licence.words} Key its scores instead.",
        )
    if not measure.awaits_wording:
        raise refused("measure", shown(measure.key), "Its words come with the portal, and change with a new version.")
    return measure


def _answers(found: Reading, measure: Measure) -> tuple[tuple[int, str], ...]:
    values = measure.scale.values if measure.scale else ()
    rows = found.listed("answers", "value", values, {"value", "words"})
    found.once("answers", rows)
    return tuple(
        (value, found.text(rows[value], "words", f"answer {value}, words", MOST["answer"]))
        for value in values
        if value in rows
    )


def _items(found: Reading, measure: Measure) -> tuple[tuple[str, str], ...]:
    rows = found.listed("items", "key", tuple(item.key for item in measure.items), {"key", "words", "reversed"})
    found.once("items", rows)
    words = []
    for item in measure.items:
        if item.key in rows:
            row, place = rows[item.key], f"item {item.key}"
            words.append((item.key, found.text(row, "words", f"{place}, words", MOST["words"])))
            _require_reversed(found, item, row.get("reversed"), f"{place}, reversed")
    return tuple(words)


def _require_reversed(found: Reading, item: Item, said: object, place: str) -> None:
    if not isinstance(said, bool):
        found.refuse(place, said, "Say true where its words are the contrary of its part, else false.")
    elif said != item.is_reversed:
        here = "is" if item.is_reversed else "is not"
        found.refuse(
            place,
            said,
            f"In the structure it {here} reversed. Look whether these are the words of {item.key}; if they are, "
            "this is another print, and needs a version of its own.",
        )
