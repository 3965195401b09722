"""Bank holidays of England, held against the government's published lists."""

from datetime import date

import pytest

from schools.bank_holidays import bank_holidays, easter


@pytest.mark.parametrize(
    "day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)]
)
def test_easter_falls_where_almanacs_have_it(day):
    assert easter(day.year) == day


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # Christmas on a Saturday: both days move, and New Year of 2022 as well
        (2021, ["1 1", "4 2", "4 5", "5 3", "5 31", "8 30", "12 27", "12 28"]),
        # Christmas on a Sunday: Boxing Day stays, Christmas moves behind it (jubilee and funeral follow from no rule)
        (2022, ["1 3", "4 15", "4 18", "5 2", "5 30", "8 29", "12 26", "12 27"]),
        (2025, ["1 1", "4 18", "4 21", "5 5", "5 26", "8 25", "12 25", "12 26"]),
        # Boxing Day on a Saturday
        (2026, ["1 1", "4 3", "4 6", "5 4", "5 25", "8 31", "12 25", "12 28"]),
        (2027, ["1 1", "3 26", "3 29", "5 3", "5 31", "8 30", "12 27", "12 28"]),
    ],
)
def test_the_days_are_those_of_the_published_list(year, days):
    assert sorted(bank_holidays(year)) == [date(year, *map(int, day.split())) for day in days]


def test_a_day_that_moves_keeps_its_name():
    assert bank_holidays(2022)[date(2022, 12, 27)] == "Christmas Day"
    assert bank_holidays(2026)[date(2026, 12, 28)] == "Boxing Day"
