"""A number over the years: each year at its place, and which of them are not complete."""

from evaluation.charts.over_years import line_over_years
from evaluation.figures.table import Cell, Row, Table


def years(*rows):
    return Table(
        "over_years_attendance",
        "Attendance at sessions, year by year",
        "Year",
        ("Attendance at sessions", "Registers taken", "Registers due"),
        tuple(Row(year, year, (Cell(value, "%"), Cell(taken), Cell(due))) for year, value, taken, due in rows),
    )


def test_each_year_is_drawn_with_its_number_and_whether_it_is_complete():
    chart = line_over_years(years(("2024-25", 89, 10, 10), ("2025-26", 91, 8, 10)))
    assert chart.spec["data"]["values"] == [
        {"label": "2024-25", "value": 89.0, "text": "89 %", "complete": True},
        {"label": "2025-26", "value": 91.0, "text": "91 %", "complete": False},
    ]
    assert chart.spec["encoding"]["x"]["sort"] == ["2024-25", "2025-26"]
    assert chart.words == "89 % in 2024-25, 91 % in 2025-26. Of years drawn as rings, registers are missing."


def test_nothing_is_drawn_of_a_kind_of_year_that_there_is_none_of():
    kinds = [
        layer["transform"]
        for layer in line_over_years(years(("2024-25", 89, 8, 10))).spec["layer"]
        if "transform" in layer
    ]
    assert kinds == [[{"filter": "!datum.complete"}]]
    both = line_over_years(years(("2024-25", 89, 8, 10), ("2025-26", 91, 9, 9))).spec["layer"]
    assert sum("transform" in layer for layer in both) == 2


def test_a_year_of_which_no_number_can_be_formed_has_none():
    chart = line_over_years(years(("2024-25", None, 0, 0), ("2025-26", 91, 10, 10)))
    assert "value" not in chart.spec["data"]["values"][0]
    assert chart.words == "91 % in 2025-26."


def test_where_no_year_has_one_the_words_say_so():
    assert line_over_years(years(("2024-25", None, 0, 0))).words == "No number of these years can be formed."
