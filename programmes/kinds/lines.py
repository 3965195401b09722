"""How entries read: dates as far as they are in print, numbers, and the time something lasted."""

from datetime import date
from decimal import Decimal
from typing import Any

from inharmony.pages import dates
from programmes.models.entry import Precision


def in_print(day: date | None, precision: str = Precision.DAY) -> str:
    """Returns a date as far as it is in print, nothing where there is none."""
    return dates.printed(day, precision) if day else ""


def first_of(day: date, precision: str) -> date:
    """Returns the day that stands for a month or a year of which no day is in print: its first."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def lasting(first: date | None, last: date | None, precision: str = Precision.DAY) -> str:
    """Returns "from 2009", "from 2009 until 2012", "until 2012", or nothing."""
    words = [f"from {in_print(first, precision)}"] if first else []
    words += [f"until {in_print(last, precision)}"] if last else []
    return " ".join(words)


def since(row: Any) -> str:
    """Returns the time of a row that starts and may have ended."""
    return lasting(row.starts_on, row.ends_on, getattr(row, "precision", Precision.DAY))


def number(value: Decimal) -> str:
    """Returns a printed number without idle noughts: "1,357", "64.5"."""
    written = f"{value:,.2f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def short(words: str, most: int = 90) -> str:
    """Returns the beginning of a text, cut between words."""
    if len(words) <= most:
        return words
    return f"{words[:most].rsplit(' ', 1)[0].rstrip(' ,;:.')} …"
