"""
Bank holidays of England, by the rules of the Banking and Financial Dealings Act 1971 and custom.

A day moved or added for one year (a jubilee, a coronation) follows from no rule: it is entered as a closure.
"""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
MONDAY, SATURDAY = 0, 5


def easter(year: int) -> date:
    """Returns Easter Sunday of the Gregorian calendar (the anonymous algorithm printed in Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """Returns the bank holidays of a calendar year, by day, each with its name."""
    sunday = easter(year)
    last_of_may, last_of_august = date(year, 5, 31), date(year, 8, 31)
    found = {
        _weekday_from(date(year, 1, 1), set()): "New Year’s Day",
        sunday - 2 * DAY: "Good Friday",
        sunday + DAY: "Easter Monday",
        date(year, 5, 1) + DAY * ((MONDAY - date(year, 5, 1).weekday()) % 7): "Early May bank holiday",
        last_of_may - DAY * last_of_may.weekday(): "Spring bank holiday",
        last_of_august - DAY * last_of_august.weekday(): "Summer bank holiday",
    }
    # who falls on a weekend moves to the next working day that is free; Christmas Day goes first on a Saturday
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    first, second = (boxing, christmas) if christmas.weekday() == SATURDAY + 1 else (christmas, boxing)
    names = {christmas: "Christmas Day", boxing: "Boxing Day"}
    taken = {_weekday_from(first, set()): names[first]}
    taken[_weekday_from(second, set(taken))] = names[second]
    return found | taken


def _weekday_from(day: date, taken: set[date]) -> date:
    """Returns the day itself, or the next Monday to Friday that nobody has taken."""
    while day.weekday() >= SATURDAY or day in taken:
        day += DAY
    return day
