"""Every number a source has stands in a table under one of the headings: nothing of a release is left out."""

from datetime import UTC, datetime

from evaluation.figures.cells import Said, Source
from evaluation.figures.headed import HEADINGS, headed
from evaluation.figures.period import whole_year
from evaluation.menu.tables import ALL, TABLES, TWICE, Rows
from programmes.models import Ensemble

NAMES = {"lambeth": "Lambeth", "leeds": "Leeds"}


def rows_of(spec):
    """The rows a table has in a release."""
    if spec.rows is Rows.ONE:
        return [ALL, TWICE]
    if spec.rows is Rows.KINDS:
        return [kind.value for kind in Ensemble.Kind]
    if spec.rows is Rows.CATEGORIES:
        return list(spec.of.categories)
    return list(NAMES) if spec.dimension or spec.key == "children_by_programme" else [*NAMES, ALL]


def everything():
    """A source with another number in every place of the menu."""
    cells, number = {}, 1000
    for key, spec in TABLES.items():
        cells[key] = {}
        for row in rows_of(spec):
            for column in spec.columns:
                cells[key][row, column.key] = Said(number)
                number += 1
    return Source(whole_year(2025), "R", datetime(2026, 9, 1, tzinfo=UTC), False, cells, NAMES)


def test_each_place_of_the_menu_is_in_a_table_under_a_heading():
    source = everything()
    shown = {
        int(cell.value)
        for one in headed(source)
        for table in one.tables
        for row in (*table.rows, *([table.total] if table.total else []))
        for cell in row.cells
        if cell.value is not None
    }
    missing = [
        (key, *place) for key, said in source.cells.items() for place, one in said.items() if one.value not in shown
    ]
    assert missing == []


def test_a_heading_without_a_row_is_left_out():
    empty = Source(whole_year(2025), "R", datetime(2026, 9, 1, tzinfo=UTC), False, {"children": {("all", ""): Said(5)}})
    assert list(headed(empty)) == []
    assert len({key for key, _, _ in HEADINGS}) == len(HEADINGS)
