"""The tables of the menu, made of a source's cells and of nothing else."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from evaluation.figures.cells import Said, Source
from evaluation.figures.period import whole_year
from evaluation.figures.released import table
from evaluation.menu import tables

HIDDEN = Said(symbol="c")
CELLS = {
    "children": {("all", ""): Said(120), ("twice", ""): HIDDEN},
    "children_by_programme": {("lambeth", ""): Said(80), ("leeds", ""): Said(40)},
    "children_by_sen": {("N", ""): Said(95), ("K", ""): HIDDEN, ("E", ""): HIDDEN},
    "programmes_by_sen": {
        ("lambeth", "N"): Said(60),
        ("lambeth", "K"): HIDDEN,
        ("leeds", "N"): Said(35),
        ("leeds", "K"): HIDDEN,
    },
    "attendance_by_sen": {("N", ""): Said(Decimal("91.0")), ("K", ""): HIDDEN, ("E", ""): HIDDEN},
    "hours_by_sen": {("N", ""): Said(Decimal("1.2")), ("K", ""): HIDDEN, ("E", ""): HIDDEN},
    "attendance": {("all", ""): Said(Decimal("90.0")), ("lambeth", ""): Said(Decimal("88.0")), ("leeds", ""): HIDDEN},
    "intensity": {("all", "received"): Said(Decimal("1.1"))},
    "ensembles_by_kind": {("all", "all"): Said(3), ("string", "entry"): Said(3), ("string", "all"): Said(3)},
}
NAMES = {"lambeth": "Lambeth", "leeds": "Leeds"}


def source(cells=CELLS, *, is_exact=False, names=NAMES):
    return Source(whole_year(2025), "Release 2025-26.1", datetime(2026, 9, 1, tzinfo=UTC), is_exact, cells, names)


def written(found):
    rows = [*found.rows, *([found.total] if found.total else [])]
    return {row.heading: [cell.written for cell in row.cells] for row in rows}


def test_children_by_a_characteristic_stand_beside_their_share_attendance_and_hours():
    found = table(source(), "children_by_sen")
    assert found.columns == ("Children", "Share", "Attendance", "Hours a week")
    assert written(found) == {
        "None": ["95", "79 %", "91 %", "1.2"],
        "SEN support": ["c", "c", "c", "c"],
        "Education, health and care plan": ["c", "c", "c", "c"],
        "All": ["120", "100 %", "90 %", "1.1"],
    }
    assert "rounded to the nearest 5" in found.note


def test_a_hub_has_exact_shares_and_no_word_of_rounding():
    cells = {
        "children": {("all", ""): Said(3)},
        "children_by_sen": {("N", ""): Said(2), ("K", ""): Said(1)},
    }
    found = table(source(cells, is_exact=True, names={}), "children_by_sen")
    assert written(found) == {"None": ["2", "67 %"], "SEN support": ["1", "33 %"], "All": ["3", "100 %"]}
    assert found.note == ""


def test_the_total_of_programmes_is_the_children_of_the_country_each_once():
    assert written(table(source(), "children_by_programme")) == {"Lambeth": ["80"], "Leeds": ["40"], "All": ["120"]}


def test_programmes_by_a_characteristic_have_the_columns_that_anybody_is_in_and_all():
    found = table(source(), "programmes_by_sen")
    assert found.columns == ("None", "SEN support", "All")
    assert written(found) == {
        "Lambeth": ["60", "c", "80"],
        "Leeds": ["35", "c", "40"],
        "All": ["95", "c", "120"],
    }
    assert found.has_symbols


def test_a_mean_of_programmes_has_the_whole_in_its_foot():
    assert written(table(source(), "attendance")) == {"Lambeth": ["88 %"], "Leeds": ["c"], "All": ["90 %"]}


def test_kinds_that_nothing_is_of_have_no_row():
    found = table(source(), "ensembles_by_kind")
    assert written(found) == {"String group": ["3", "–", "–", "–", "3"], "All": ["–", "–", "–", "–", "3"]}


@pytest.mark.parametrize("key", tables.TABLES)
def test_a_table_that_a_source_does_not_have_says_so(key):
    found = table(source({}), key)
    assert found.rows == ()
    assert found.empty


def test_where_programmes_are_withheld_the_whole_stands_alone():
    cells = {"attendance": {("all", ""): Said(Decimal("90.0"))}, "intensity": CELLS["intensity"]}
    found = table(source(cells), "attendance")
    assert ([row.heading for row in found.rows], found.total) == (["All"], None)
    assert written(found) == {"All": ["90 %"]}
    assert table(source({}), "attendance").rows == ()
