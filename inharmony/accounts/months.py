"""Months in the calendar: from the 31st of a month to the last day of a shorter one, from 29 February to the 28th."""

from calendar import monthrange
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """Returns the day so many months later (before, for a negative number), or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_over(today: date, months: int) -> date:
    """Returns the latest day since which so many months are over today."""
    day = months_after(today, -months)
    while months_after(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return day
