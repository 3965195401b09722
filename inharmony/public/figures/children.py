"""Which of the numbers of children in print say how many take part at a time, and of when each is."""

import re
from datetime import date
from typing import Protocol

# what is counted over several years, at one event or in one of several schools is no number of a hub's children
_OTHERWISE = re.compile(r"\b(since|years|tour|each school)\b")
_AFTER = re.compile(r"\bafter ((?:19|20)\d\d)\b", re.IGNORECASE)


class Figure(Protocol):
    """What of a published figure is asked here."""

    label: str
    unit: str
    when: str
    note: str
    as_at: date | None


def is_at_a_time(figure: Figure) -> bool:
    """Returns whether it is a number of a hub's children at a time, as far as its own words say."""
    return not _OTHERWISE.search(f"{figure.label} {figure.unit}")


def day_of(figure: Figure) -> date | None:
    """Returns the day to order it by; of one "printed after 2022" the last of that year; None of an undated one."""
    if figure.as_at is not None:
        return figure.as_at
    after = _AFTER.search(f"{figure.when} {figure.note}")
    return date(int(after[1]), 12, 31) if after else None


def year_of(figure: Figure) -> str:
    """Returns "2015", or "after 2022" of one whose year is not given."""
    day = day_of(figure)
    if day is None:
        return figure.when
    return str(day.year) if figure.as_at is not None else f"after {day.year}"
