import pytest

from inharmony.spreadsheets import parts


@pytest.mark.parametrize(("letters", "index"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)])
def test_column_index_counts_as_spreadsheet_programs_do(letters, index):
    assert parts.column_index(letters) == index
