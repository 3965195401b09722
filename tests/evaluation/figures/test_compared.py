"""Programmes side by side, beside the country and beside their schools' roll: of shown numbers alone."""

from datetime import UTC, datetime

from evaluation.figures.cells import Said, Source
from evaluation.figures.compared import any_table, beside_country, beside_the_roll, by_programme, of_a_programme, shown
from evaluation.figures.period import whole_year
from evaluation.figures.released import table
from tests.factories.evaluation import cells

HIDDEN = Said(None, "c")
NAMES = {"lambeth": "Lambeth", "leeds": "Leeds"}
CELLS = {
    "children": {("all", ""): Said(300)},
    "children_by_programme": {("lambeth", ""): Said(100), ("leeds", ""): Said(200)},
    "children_by_sen": {("N", ""): Said(240), ("K", ""): Said(40), ("E", ""): Said(20)},
    "programmes_by_sen": {
        ("lambeth", "N"): Said(80), ("lambeth", "K"): HIDDEN, ("lambeth", "E"): HIDDEN,
        ("leeds", "N"): Said(150), ("leeds", "K"): Said(30), ("leeds", "E"): Said(20),
    },
    "roll": {("all", "sen"): Said(18), ("lambeth", "sen"): Said(17), ("leeds", "sen"): Said(None, "x")},
    "attendance": {("all", ""): Said(90), ("lambeth", ""): Said(88), ("leeds", ""): HIDDEN},
}  # fmt: skip
SOURCE = Source(whole_year(2025), "R", datetime(2026, 9, 1, tzinfo=UTC), False, CELLS, NAMES)


def test_a_figure_stands_beside_that_of_each_programme():
    assert cells(by_programme(SOURCE, "attendance")) == {"Lambeth": ("88 %",), "Leeds": ("c",), "All": ("90 %",)}
    assert any_table(SOURCE, "dots_attendance") == by_programme(SOURCE, "attendance")
    assert any_table(SOURCE, "dots_shoes") is any_table(SOURCE, "shoes") is None
    # of the country alone: no programme has it
    assert any_table(SOURCE, "dots_children_twice") is None


def test_a_share_of_children_stands_beside_the_schools_roll_unless_a_part_is_hidden():
    assert cells(beside_the_roll(SOURCE, "sen")) == {
        "Lambeth": ("c", "17 %"),
        "Leeds": ("25 %", "x"),
        "All": ("20 %", "18 %"),
    }


def test_a_table_that_is_withheld_says_nothing_of_any_programme():
    withheld = {key: cells for key, cells in CELLS.items() if key != "programmes_by_sen"}
    of = Source(SOURCE.period, "R", SOURCE.as_at, False, withheld, NAMES)
    assert cells(beside_the_roll(of, "sen")) == {"Lambeth": ("–", "17 %"), "Leeds": ("–", "x"), "All": ("20 %", "18 %")}


def test_one_programme_stands_beside_the_country():
    rows = cells(of_a_programme(SOURCE, "sen", "leeds", "Leeds"))
    assert rows["SEN support"] == ("30", "15 %", "13 %")
    assert cells(of_a_programme(SOURCE, "sen", "lambeth", "Lambeth"))["SEN support"] == ("c", "c", "13 %")
    figures = cells(beside_country(SOURCE, "leeds", "Leeds", SOURCE))
    assert figures["Children taking part"] == ("200", "300", "200")
    assert "Children in two programmes" not in figures


def test_a_table_of_many_columns_is_turned_and_keeps_every_number():
    turned = shown(table(SOURCE, "programmes_by_sen"))
    assert turned.columns == ("Lambeth", "Leeds", "All")
    assert cells(turned) == {
        "None": ("80", "150", "240"),
        "SEN support": ("c", "30", "40"),
        "Education, health and care plan": ("c", "20", "20"),
        "All": ("100", "200", "300"),
    }
    assert shown(table(SOURCE, "attendance")) == table(SOURCE, "attendance")
