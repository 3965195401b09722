"""A table as a file: the numbers of the page, and in every row where they are from."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from evaluation.exports.table import definitions_of, file_of, name_of
from evaluation.figures.cells import Said, Source
from evaluation.figures.period import whole_year
from evaluation.figures.released import table
from evaluation.figures.table import Table
from inharmony.spreadsheets.reading import read

AT = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
CELLS = {
    "children": {("all", ""): Said(120)},
    "children_by_programme": {("leeds", ""): Said(70), ("lambeth", ""): Said(None, "c")},
    "intensity": {("leeds", "received"): Said(Decimal("1.5")), ("all", "received"): Said(Decimal("2.0"))},
    "income": {("leeds", "all"): Said(1200), ("all", "all"): Said(1200)},
}


def source(**fields):
    names = {"lambeth": "Lambeth", "leeds": "Leeds"}
    return Source(
        **{
            "period": whole_year(2025),
            "title": "Release 2025-26.2",
            "as_at": AT,
            "is_exact": False,
            "cells": CELLS,
            "rows": names,
        }
        | fields
    )


def rows(of, key):
    text = file_of(of, table(of, key), "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_numbers_stand_as_numbers_and_hidden_ones_as_their_symbol():
    assert [(row["Programme"], row["Children"]) for row in rows(source(), "children_by_programme")] == [
        ("Lambeth", "c"),
        ("Leeds", "70"),
        ("All", "120"),
    ]
    assert [row["Received, in all"] for row in rows(source(), "intensity")] == ["1.5", "2"]
    assert [row["All (£)"] for row in rows(source(), "income")] == ["1200", "1200"]


def test_every_row_says_where_it_is_from_and_what_its_symbols_mean():
    for row in rows(source(is_demonstration=True), "children_by_programme"):
        assert row["Source"] == "Release 2025-26.2"
        assert row["As at"] == "14 October 2026, 10:30"
        assert row["Notice"] == "Demonstration: every school, child and number is invented."
        assert "Each child once" in row["What is counted"]
        assert row["Symbols"] == "c hidden, because a number is under 10 or a neighbour would tell it"


def test_what_a_hub_has_live_says_that_it_is_not_for_publication():
    hub = source(is_exact=True, title="Leeds, live")
    assert {row["Notice"] for row in rows(hub, "income")} == {
        "Live and exact, for the hub's own use: not for publication."
    }


def test_an_open_document_has_the_same_numbers_and_a_sheet_about_them():
    of = source(is_demonstration=True)
    numbers, about = read(file_of(of, table(of, "children_by_programme"), "ods"), "a.ods").sheets
    assert [row.cells[:2] for row in numbers.rows] == [
        ("Programme", "Children"),
        ("Lambeth", "c"),
        ("Leeds", 70),
        ("All", 120),
    ]
    said = dict(row.cells[:2] for row in about.rows)
    assert (said["Source"], said["As at"]) == ("Release 2025-26.2", "14 October 2026, 10:30")
    assert said["Notice"].startswith("Demonstration:")
    assert said["c"].startswith("hidden")
    assert "x" not in said
    assert "Population: Children on a register of the period." in said["Children taking part"]


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("over_years_attendance", ["Attendance at sessions", "Registers taken"]),
        ("dots_attendance", ["Attendance at sessions"]),
        ("by_school", ["Children taking part", "Registers taken", "Attendance at sessions"]),
        ("attendance_by_week", ["Attendance at sessions", "Registers taken"]),
        ("attendance_by_ensemble", ["Attendance at sessions", "Registers taken"]),
        ("beside_roll", ["Children taking part", "Roll of the partner schools"]),
        ("income", ["Income"]),
    ],
)
def test_a_table_says_what_each_of_its_numbers_counts(key, names):
    assert [one.name for one in definitions_of(Table(key, "", "", (), ()))] == names


@pytest.mark.parametrize(("invented", "begins"), [(True, "demonstration-in-harmony-"), (False, "in-harmony-")])
def test_the_files_name_says_what_it_is(invented, begins):
    of = source(is_demonstration=invented)
    name = name_of(of, table(of, "income"), "ods")
    assert name == f"{begins}release-2025-26-2-income.ods"
