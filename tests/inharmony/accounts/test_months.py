"""Months in the calendar, where they are of unequal length."""

from datetime import date, timedelta

import pytest

from inharmony.accounts.months import latest_over, months_after


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 8, 31), 12, date(2026, 8, 31)),
        (date(2025, 8, 31), 13, date(2026, 9, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 1), -13, date(2024, 12, 1)),
    ],
)
def test_months_after(day, months, then):
    assert months_after(day, months) == then


def test_latest_over_is_the_last_day_whose_months_are_over_on_any_day_of_five_years():
    today = date(2027, 1, 1)
    while today < date(2032, 1, 1):
        for months in (12, 13):
            day = latest_over(today, months)
            assert months_after(day, months) <= today < months_after(day + timedelta(days=1), months)
        today += timedelta(days=1)
