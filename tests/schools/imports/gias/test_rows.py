from datetime import date

import pytest

from schools.imports.gias.rows import Reader
from schools.imports.table import RowRefused, TableRow


def school(**cells):
    return Reader(date(2026, 11, 22)).school(TableRow(2, {"urn": "110001", "name": "Saltwharf", **cells}))


def test_school_without_an_authority_belongs_to_none():
    row = school(town="Jersey")
    assert (row.authority, row.facts.local_authority, row.facts.town) == (None, None, "Jersey")


def test_school_closed_today_is_closed():
    assert school(closed_on="22-11-2026").facts.status == "closed"
    assert school(closed_on="23-11-2026").facts.status == "closing"


def test_reader_remembers_what_it_took_and_not_what_it_refused():
    reader = Reader(date(2026, 11, 22))
    with pytest.raises(RowRefused):
        reader.school(TableRow(2, {"urn": "110001", "name": ""}))
    reader.school(TableRow(3, {"urn": "110001", "name": "Saltwharf"}))
    with pytest.raises(RowRefused, match="row 3"):
        reader.school(TableRow(4, {"urn": "110001", "name": "Saltwharf"}))
