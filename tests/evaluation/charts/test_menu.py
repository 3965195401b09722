"""The charts of the menu tell what their tables tell, and no more: tested on definitions and on what is drawn."""

from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from evaluation.charts.menu import by_programme, chart, charts, drawn_tables
from evaluation.charts.svg import drawn
from evaluation.figures.cells import Said, Source
from evaluation.figures.period import whole_year
from evaluation.figures.released import table

HIDDEN = Said(None, "c")
NAMES = {"lambeth": "Lambeth", "leeds": "Leeds", "newcastle-gateshead": "Newcastle Gateshead"}
CELLS = {
    "children": {("all", ""): Said(200)},
    "children_by_programme": {("lambeth", ""): HIDDEN, ("leeds", ""): Said(70), ("newcastle-gateshead", ""): Said(130)},
    "children_by_sex": {("F", ""): Said(110), ("M", ""): HIDDEN, ("none", ""): HIDDEN},
    "programmes_by_sex": {
        ("leeds", "F"): Said(40),
        ("leeds", "M"): HIDDEN,
        ("lambeth", "F"): HIDDEN,
        ("lambeth", "M"): HIDDEN,
        ("newcastle-gateshead", "F"): Said(80),
        ("newcastle-gateshead", "M"): Said(0),
    },
    "attendance": {("all", ""): Said(91), ("lambeth", ""): HIDDEN, ("leeds", ""): Said(88)},
    "income": {("leeds", "trust"): Said(1200), ("all", "trust"): Said(1200), ("leeds", "all"): Said(1200)},
    "intensity": {("leeds", "received"): Said(Decimal("1.5")), ("all", "received"): Said(Decimal("2.0"))},
}


@pytest.fixture
def release():
    return Source(whole_year(2025), "Release 2025-26.2", datetime(2026, 10, 14, tzinfo=UTC), False, CELLS, NAMES)


def values(found):
    return found.spec["data"]["values"]


def test_bars_stand_in_the_menus_order_whatever_their_numbers(release):
    assert [(row["label"], row.get("value"), row["text"]) for row in values(chart(release, "children_by_sex"))] == [
        ("Girls", 110, "110"),
        ("Boys", None, "c"),
        ("Not known", None, "c"),
    ]
    order = chart(release, "children_by_programme").spec["encoding"]["y"]["sort"]
    assert order == ["Lambeth", "Leeds", "Newcastle Gateshead"]


def test_a_hidden_number_looks_like_a_hidden_number_and_nothing_else(release):
    """The reader of a picture measures it: two hidden cells of one table differ in nothing but their place."""
    hidden = [row for row in values(chart(release, "programmes_by_sex")) if row["text"] == "c"]
    assert len(hidden) == 3
    assert {(row.get("value"), row["ends"] - row["begins"]) for row in hidden} == {(None, 0)}
    svg = ET.fromstring(drawn(chart(release, "children_by_sex"), width=420))
    groups = [node for node in svg.iter() if node.get("class", "").startswith("mark-rect")]
    assert [len(group) for group in groups] == [1]


def test_every_number_of_a_chart_is_a_number_of_its_table(release):
    for found in charts(release):
        of = by_programme(release, found.key[5:]) if found.key.startswith("dots_") else table(release, found.key)
        shown = {float(cell.value) for row in of.rows for cell in row.cells if cell.value is not None}
        assert {row["value"] for row in values(found) if "value" in row} <= shown, found.key


def test_programmes_stand_beside_each_other_without_the_whole(release):
    rows = values(chart(release, "programmes_by_sex"))
    assert [(row["column"], row["label"], row.get("value")) for row in rows] == [
        ("Lambeth", "Girls", None),
        ("Lambeth", "Boys", None),
        ("Leeds", "Girls", 40),
        ("Leeds", "Boys", None),
        ("Newcastle Gateshead", "Girls", 80),
        ("Newcastle Gateshead", "Boys", 0),
    ]
    texts = [node.text for node in ET.fromstring(drawn(chart(release, "programmes_by_sex"), width=760)).iter()]
    assert {"Leeds", "Girls", "c", "80"} <= set(texts)
    assert chart(release, "programmes_by_sex").words == "Between 0 and 80. 3 hidden."


def test_no_chart_of_programmes_names_the_one_with_most(release):
    assert chart(release, "children_by_programme").words == "Between 70 and 130. 1 hidden."
    for found in charts(release):
        assert not [name for name in NAMES.values() if name in found.words], found.key


def test_of_kinds_of_ensembles_the_one_with_most_is_named(release):
    kinds = {("brass", "entry"): Said(2), ("folk", "entry"): Said(5), ("all", "all"): Said(7)}
    of = Source(release.period, "R", release.as_at, False, {"ensembles_by_kind": kinds}, NAMES)
    assert chart(of, "ensembles_by_kind").words == "Most in Entry, Folk group: 5."


def test_a_share_has_the_countrys_line_and_a_count_has_none(release):
    assert "The line is all programmes: 91 %." in chart(release, "dots_attendance").words
    assert "The line" not in chart(release, "dots_children_reached").words


def test_a_hub_alone_has_no_chart_of_programmes(release):
    hub = Source(release.period, "Leeds, live", release.as_at, True, CELLS)
    assert {found.key for found in charts(hub)} == {"children_by_sex"}


def test_a_name_cannot_end_the_expression_it_stands_in(release):
    name = """L"]+'b"""
    named = Source(release.period, "R", release.as_at, False, CELLS, {**NAMES, "leeds": name})
    assert name in [node.text for node in ET.fromstring(drawn(chart(named, "programmes_by_sex"), width=760)).iter()]


def test_what_has_no_chart_is_none(release):
    assert chart(release, "registers") is None
    assert chart(release, "dots_nothing") is None
    assert "children" not in drawn_tables()
