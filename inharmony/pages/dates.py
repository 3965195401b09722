"""Dates and times as the portal writes them: British order, no ordinals, 24 hours."""

import datetime as dt


def day(value: dt.date) -> str:
    """Returns "17 November 2026"."""
    return f"{value.day} {value:%B %Y}"


def weekday(value: dt.date) -> str:
    """Returns "Tuesday 17 November"."""
    return f"{value:%A} {value.day} {value:%B}"


def short_day(value: dt.date) -> str:
    """Returns "17 Nov", for the heads of narrow columns."""
    return f"{value.day} {value:%b}"


def clock(value: dt.time | dt.datetime) -> str:
    """Returns "10:15"."""
    return f"{value:%H:%M}"


def moment(value: dt.datetime) -> str:
    """Returns "17 November 2026, 10:42"."""
    return f"{day(value)}, {clock(value)}"
