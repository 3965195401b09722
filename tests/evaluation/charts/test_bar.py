"""Bars say what the table says: tested on their definition."""

from decimal import Decimal

from evaluation.charts.bar import bars
from evaluation.figures.table import Cell, Row, Table


def table(**rows):
    made = tuple(
        Row(key, f"Year {key[1:]}", (Cell(*value) if isinstance(value, tuple) else Cell(value),))
        for key, value in rows.items()
    )
    return Table("by_year", "Children, by year group", "Year group", ("Children",), made)


def test_bars_say_the_rows_of_the_table_in_their_order():
    chart = bars(table(y4=265, y3=1280))
    assert [(row["label"], row["value"], row["text"]) for row in chart.spec["data"]["values"]] == [
        ("Year 4", 265, "265"),
        ("Year 3", 1280, "1,280"),
    ]
    assert chart.words == "Most in Year 3: 1,280."
    assert chart.spec["description"] == chart.words


def test_of_hours_offered_and_received_none_is_the_most():
    hours = Table(
        "intensity",
        "Hours",
        "Hours",
        ("A week",),
        (Row("a", "Offered, in all", (Cell(Decimal("2.4")),)), Row("b", "Received, in all", (Cell(Decimal("1.9")),))),
    )
    assert bars(hours).words == "Between 1.9 and 2.4."
    same = Table(
        "children_by_programme", "", "", ("",), (Row("a", "Leeds", (Cell(50),)), Row("b", "Lambeth", (Cell(50),)))
    )
    assert bars(same).words == "50 in each that is shown."


def test_a_hidden_number_has_its_symbol_and_no_bar():
    chart = bars(table(y4=265, y5=(None, "", "c")))
    assert chart.spec["data"]["values"] == [
        {"label": "Year 4", "text": "265", "value": 265},
        {"label": "Year 5", "text": "c"},
    ]
    assert chart.words == "Most in Year 4: 265. 1 hidden."
    assert bars(table(y5=(None, "", "c"))).words == "No number of this table can be shown."


def test_a_definition_holds_no_colour_so_that_screen_and_paper_give_their_own():
    said = str(bars(table(y4=1)).spec["layer"])
    assert [sign for sign in ("#", "rgb", "color", "fill:") if sign in said] == []
