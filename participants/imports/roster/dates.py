"""Dates as schools write them: day first, ISO, month names, and the day numbers of spreadsheet programs."""

import math
import re
from calendar import month_name, monthrange
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from inharmony.spreadsheets import Cell
from participants.imports.roster.problem import Fault
from participants.imports.roster.text import plain

_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d.*)?$")
_DAY_FIRST = re.compile(r"^(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})(?:[t ]\d.*)?$")
_NAMED = re.compile(
    r"^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +)?(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3,9})[-/., ]+(\d{4}|\d{2})$"
)
_MONTH_NAMED_FIRST = re.compile(r"^([a-z]{3,9})[-/. ]+(\d{1,2})(?:st|nd|rd|th)?,?[-/. ]+(\d{4})$")
_DIGITS = re.compile(r"^\d{7,8}$")
_DAY_NUMBER = re.compile(r"^(\d{4,5})(?:\.\d+)?$")

_EPOCH = date(1899, 12, 30)  # day 0 of the 1900 system, its missing leap day allowed for
_DAY_NUMBERS = range(7_000, 60_000)  # 1919 to 2064
_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_YEARS = (1900, 2100)
_OLDEST = 110
SCHOOL_AGES = range(2, 20)

_ASK = "Write day/month/year, for example 14/03/2018."


class DateRead(NamedTuple):
    """A date or None, a fault or None, and in which order day and month stand.

    `order` is "day" or "month" where the figures can only be read with that first, "either" where both are possible,
    and empty where the writing leaves no doubt or none was written.
    """

    day: date | None
    fault: Fault | None = None
    order: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether day and month could be the other way round."""
        return self.order == "either"

    def having(self, **changes: Any) -> "DateRead":
        """Returns the same with some of it changed."""
        return self._replace(**changes)


_BLANK = DateRead(None)
_LONGEST = 60  # characters of any usual way of writing a date


def read_date(cell: Cell, *, today: date) -> DateRead:
    """Returns the date in a cell. A blank cell gives neither date nor fault; what is no date is refused."""
    if isinstance(cell, datetime):
        return _possible(cell.date())
    if isinstance(cell, date):
        return _possible(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_number(cell)
    text = plain(cell).strip().lower()
    if not text or text in {"-", "n/a", "?"}:
        return _BLANK
    return _from_text(text, today) if len(text) <= _LONGEST else _refused("is not a date.")


def _possible(day: date) -> DateRead:
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        return _refused(f"is the date {day.isoformat()}, which cannot be meant.")
    return DateRead(day)


def _refused(words: str) -> DateRead:
    return DateRead(None, Fault(f"{words} {_ASK}", refused=True))


def _from_number(number: float) -> DateRead:
    if not math.isfinite(number):
        return _refused("is not a date.")
    if int(number) in _DAY_NUMBERS:
        day = _EPOCH + timedelta(days=int(number))
        return DateRead(day, Fault(f"is a spreadsheet’s day number; read as {in_words(day)}."))
    return _from_digits(f"{int(number)}") if number == int(number) else _refused("is not a date.")


def _from_digits(digits: str) -> DateRead:
    """Eight figures without separators: year first, or day first with its leading nought lost by the program."""
    if not _DIGITS.match(digits):
        return _refused("is not a date.")
    if digits.startswith(("19", "20")) and len(digits) == 8 and 1 <= int(digits[4:6]) <= 12:
        return _built(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    digits = digits.zfill(8)
    return _built(int(digits[4:]), int(digits[2:4]), int(digits[:2]))


def _from_text(text: str, today: date) -> DateRead:
    if found := _ISO.match(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(text):
        return _day_first(int(found[1]), int(found[2]), found[3], today)
    if found := _NAMED.match(text):
        return _named(int(found[1]), found[2], found[3], today)
    if found := _MONTH_NAMED_FIRST.match(text):
        return _named(int(found[2]), found[1], found[3], today)
    if found := _DAY_NUMBER.match(text):
        return _from_number(int(found[1]))
    return _from_digits(text)


def _iso(year: int, month: int, day: int) -> DateRead:
    """A real date is told as one, however far from any year that could be meant."""
    if year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return _possible(date(year, month, day))
    return _built(year, month, day)


def _day_first(day: int, month: int, written_year: str, today: date) -> DateRead:
    year = _full_year(written_year, today)
    if month > 12 and day <= 12:
        return DateRead(
            None,
            Fault(
                f"can only be month/day/year. If {month} {month_name[day]} {year} is meant, write"
                f" {month:02d}/{day:02d}/{year} (day/month/year).",
                refused=True,
            ),
            "month",
        )
    built = _built(year, month, day)
    order = "" if built.day is None or day == month else "either" if day <= 12 else "day"
    return _short_year(built, written_year).having(order=order)


def _named(day: int, word: str, written_year: str, today: date) -> DateRead:
    month = _MONTHS.get(word[:3])
    if month is None or not month_name[month].lower().startswith(word.removesuffix("t") if word == "sept" else word):
        return _refused(f"names no month (“{word}”).")
    return _short_year(_built(_full_year(written_year, today), month, day), written_year)


def _full_year(written: str, today: date) -> int:
    """Two figures mean this century unless that lies in the future."""
    if len(written) == 4:
        return int(written)
    year = 2000 + int(written)
    return year if year <= today.year else year - 100


def _short_year(read: DateRead, written_year: str) -> DateRead:
    if read.day is None or len(written_year) == 4:
        return read
    return read.having(
        fault=Fault(f"has a two-figure year; read as {in_words(read.day)}. Write the year in full to be sure.")
    )


def _built(year: int, month: int, day: int) -> DateRead:
    if not 1 <= month <= 12:
        return _refused(f"is not a date: there is no month {month}.")
    if not _YEARS[0] <= year <= _YEARS[1]:
        return _refused(f"is not a date: the year {year} cannot be meant.")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return _refused(f"is not a date: {month_name[month]} {year} has {days} days.")
    return DateRead(date(year, month, day))


def in_words(day: date) -> str:
    """Returns the date for a message: 3 April 2015."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def read_birth_date(cell: Cell, *, today: date) -> DateRead:
    """Returns a date of birth: not in the future, not over 110 years ago; ages outside 2 to 19 are warned of."""
    read = read_date(cell, today=today)
    if read.day is None:
        return read
    if read.day > today:
        return _refused(f"is {in_words(read.day)}, which is in the future.")
    age = age_on(read.day, today)
    if age > _OLDEST:
        return _refused(f"is {in_words(read.day)}, which makes this person {age} years old.")
    if age not in SCHOOL_AGES and read.fault is None:
        return read.having(fault=Fault(f"makes this person {age} years old. Check the year."))
    return read


def age_on(born: date, today: date) -> int:
    """Returns the age in whole years on a day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
