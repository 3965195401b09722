from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.imports.roster.dates import read_birth_date, read_date

TODAY = date(2026, 9, 10)
MARCH = date(2018, 3, 14)


@pytest.mark.parametrize(
    "cell",
    [
        MARCH,
        datetime(2018, 3, 14, 9, 30),  # noqa: DTZ001 - as in a sheet
        "2018-03-14",
        "2018/3/14",
        "2018-03-14T00:00:00",
        "2018-03-14 00:00:00",
        "'2018-03-14",
        "14/03/2018",
        "14/3/2018",
        "14-03-2018",
        "14.3.2018",
        "14 03 2018",
        "14/03/2018 00:00",
        "14 March 2018",
        "14th March, 2018",
        "14-Mar-2018",
        "Wed 14 Mar 2018",
        "Wednesday, 14 March 2018",
        "March 14, 2018",
        "14\u00a0Mar\u00a02018",
        "14032018",
        "20180314",
        20180314,
        14032018,
    ],
)
def test_read_date_takes_any_usual_way_of_writing(cell):
    assert (read_date(cell, today=TODAY).day, read_date(cell, today=TODAY).fault) == (MARCH, None)


def test_read_date_puts_back_the_nought_a_spreadsheet_took_from_a_number():
    assert read_date(5032018, today=TODAY).day == date(2018, 3, 5)


@pytest.mark.parametrize(
    ("number", "day"), [(43173, MARCH), (32874, date(1990, 1, 1)), ("43173", MARCH), (43173.5, MARCH)]
)
def test_read_date_reads_day_numbers_and_says_so(number, day):
    read = read_date(number, today=TODAY)
    assert (read.day, read.fault.refused) == (day, False)
    assert read.fault.message.startswith("is a spreadsheet’s day number; read as ")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("14/3/18", MARCH),
        ("14-Mar-18", MARCH),
        ("1/2/26", date(2026, 2, 1)),
        ("1/2/27", date(1927, 2, 1)),
        ("3/4/99", date(1999, 4, 3)),
    ],
)
def test_read_date_warns_of_two_figure_years(cell, day):
    read = read_date(cell, today=TODAY)
    assert (read.day, read.fault.refused) == (day, False)
    assert "two-figure year" in read.fault.message


@pytest.mark.parametrize(
    ("cell", "ambiguous"),
    [
        ("03/04/2018", True),
        ("04/04/2018", False),
        ("14/03/2018", False),
        ("2018-03-04", False),
        ("3 April 2018", False),
    ],
)
def test_read_date_tells_which_dates_could_be_the_other_way_round(cell, ambiguous):
    assert read_date(cell, today=TODAY).ambiguous is ambiguous


@pytest.mark.parametrize(
    ("cell", "order"),
    [
        ("14/03/2018", "day"),
        ("3/20/2018", "month"),
        ("3/4/2018", "either"),
        ("4/4/2018", ""),
        ("4 May 2018", ""),
        ("x", ""),
    ],
)
def test_read_date_says_which_of_day_and_month_stands_first(cell, order):
    assert read_date(cell, today=TODAY).order == order


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("3/20/05", "can only be month/day/year. If 20 March 2005 is meant, write 20/03/2005 (day/month/year)."),
        ("31/02/2017", "is not a date: February 2017 has 28 days."),
        ("32/01/1990", "is not a date: January 1990 has 31 days."),
        ("2018-13-01", "is not a date: there is no month 13."),
        ("20/20/2018", "is not a date: there is no month 20."),
        ("00/00/0000", "is not a date: there is no month 0."),
        ("14 Marz 2018", "names no month (“marz”)."),
        ("invalid", "is not a date."),
        ("2018", "is not a date."),
        (True, "is not a date."),
        (0, "is not a date."),
        (-1, "is not a date."),
        (1e300, "is not a date."),
        (date(1899, 12, 30), "is the date 1899-12-30, which cannot be meant."),
        ("1899-12-30", "is the date 1899-12-30, which cannot be meant."),
        ("0000-01-01", "is not a date: the year 0 cannot be meant."),
        ("14/03/2018" + " " * 60 + "x", "is not a date."),
        ("14/03/0018", "is not a date: the year 18 cannot be meant."),
    ],
)
def test_read_date_refuses_what_is_none_and_says_why(cell, words):
    read = read_date(cell, today=TODAY)
    assert (read.day, read.fault.refused) == (None, True)
    assert read.fault.message.startswith(words)


@pytest.mark.parametrize("cell", [None, "", "  ", "-", "n/a"])
def test_read_date_finds_nothing_in_a_blank_cell(cell):
    assert (read_date(cell, today=TODAY).day, read_date(cell, today=TODAY).fault) == (None, None)


@pytest.mark.parametrize("cell", ["2010-01-01", "11/03/2010", "2024-09-10", "2007-09-10"])
def test_read_birth_date_takes_children_of_two_to_nineteen(cell):
    assert read_birth_date(cell, today=TODAY).fault is None


@pytest.mark.parametrize(("cell", "age"), [("2024-09-11", 1), ("2006-09-10", 20), ("'1967-12-06", 58)])
def test_read_birth_date_warns_of_other_ages(cell, age):
    read = read_birth_date(cell, today=TODAY)
    assert read.day is not None
    assert (read.fault.message, read.fault.refused) == (f"makes this person {age} years old. Check the year.", False)


@pytest.mark.parametrize(
    ("cell", "words"), [("2026-09-11", "which is in the future"), ("1910-01-01", "makes this person 116 years old")]
)
def test_read_birth_date_refuses_the_impossible(cell, words):
    read = read_birth_date(cell, today=TODAY)
    assert (read.day, read.fault.refused, words in read.fault.message) == (None, True, True)


@given(
    st.dates(date(2007, 9, 11), TODAY - timedelta(days=800)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d.%m.%Y"]),
)
def test_read_birth_date_reads_back_what_was_written(day, form):
    read = read_birth_date(day.strftime(form), today=TODAY)
    assert (read.day, read.fault) == (day, None)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.text(alphabet="0123456789/-. ")))
def test_read_birth_date_never_stumbles(cell):
    read = read_birth_date(cell, today=TODAY)
    assert read.day is None or date(1900, 1, 1) <= read.day <= TODAY
