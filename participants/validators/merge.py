"""
What becomes of the dated rows of two records that become one, as rules over days. Nothing is read or written here.

Rows come as the database writes them down in JSON: days as text, which sorts as days do; no end is None.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]
FOREVER = "9999-12-31"
# what says more of a child comes first: whoever was marked there was there, whatever the other record's mark
MARKS = "plera"


@dataclass
class Parted:
    """Of rows that yield to others: those that end earlier, by id, and those that go, with the row they go into."""

    shortened: dict[int, str] = field(default_factory=dict)
    dissolved: dict[int, int] = field(default_factory=dict)


def part(standing: Sequence[Row], yielding: Iterable[Row]) -> Parted:
    """
    Returns what becomes of rows that yield to standing ones of the same child, one at a time allowed.

    A row that began before the first standing one it runs into ends on the day before that; any other goes into it.
    """
    parted = Parted()
    for row in yielding:
        met = sorted((other for other in standing if _meet(row, other)), key=lambda other: str(other["starts_on"]))
        if not met:
            continue
        if row["starts_on"] < met[0]["starts_on"]:
            parted.shortened[row["id"]] = f"{date.fromisoformat(met[0]['starts_on']) - timedelta(days=1)}"
        else:
            parted.dissolved[row["id"]] = met[0]["id"]
    return parted


@dataclass
class Joined:
    """Of rows that join: those that last from another day or to another, by id, and those that went into another."""

    lasting: dict[int, tuple[str, str | None]] = field(default_factory=dict)
    absorbed: dict[int, int] = field(default_factory=dict)


def join(kept: Iterable[Row], gone: Iterable[Row]) -> Joined:
    """
    Returns what becomes of rows of one ensemble, of both records: what overlaps becomes one row that lasts as long.

    A row of the record that stays is the one to stay; among several, the earliest.
    """
    joined = Joined()
    staying = {row["id"] for row in kept}
    rows = sorted((*kept, *gone), key=lambda row: (str(row["starts_on"]), row["id"]))
    run: list[Row] = []
    for row in rows:
        if run and row["starts_on"] > max(map(_end, run)):
            _close(run, staying, joined)
            run = []
        run.append(row)
    if run:
        _close(run, staying, joined)
    return joined


def _close(run: Sequence[Row], staying: set[int], joined: Joined) -> None:
    stays = next((row for row in run if row["id"] in staying), run[0])
    joined.absorbed.update({row["id"]: stays["id"] for row in run if row is not stays})
    starts, ends = str(run[0]["starts_on"]), max(map(_end, run))
    if (starts, ends) != (stays["starts_on"], _end(stays)):
        joined.lasting[stays["id"]] = (starts, None if ends == FOREVER else ends)


def better_mark(one: str, other: str) -> str:
    """Returns which of two marks at one session stands: present, late, excused, reason known, no reason."""
    return min(one, other, key=MARKS.index)


def _end(row: Row) -> str:
    return str(row["ends_on"] or FOREVER)


def _meet(one: Row, other: Row) -> bool:
    return bool(one["starts_on"] <= _end(other) and other["starts_on"] <= _end(one))
