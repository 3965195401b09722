"""Numbers through the years as bars: positions in per cent, text in its own size, readable on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

ROW = 38
BAR = 24
# where bars begin, and how much of the width the longest takes: the rest is for the words before and after
BEGINS, LONGEST = 24.0, 46.0


class Year(NamedTuple):
    """One number of a year: when it is of and how it is said, as printed, and how much it is."""

    when: str
    said: str
    value: float


class Bar(NamedTuple):
    """A bar as it is drawn; `ends` is where the words after it stand."""

    when: str
    said: str
    y: int
    text_y: int
    begins: float
    width: float
    ends: float
    is_newest: bool


@dataclass(frozen=True)
class Bars:
    """The chart: its bars, its height, and one sentence that says what to see."""

    bars: tuple[Bar, ...]
    height: int
    words: str


def through_the_years(years: Sequence[Year]) -> Bars | None:
    """Returns a bar for each number, in their order; None for fewer than two, which are no course of things."""
    if len(years) < 2:
        return None
    most = max(year.value for year in years) or 1
    bars = tuple(
        _bar(row, year, LONGEST * year.value / most, is_newest=row == len(years) - 1) for row, year in enumerate(years)
    )
    first, last = years[0], years[-1]
    words = f"From {_lowered(first.said)} ({first.when}) to {_lowered(last.said)} ({last.when})."
    return Bars(bars, ROW * len(bars), words)


def _bar(row: int, year: Year, width: float, *, is_newest: bool) -> Bar:
    top, width = row * ROW + 4, round(width, 1)
    return Bar(year.when, year.said, top, top + 17, BEGINS, width, round(BEGINS + width + 1.5, 1), is_newest)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
