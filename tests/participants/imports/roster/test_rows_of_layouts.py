"""Every cell of every layout is right, or somebody is told of it."""

from datetime import date
from functools import cache

import pytest

from inharmony.spreadsheets import read
from participants.imports.roster.parsed import ParsedRoster
from participants.imports.roster.rows import parse
from tests.participants.imports.roster.layouts import DOUBTED_DATES, Made, layouts

TODAY = date(2026, 9, 10)
LAYOUTS = {layout.name: layout for layout in layouts()}
LEAST = 60


@cache
def made(name: str) -> tuple[Made, ParsedRoster]:
    """The layout, and what is read of it."""
    layout = LAYOUTS[name].make()
    return layout, parse(read(layout.data, layout.file_name).visible[0], today=TODAY, layout=layout.layout)


def truth(layout: Made) -> dict[tuple[int, str], object]:
    """What each field of each row is; None for one that is blank."""
    found = {}
    for row, child in layout.children.items():
        for _, _, name, means in layout.told:
            if name == "full_name":
                found |= {(row, "forename"): child.forename, (row, "surname"): child.surname}
            elif name and means is not None:
                found[row, name] = means(child)
    return found


def test_there_are_layouts_enough():
    assert len(LAYOUTS) >= LEAST


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_cell_of_a_layout_is_right_or_flagged(name):
    layout, roster = made(name)
    rows = {row.row: row for row in roster.rows}
    assert rows.keys() == layout.children.keys()
    flagged = {(problem.row, problem.field) for row in roster.rows for problem in row.problems}
    wrong = {
        (row, field, rows[row].fields.get(field), value)
        for (row, field), value in truth(layout).items()
        if rows[row].fields.get(field) != value and (row, field) not in flagged and (row, "full_name") not in flagged
    }
    assert wrong == set()
    assert layout.flagged.keys() <= flagged
    assert "canary" not in repr((roster.kept, roster.columns, roster.rows)).lower()


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_is_flagged_that_is_right(name):
    layout, roster = made(name)
    flagged = {
        (problem.row, problem.field)
        for row in roster.rows
        for problem in row.problems
        if (problem.row, problem.field) not in layout.flagged
    }
    if any(name.endswith(f"-{doubted}") for doubted in DOUBTED_DATES):
        assert flagged == {(row, "date_of_birth") for row in layout.children}
    else:
        assert flagged == set()
