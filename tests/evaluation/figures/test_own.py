"""The tables of a hub: every number of its own, once, in words that need no other programme."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Said, Source
from evaluation.figures.own import INDICATORS, OPENED_BY, over_years, own_table, with_parts, years_of_table
from evaluation.figures.period import whole_year
from evaluation.menu.tables import TABLES, Rows
from tests.factories import evaluation

CELLS = {
    "children": {("all", ""): Said(40)},
    "children_by_pupil_premium": {("yes", ""): Said(12), ("no", ""): Said(18), ("none", ""): Said(10)},
    "children_by_sen": {("N", ""): Said(30), ("K", ""): Said(6), ("E", ""): Said(4)},
    "children_by_eal": {("none", ""): Said(40)},
    "intensity": {
        ("all", column): Said(Decimal(hours))
        for column, hours in (
            *(("offered_in", "1.0"), ("offered_out", "0.5"), ("received_in", "0.9"), ("received_out", "0.4")),
            *(("offered", "1.5"), ("received", "1.3")),
        )
    },
    "sessions": {
        ("all", "planned"): Said(12),
        ("all", "held"): Said(9),
        ("all", "cancelled"): Said(3),
        ("all", "hours"): Said(7),
    },
    "cancelled": {("all", "tutor_away"): Said(2), ("all", "school_closed"): Said(1), ("all", "other"): Said(0)},
    "registers": {("all", "taken"): Said(9), ("all", "due"): Said(10)},
    "ensembles_by_kind": {("all", "all"): Said(2), ("all", "beginner"): Said(2)},
    "income": {("all", "schools"): Said(3000), ("all", "families"): Said(1000), ("all", "all"): Said(4000)},
    "roll": {("all", "pupils"): Said(600), ("all", "pupil_premium"): Said(45), ("all", "sen"): Said(symbol="x")},
}


def source(cells=CELLS, year=2026):
    return Source(
        whole_year(year), "Liverpool, live", datetime(2026, 11, 17, 10, 42, tzinfo=UTC), is_exact=True, cells=cells
    )


def written(key):
    return evaluation.cells(own_table(source(), key))


def test_what_has_a_row_for_each_programme_has_one_for_each_number_here():
    assert written("intensity")["Received, outside it"] == ("0.4",)
    assert written("sessions") == {"Planned": ("12",), "Held": ("9",), "Cancelled": ("3",), "Hours held": ("7",)}


def test_reasons_and_sources_have_their_share_and_those_without_any_are_left_out():
    assert list(written("cancelled").values()) == [("2", "67 %"), ("1", "33 %")]
    assert written("income") == {
        "Schools": ("£3,000", "75 %"),
        "Families": ("£1,000", "25 %"),
        "All": ("£4,000", "100 %"),
    }


def test_children_stand_beside_the_roll_of_those_of_whom_it_is_known():
    assert written("beside_roll") == {
        "Pupil Premium": ("40 %", "45 %", "12", "30", "10"),
        "Special educational needs": ("25 %", "x", "10", "40", "0"),
        "English as an additional language": ("–", "x", "0", "0", "40"),
    }


def test_the_roll_is_of_all_schools_together():
    assert written("roll") == {"All partner schools": ("600", "45 %", "x", "–")}


@pytest.mark.parametrize(
    "key", [key for key, spec in TABLES.items() if spec.rows is Rows.PROGRAMMES and spec.dimension]
)
def test_no_table_of_a_hub_has_rows_for_programmes(key):
    with pytest.raises(KeyError):
        own_table(source(), key)


def test_a_table_nobody_knows_is_none():
    with pytest.raises(KeyError):
        own_table(source(), "secrets")


def test_years_stand_side_by_side_with_what_they_rest_on():
    before = {**CELLS, "children": {("all", ""): Said(35)}}
    table = over_years([source(before, 2025), source()], "children_reached")
    assert evaluation.cells(table) == {"2025-26": ("35", "9", "10"), "2026-27": ("40", "9", "10")}
    assert table.key == "over_years_children_reached"
    assert years_of_table(table) == "2025-26 to 2026-27"
    assert years_of_table(over_years([source()], "attendance")) == "2026-27"
    assert years_of_table(over_years([], "attendance")) == years_of_table(own_table(source(), "sessions")) == ""


def test_a_figure_says_what_it_is_made_up_of():
    hours = with_parts(source(), FIGURES["hours_received"](source(), "all"))
    assert hours.note == "0.9 in school time, 0.4 outside it."
    held = FIGURES["sessions_held"](source(), "all")
    assert with_parts(source(), held).note == "7 hours in all. 3 sessions were cancelled."
    one = source({"sessions": {("all", "hours"): Said(1), ("all", "cancelled"): Said(1)}})
    assert with_parts(one, held).note == "1 hour in all. 1 session was cancelled."
    registers = with_parts(source(), FIGURES["registers_taken"](source(), "all"))
    assert registers.note == "1 missing."


def test_whatever_opens_or_is_followed_is_a_figure_of_the_catalogue():
    assert set(OPENED_BY) == set(FIGURES) - {"children_twice"}
    assert set(INDICATORS) <= set(OPENED_BY)
