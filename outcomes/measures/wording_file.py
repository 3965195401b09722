"""A file of words in JSON, read with all that is wrong in it: each problem has a place, a value and a remedy."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST_BYTES = 100_000
SHOWN = 60


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in the file: where, what stands there, and what would do."""

    place: str
    value: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.value}. {self.remedy}"


class WordingRefusedError(Exception):
    """The file is not taken; `problems` holds all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def opened(content: bytes) -> dict[str, Any]:
    """Returns the object in a file; refuses what is too long, no UTF-8 or no JSON, with the place."""
    if len(content) > MOST_BYTES:
        raise refused("the file", f"{len(content):,} bytes", f"A wording has at most {MOST_BYTES:,}.")
    try:
        told = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except UnicodeDecodeError as wrong:
        raise refused("the file", f"byte {wrong.start} is no UTF-8", "Save it as UTF-8.") from wrong
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}, character {wrong.colno}"
        raise refused(place, wrong.msg, "The file is to be JSON; mend it there.") from wrong
    except ValueError as wrong:
        raise refused("the file", "a number of thousands of digits", "Values of answers are short numbers.") from wrong
    except RecursionError as wrong:
        raise refused("the file", "lists within lists without end", "A wording has at most two levels.") from wrong
    if not isinstance(told, dict):
        raise refused("the file", shown(told), "It is to be one object in braces, with measure, version and so on.")
    return told


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if twice := [key for key, many in Counter(key for key, _ in pairs).items() if many > 1]:
        raise refused(shown(twice[0]), "stands twice in one object", "Take one of them out.")
    return dict(pairs)


class Reading:
    """Reads the parts of a file and gathers what is wrong with them; what is refused reads as empty."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.problems: list[Problem] = []

    def refuse(self, place: str, value: object, remedy: str) -> None:
        self.problems.append(Problem(place, shown(value), remedy))

    def known(self, row: dict[str, Any], fields: set[str], place: str) -> None:
        for key in sorted(row.keys() - fields):
            self.refuse(f"{place}, {shown(key)}", row[key], f"Take it out: a wording has {', '.join(sorted(fields))}.")

    def nested(self, key: str, fields: set[str]) -> dict[str, Any]:
        inner = self.told.get(key)
        if not isinstance(inner, dict):
            self.refuse(key, inner, f"It is to be an object with {' and '.join(sorted(fields))}.")
            return dict.fromkeys(fields)
        self.known(inner, fields, key)
        return inner

    def text(self, row: dict[str, Any], key: str, place: str, most: int) -> str:
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(place, value, "Write its words.")
            return ""
        if len(value) > most:
            self.refuse(place, f"{len(value)} characters", f"It has at most {most}.")
        if not value.isprintable():
            self.refuse(place, value, "Write it in one line, without tabs or signs that cannot be seen.")
        return value

    def day(self, row: dict[str, Any], key: str, place: str, today: date) -> date:
        value = row.get(key)
        try:
            on = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            on = None
        if on is None or on > today:
            self.refuse(place, value, "Write the day on which it was agreed, like 2026-11-30; it is not in the future.")
            return today
        return on

    def listed(
        self, name: str, field: str, keys: Sequence[str | int], fields: set[str]
    ) -> dict[str | int, dict[str, Any]]:
        """Returns the rows of a list by their key; refuses what is missing, stands twice, or is not to be there."""
        told = self.told.get(name)
        if not isinstance(told, list):
            self.refuse(name, told, f"It is to be a list with {_among(keys)}.")
            return {}
        rows: dict[str | int, dict[str, Any]] = {}
        for place, row in ((f"{name}, row {number}", row) for number, row in enumerate(told, start=1)):
            key = row.get(field) if isinstance(row, dict) else None
            # True is 1 to Python, and is no value of an answer
            if isinstance(key, bool) or not isinstance(key, str | int) or key not in keys:
                self.refuse(place, row if key is None else key, f"Its {field} is to be one of {_among(keys)}.")
            elif key in rows:
                self.refuse(place, key, "It is there already. Take one of them out.")
            else:
                rows[key] = row
                self.known(row, fields, place)
        for key in keys:
            if key not in rows:
                self.refuse(name, f"{key} is missing", "Every one is needed: add its words.")
        return rows

    def once(self, name: str, rows: dict[str | int, dict[str, Any]]) -> None:
        """Refuses the same words for two rows: one was copied and not changed."""
        said: dict[str, str | int] = {}
        for key, row in rows.items():
            words = row.get("words")
            if isinstance(words, str) and (first := said.setdefault(" ".join(words.split()).casefold(), key)) != key:
                self.refuse(f"{name}, {key}", words, f"It says the same as {first}. Write the words of each.")


def refused(place: str, value: str, remedy: str) -> WordingRefusedError:
    return WordingRefusedError([Problem(place, value, remedy)])


def _among(keys: Sequence[str | int]) -> str:
    return ", ".join(map(str, keys))


def shown(value: object) -> str:
    """Returns a value as it stands in a message: short, and a word for what is not there."""
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = "".join(sign if sign.isprintable() else "�" for sign in text)
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"
