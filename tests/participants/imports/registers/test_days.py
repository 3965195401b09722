"""The days over the columns of a register, however they are written."""

from datetime import date, datetime

import pytest

from participants.imports.registers.days import day_figure, month_of, read_day, why_not
from schools.models import AcademicYear

YEAR = AcademicYear(year=2024)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (date(2024, 9, 12), date(2024, 9, 12)),
        (
            datetime(2024, 9, 12, 10, 15),  # noqa: DTZ001 - as a sheet has it
            date(2024, 9, 12),
        ),
        (45547, date(2024, 9, 12)),
        ("12/09/2024", date(2024, 9, 12)),
        ("12.9.24", date(2024, 9, 12)),
        ("2024-09-12", date(2024, 9, 12)),
        ("12 September 2024", date(2024, 9, 12)),
        ("Thursday 12th September 2024", date(2024, 9, 12)),
        ("12/9", date(2024, 9, 12)),
        ("12.09", date(2024, 9, 12)),
        ("6/2", date(2025, 2, 6)),
        ("12-Sep", date(2024, 9, 12)),
        ("12th Sept", date(2024, 9, 12)),
        ("Sep 12", date(2024, 9, 12)),
        ("12Sep", date(2024, 9, 12)),
        ("Thu 12/9", date(2024, 9, 12)),
        ("Thurs 12 Sept", date(2024, 9, 12)),
        ("Thu\n12 Sep", date(2024, 9, 12)),
        ("Week 1: 12/9", date(2024, 9, 12)),
        ("Session 3 (12/09/24)", date(2024, 9, 12)),
        ("31 Aug", date(2025, 8, 31)),
        ("1 Sep", date(2024, 9, 1)),
    ],
)
def test_a_day_is_read_and_falls_in_the_year(written, day):
    assert read_day(written, YEAR) == (day, "")


@pytest.mark.parametrize(
    "written",
    [
        "Name",
        "",
        None,
        True,
        3,
        12,
        "P",
        "1/2/3/4",
        "Total",
        "Week 1",
        "Year 4",
        "4B",
        "9-5 pupils here",
        "x" * 500,
        7.5,
    ],
)
def test_what_is_no_day_is_none(written):
    assert not read_day(written, YEAR).is_there


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Fri 12 Sep", "12 September 2024 is a Thursday"),
        ("29 Feb", "February 2025 has 28 days"),
        ("31/9", "September 2024 has 30 days"),
        ("9/24/2024", "can only be month/day/year"),
        ("9/24", "has the month first"),
        ("w/c 9/9", "says only in which week"),
        ("WB 9 Sept", "says only in which week"),
        ("Week commencing 9/9/24", "says only in which week"),
    ],
)
def test_a_day_that_cannot_be_is_said(written, words):
    read = read_day(written, YEAR)
    assert read.day is None
    assert words in read.problem


def test_a_leap_day_is_in_the_years_that_have_one():
    assert read_day("29/2", AcademicYear(year=2023)).day == date(2024, 2, 29)


def test_months_and_the_figures_under_them():
    assert [month_of(word) for word in ("September", "Sept", "Sep 24", "JAN 2025", "May", "Mayor", "Term 1", "")] == [
        *(9, 9, 9, 1, 5, None, None, None)
    ]
    assert [day_figure(cell) for cell in (12, 12.0, "12th", "Thu 12", 0, 32, "", None, True, "P")] == [
        *(12, 12, 12, 12, None, None, None, None, None, None)
    ]


def test_why_a_day_cannot_be():
    today = date(2025, 3, 1)
    assert why_not(date(2025, 3, 1), YEAR, today) == ""
    assert "is still to come" in why_not(date(2025, 3, 2), YEAR, today)
    assert "31 August 2024 is not in 2024-25" in why_not(date(2024, 8, 31), YEAR, today)
    assert "is not in 2024-25" in why_not(date(2025, 9, 1), YEAR, date(2026, 1, 1))
