"""The days over the columns of a register, as people write them: real dates, texts, and days without a year.

A day without a year belongs to the academic year that the sheet is of: September to December to its first calendar
year, January to August to its second.
"""

import math
import re
from calendar import month_name, monthrange
from datetime import date, datetime
from typing import NamedTuple

from inharmony.pages import dates
from inharmony.spreadsheets import Cell
from participants.imports.roster.dates import read_date
from participants.imports.roster.text import plain
from schools.models import AcademicYear

_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?[ \n/-]*", re.IGNORECASE)
_WEEK = re.compile(r"^(?:w\s?/?\s?[ckb]|week)\b[ .:,-]*(?:commencing|beginning|starting|of)?[ .:,-]*", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:week|wk|session|lesson)\s*\d{1,2}[ :.,()-]+", re.IGNORECASE)
_FIGURES = re.compile(r"^(\d{1,2})\s?[-/. ]\s?(\d{1,2})$")
_DAY_MONTH = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ]*([a-z]{3,9})\.?$", re.IGNORECASE)
_MONTH_DAY = re.compile(r"^([a-z]{3,9})\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?$", re.IGNORECASE)
_MONTH = re.compile(r"^([a-z]{3,9})\.?(?:[ '’-]*(?:20)?\d\d)?$", re.IGNORECASE)
_YEAR = re.compile(r"(?:^|\D)(?:19|20)\d\d(?:\D|$)|[-/. ]\d\d$")
_DAY = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?$")
_SERIALS = range(36_526, 60_000)  # 2000 to 2064
_LONGEST = 40
_REMEDY = "Write the day of the session like 12/09/2024, and send the sheet again."


class DayRead(NamedTuple):
    """A day over a column, or why it is none that a register can be of; both are empty where no day stands there."""

    day: date | None = None
    problem: str = ""

    @property
    def is_there(self) -> bool:
        """Whether a day was meant, readable or not."""
        return self.day is not None or bool(self.problem)


NONE = DayRead()


def read_day(cell: Cell, year: AcademicYear) -> DayRead:
    """Returns the day that a heading names."""
    if isinstance(cell, datetime):
        return DayRead(cell.date())
    if isinstance(cell, date):
        return DayRead(cell)
    if isinstance(cell, bool):
        return NONE
    if isinstance(cell, (int, float)):
        is_serial = math.isfinite(cell) and int(cell) in _SERIALS
        return DayRead(read_date(cell, today=year.ends_on).day) if is_serial else NONE
    text = plain(cell)
    is_worth_reading = len(text) <= _LONGEST and any(map(str.isdigit, text))
    return _of_text(text, year) if is_worth_reading else NONE


def _of_text(written: str, year: AcademicYear) -> DayRead:
    text = _NUMBERED.sub("", written).strip("() ")
    if (without := _WEEK.sub("", text)) != text:
        found = _of_text(without, year)
        words = f"“{text}” says only in which week the session was. {_REMEDY}"
        return DayRead(None, words) if found.is_there else NONE
    named = _WEEKDAY.match(text)
    rest = text[named.end() :] if named else text
    if not any(letter.isdigit() for letter in rest):
        return NONE
    found = _without_year(rest, year) or _with_year(rest, year)
    if named and found.day and _WEEKDAYS[found.day.weekday()] != named[1][:3].lower():
        weekday = f"{found.day:%A}"
        words = f"“{text}” is no such day: {dates.day(found.day)} is a {weekday}. See if the academic year is right."
        return DayRead(None, words)
    return found


def _without_year(text: str, year: AcademicYear) -> DayRead | None:
    if found := _FIGURES.match(text):
        return in_year(int(found[1]), int(found[2]), year, text)
    if found := _DAY_MONTH.match(text):
        day, word = int(found[1]), found[2]
    elif found := _MONTH_DAY.match(text):
        day, word = int(found[2]), found[1]
    else:
        return None
    month = month_of(word)
    return in_year(day, month, year, text) if month else None


def _with_year(text: str, year: AcademicYear) -> DayRead:
    if not _YEAR.search(text):
        return NONE
    read = read_date(text, today=year.ends_on)
    if read.day:
        return DayRead(read.day)
    # what only looks a little like a date is a heading of something else
    return DayRead(None, f"“{text}” {read.fault.message}") if read.fault and read.order == "month" else NONE


def month_of(word: str) -> int | None:
    """Returns the month that a word names, whole or cut short, with a year behind it or none; None for another word."""
    found = _MONTH.match(word.strip())
    name = found[1].lower() if found else ""
    number = _MONTHS.get(name[:3])
    return number if number and month_name[number].lower().startswith("sep" if name == "sept" else name) else None


def day_figure(cell: Cell) -> int | None:
    """Returns the day of a month that stands under a month's name: 1 to 31, or None."""
    found = _DAY.match(_WEEKDAY.sub("", plain(cell))) if not isinstance(cell, bool) else None
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def in_year(day: int, month: int, year: AcademicYear, written: str) -> DayRead:
    """Returns the day of a month that falls in an academic year; a problem where the month has no such day."""
    if not 1 <= month <= 12:
        if 1 <= day <= 12 and 1 <= month <= 31:
            return DayRead(None, f"“{written}” has the month first, or there is no month {month}. {_REMEDY}")
        return NONE
    of = year.year if month >= 9 else year.year + 1
    if not 1 <= day <= monthrange(of, month)[1]:
        return DayRead(None, f"“{written}” is no day: {month_name[month]} {of} has {monthrange(of, month)[1]} days.")
    return DayRead(date(of, month, day))


def why_not(day: date, year: AcademicYear, today: date) -> str:
    """Returns why no register of an academic year can be of a day, or an empty text."""
    if not year.starts_on <= day <= year.ends_on:
        return f"{dates.day(day)} is not in {year}. Choose the year it is in, or mend the date; send the sheet again."
    if day > today:
        return f"{dates.day(day)} is still to come. Its register can be taken on that day, not before."
    return ""
