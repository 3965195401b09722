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


def printed(value: dt.date, precision: str = "day") -> str:
    """Returns as much of a date as is in print ("day", "month", "year"): "16 July 2012", "July 2012" or "2012"."""
    if precision == "year":
        return f"{value.year}"
    return f"{value:%B %Y}" if precision == "month" else day(value)


def printed_span(value: dt.date, until: dt.date | None, precision: str = "day") -> str:
    """Returns a date in print, or a time: "1 to 5 July 2012", "May to June 2022", "2012 to 2015"."""
    last = printed(until, precision) if until else ""
    first = printed(value, precision)
    if not last or first == last:
        return first
    assert until
    if precision == "day" and (value.year, value.month) == (until.year, until.month):
        first = f"{value.day}"
    elif precision != "year" and value.year == until.year:
        first = first.removesuffix(f" {value.year}")
    return f"{first} to {last}"
