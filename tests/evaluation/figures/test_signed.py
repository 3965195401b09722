"""What was signed comes back as it was, and what differs from it is named in words."""

from datetime import UTC, datetime
from decimal import Decimal

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Said
from evaluation.figures.period import whole_year
from evaluation.figures.signed import beside_signed, frozen, revised, signed_source, thawed

AT = datetime(2026, 12, 18, 15, 10, tzinfo=UTC)
CELLS = {
    "children": {("all", ""): Said(1357), ("all", "twice"): Said(symbol="z")},
    "children_by_sex": {("F", ""): Said(700), ("M", ""): Said(657)},
    "intensity": {("all", "received"): Said(Decimal("1.0"))},
    "attendance": {("all", ""): Said(91)},
    "registers": {("all", "taken"): Said(385), ("all", "due"): Said(402)},
    "ensembles_by_kind": {("all", "all"): Said(3), ("orchestra", "all"): Said(3)},
}


def with_cell(table, place, said):
    return {**CELLS, table: {**CELLS[table], place: said}}


def source(cells):
    return signed_source(frozen(cells), whole_year(2026), "Liverpool", AT)


def test_a_number_comes_back_with_its_places_and_a_symbol_as_one():
    back = thawed(frozen(CELLS))
    assert back == CELLS
    assert str(back["intensity"]["all", "received"].value) == "1.0"
    assert isinstance(back["children"]["all", ""].value, int)


def test_what_is_the_same_is_not_revised():
    assert revised(CELLS, thawed(frozen(CELLS))) == ()


def test_each_number_that_differs_is_named_in_the_order_of_the_menu():
    now = with_cell("children", ("all", ""), Said(1362))
    now |= {"children_by_sex": {("F", ""): Said(705), ("M", ""): Said(657)}, "attendance": {("all", ""): Said(90)}}
    assert [(each.words, each.was.written, each.now.written) for each in revised(CELLS, now)] == [
        ("Children taking part, each counted once", "1,357", "1,362"),
        ("Children taking part, by sex: Girls", "700", "705"),
        ("Attendance at sessions", "91 %", "90 %"),
    ]


def test_a_category_that_nobody_was_in_was_none():
    now = with_cell("children_by_sex", ("none", ""), Said(1))
    (one,) = revised(CELLS, now)
    assert (one.words, one.was.written, one.now.written) == ("Children taking part, by sex: Not known", "0", "1")
    (one,) = revised(now, CELLS)
    assert (one.was.written, one.now.written) == ("1", "0")


def test_where_nobody_had_come_each_category_was_none():
    before = {"children": {("all", ""): Said(0)}, "children_by_joining": {}, "attendance_by_sex": {}}
    now = {
        "children": {("all", ""): Said(3)},
        "children_by_joining": {("new", ""): Said(3)},
        "attendance_by_sex": {("F", ""): Said(90)},
    }
    signed = source(before)
    found = {each.words: (each.was.written, each.now.written) for each in revised(signed.cells, now)}
    assert found["Children taking part, by how long they have come: New this year"] == ("0", "3")
    # of nobody there is no share
    assert found["Attendance, by sex: Girls"] == ("–", "90 %")
    assert beside_signed(FIGURES["children_new"](source(now), "all"), signed).note == "Signed 0; now 3, revised."
    back = {each.words: (each.was.written, each.now.written) for each in revised(now, before)}
    assert back["Children taking part, by how long they have come: New this year"] == ("3", "0")


def test_a_table_that_was_not_counted_when_children_came_says_nothing_of_them():
    now = {**CELLS, "children_by_sen": {("N", ""): Said(1357)}}
    (one,) = revised(CELLS, now)
    assert (one.was.written, one.now.written) == ("–", "1,357")


def test_a_column_is_named_where_a_table_has_several():
    now = with_cell("registers", ("all", "taken"), Said(390))
    assert [each.words for each in revised(CELLS, now)] == ["Registers taken: Taken"]


def test_a_figure_that_differs_says_what_was_signed():
    now = source(with_cell("children", ("all", ""), Said(1362)))
    figure = FIGURES["children_reached"](now, "all")
    assert beside_signed(figure, source(CELLS)).note.endswith("Signed 1,357; now 1,362, revised.")
    same = FIGURES["attendance"](now, "all")
    assert beside_signed(same, source(CELLS)) == same
    share = FIGURES["attendance"](source(with_cell("attendance", ("all", ""), Said(90))), "all")
    assert beside_signed(share, source(CELLS)).note == "Signed 91 %; now 90 %, revised."
