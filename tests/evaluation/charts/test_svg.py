"""Drawn for paper: at the width asked for, in the hub's colour, with its numbers as text."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from evaluation.charts.bar import bars
from evaluation.charts.line import attendance_by_week
from evaluation.charts.svg import drawn
from evaluation.figures.attendance import Week
from evaluation.figures.figure import Completeness
from evaluation.figures.table import Cell, Row, Table


def table(**rows):
    made = tuple(
        Row(key, f"Year {key[1:]}", (Cell(*value) if isinstance(value, tuple) else Cell(value),))
        for key, value in rows.items()
    )
    return Table("by_year", "Children, by year group", "Year group", ("Children",), made)


def weeks(*shares, missing=()):
    return [
        Week(date(2026, 9, 7) + timedelta(weeks=number), share, 100, Completeness(9 if number in missing else 10, 10))
        for number, share in enumerate(shares)
    ]


def texts_of(svg):
    return [node.text for node in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("number", [1, 12, 39])
def test_weeks_are_drawn_on_paper_at_the_width_asked_for_in_the_hubs_colour(number):
    svg = drawn(attendance_by_week(weeks(*[90] * number)), width=640, colour="#7a1f3d")
    assert ET.fromstring(svg).get("width") == "640"
    assert "#7a1f3d" in svg
    assert "7 Sep" in texts_of(svg)


def test_bars_are_drawn_on_paper_with_their_numbers():
    assert texts_of(drawn(bars(table(y4=265, y5=(None, "", "c"))), width=300)) == ["Year 4", "Year 5", "265", "c"]


def test_a_label_of_sixty_characters_stays_inside():
    long = Table("t", "t", "t", ("Children",), (Row("a", "W" * 60, (Cell(5),)),))
    (label, _) = texts_of(drawn(bars(long), width=300))
    assert label.endswith("…")
