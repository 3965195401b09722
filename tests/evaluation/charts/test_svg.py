"""Drawn for paper: at the width asked for, in the hub's colour, with its numbers as text."""

import re
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import ImageFont

from evaluation.charts.bar import bars
from evaluation.charts.line import attendance_by_week
from evaluation.charts.svg import MEASURED_IN, drawn
from evaluation.figures.attendance import Week
from evaluation.figures.figure import Completeness
from evaluation.figures.table import Cell, Row, Table
from evaluation.reports.letters import TEXT, files_of


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


SVG = "{http://www.w3.org/2000/svg}"


def texts_at(node, x=0.0):
    """Yields each text of a picture with where it stands from the left, in pixels."""
    moved = re.match(r"translate\(([-0-9.]+)", node.get("transform", ""))
    x += float(moved.group(1)) if moved else 0
    if node.tag == f"{SVG}text":
        yield "".join(node.itertext()), x
    for child in node:
        yield from texts_at(child, x)


@pytest.mark.parametrize("width", [300, 380, 760])
@pytest.mark.parametrize("value", [7, 1160, 123456])
def test_the_number_of_the_longest_bar_stands_whole_inside_the_picture(width, value):
    rows = (
        Row("e", "Education, health and care plan", (Cell(value),)),
        Row("n", "Not known", (Cell(1),)),
    )
    svg = ET.fromstring(drawn(bars(Table("t", "t", "t", ("Children",), rows)), width=width))
    number = f"{value:,}"
    (at,) = [x for text, x in texts_at(svg) if text == number]
    # half an em a letter, at twelve pixels
    assert at + 6.6 * len(number) <= width


def test_a_long_name_of_a_row_stands_in_two_lines():
    rows = (Row("e", "Education, health and care plan", (Cell(5),)), Row("n", "Not known", (Cell(1),)))
    svg = ET.fromstring(drawn(bars(Table("t", "t", "t", ("Children",), rows)), width=380))
    lines = [[part.text for part in text.iter(f"{SVG}tspan")] for text in svg.iter(f"{SVG}text")]
    assert ["Education, health", "and care plan"] in lines


def test_a_label_of_sixty_characters_stays_inside():
    long = Table("t", "t", "t", ("Children",), (Row("a", "W" * 60, (Cell(5),)),))
    (label, _) = texts_of(drawn(bars(long), width=300))
    assert label.endswith("…")


# of the widest and the narrowest letters, of those with marks, and of numbers
NAMES = (
    "Newcastle Gateshead",
    "WWWWWWWWWWW",
    "iiiiiiiiiiiiiiiiiiii",
    "Zoë’s Ælfrēd & Ønsk",
    "Łódź-Ångström",
    "1,234,567,890.00",
)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_measured_in_the_converters_letters_has_room_enough_when_it_is_set_in_those_of_reports(name):
    rows = (Row("a", name, (Cell(5),)), Row("b", "b", (Cell(3),)))
    svg = ET.fromstring(
        drawn(bars(Table("t", "t", "t", ("Children",), rows)), width=640, font=TEXT.family, measured_in=MEASURED_IN)
    )
    assert {text.get("font-family") for text in svg.iter(f"{SVG}text")} == {TEXT.family}
    # it ends where it stands
    (room,) = [x for text, x in texts_at(svg) if text == name]
    letters = ImageFont.truetype(BytesIO(files_of()["SourceSansPro-Regular.ttf"]), 120)
    assert letters.getlength(name) / 10 <= room
