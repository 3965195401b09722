"""Weeks as bars or as a line: tested on their definition."""

from datetime import date, timedelta

import pytest

from evaluation.charts.line import attendance_by_week
from evaluation.figures.attendance import Week
from evaluation.figures.figure import Completeness


def weeks(*shares, missing=()):
    return [
        Week(date(2026, 9, 7) + timedelta(weeks=number), share, 100, Completeness(9 if number in missing else 10, 10))
        for number, share in enumerate(shares)
    ]


@pytest.mark.parametrize(("number", "first_mark"), [(14, "bar"), (15, "line")])
def test_a_term_is_drawn_as_bars_and_a_year_as_a_line(number, first_mark):
    chart = attendance_by_week(weeks(*[90] * number))
    assert chart.spec["layer"][0]["mark"]["type"] == first_mark
    assert chart.words == "90 in every week."


def test_weeks_with_registers_missing_are_told_apart_in_words_and_in_ink():
    chart = attendance_by_week(weeks(86, 93, 90, missing=[1]))
    assert chart.words == "Between 86 and 93 in every week. Dashed weeks are not complete."
    assert [row["complete"] for row in chart.spec["data"]["values"]] == [True, False, True]


def test_weeks_without_marks_are_no_share():
    chart = attendance_by_week([Week(date(2026, 9, 7), 0, 0, Completeness(0, 3))])
    assert (chart.words, chart.spec["data"]["values"][0]["text"]) == ("No marks yet.", "–")


def test_weeks_stand_in_their_order_whichever_are_complete():
    chart = attendance_by_week(weeks(90, 90, 90, missing=[0]))
    assert chart.spec["encoding"]["x"]["sort"] == ["7 Sep", "14 Sep", "21 Sep"]


@pytest.mark.parametrize("number", [3, 20])
def test_a_definition_holds_no_colour_so_that_screen_and_paper_give_their_own(number):
    said = str(attendance_by_week(weeks(*[90] * number)).spec["layer"])
    assert [sign for sign in ("#", "rgb", "color", "fill:") if sign in said] == []
