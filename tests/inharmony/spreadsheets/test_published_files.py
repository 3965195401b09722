"""What the index of the published files says about reading each of them."""

from datetime import date

import pytest

from inharmony.spreadsheets import CellError, Row, Unreadable, read
from tests.published import published

READ = {
    "csv/phpspreadsheet_encoding.iso88591.csv": ("csv", "windows-1252", [Row(1, ("Å", "1")), Row(2, ("2", "3"))]),
    "csv/phpspreadsheet_encoding.utf8bom.csv": ("csv", "utf-8-sig", [Row(1, ("Å", "1")), Row(2, ("2", "3"))]),
    "csv/phpspreadsheet_premiere.utf16lebom.csv": (
        "csv",
        "utf-16",
        [Row(1, ("première", "second", "troisième")), Row(2, ("Quatrième", "cinquième", "sixième"))],
    ),
    "csv/phpspreadsheet_premiere.win1252.csv": (
        "csv",
        "windows-1252",
        [Row(1, ("première", "second", "troisième")), Row(2, ("Quatrième", "cinquième", "sixième"))],
    ),
    "csv/phpspreadsheet_semicolon_separated.csv": (
        "csv",
        "utf-8",
        [
            Row(1, ("This", "Are", "Headers")),
            Row(2, ("Cell A2", "Number with comma", "25,5")),
            Row(3, ("Two colons and a comma", "B|3", ":,:")),
        ],
    ),
    "csv/phpspreadsheet_sep.csv": ("csv", "utf-8", [Row(1, ("A", "1")), Row(2, ("2", "3"))]),
    "spreadsheets/calamine_date.xlsx": (
        "xlsx",
        "",
        [Row(1, (date(2021, 1, 1), 15)), Row(2, (date(2021, 1, 2), 16)), Row(3, ("10 days, 15:10:10", 17))],
    ),
    "spreadsheets/calamine_date_1904.xlsx": (
        "xlsx",
        "",
        [Row(1, (date(2021, 1, 1), 15)), Row(2, (date(2021, 1, 2), 16)), Row(3, ("10 days, 15:10:10", 17))],
    ),
    "spreadsheets/calamine_errors.xlsx": (
        "xlsx",
        "",
        [
            Row(number, (CellError(code),))
            for number, code in enumerate(("#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"), 1)
        ],
    ),
    "spreadsheets/calamine_header-row.xlsx": (
        "xlsx",
        "",
        [
            Row(3, (None, None, "Note 1")),
            Row(9, ("Columns", "Column A", "Column B", "Column C")),
            Row(10, ("put data here", 1, 2, 3)),
        ],
    ),
    "spreadsheets/calamine_merge_cells.xlsx": (
        "xlsx",
        "",
        [Row(1, ("Row Merge", None, "Not Merged")), Row(2, ("Column Merge", "Chunk Merged"))],
    ),
    "spreadsheets/phpspreadsheet_1904_Calendar.xls": (
        "xls",
        "",
        [Row(1, (date(2022, 1, 1), date(2021, 12, 31))), Row(2, (date(2022, 12, 31), date(2023, 1, 1)))],
    ),
    "spreadsheets/phpspreadsheet_1904_Calendar.xlsx": (
        "xlsx",
        "",
        [Row(1, (date(2022, 1, 1), date(2021, 12, 31))), Row(2, (date(2022, 12, 31), date(2023, 1, 1)))],
    ),
    "spreadsheets/phpspreadsheet_blankcell.xlsx": (
        "xlsx",
        "",
        [Row(1, (None, None, "C1")), Row(3, (None, None, "C3"))],
    ),
}
REFUSED = {
    "csv/phpspreadsheet_empty.csv": ("empty", "is empty"),
    "csv/phpspreadsheet_encoding.utf16le.csv": ("encoding", "Save it as CSV UTF-8"),
    "rosters/nhs_class_malformed.csv": ("quotes", "Row 3 opens a quotation mark"),
    "spreadsheets/calamine_empty_sheet.xlsx": ("empty", "sheet “Sheet1” has no rows"),
    "spreadsheets/calamine_pass_protected.xlsx": ("password", "has a password"),
    "spreadsheets/phpspreadsheet_HiddenSheet.xlsx": ("empty", "Sheet “Sheet2” is hidden and not read"),
}


@pytest.mark.parametrize("name", READ)
def test_read_gives_the_rows_of_a_published_file(name):
    kind, encoding, rows = READ[name]
    path = published(name)
    book = read(path, path.name)
    assert (book.format, book.encoding, list(book.visible[0].rows)) == (kind, encoding, rows)


@pytest.mark.parametrize("name", REFUSED)
def test_read_refuses_a_published_file_as_the_index_says(name):
    reason, words = REFUSED[name]
    path = published(name)
    with pytest.raises(Unreadable) as caught:
        read(path, path.name)
    assert (caught.value.reason, words in str(caught.value)) == (reason, True)


def test_read_counts_rows_of_the_sheet_where_cells_hold_line_breaks():
    path = published("csv/phpspreadsheet_line_break_in_enclosure.csv")
    rows = read(path, path.name).visible[0].rows
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]


def test_read_keeps_the_rows_of_an_old_workbook_and_says_what_it_cannot_tell():
    path = published("spreadsheets/calamine_merged_range.xls")
    book = read(path, path.name)
    assert [(sheet.name, [row.number for row in sheet.rows]) for sheet in book.visible] == [
        ("Sheet1", [1, 3, 4]),
        ("Sheet2", [1, 3, 4]),
    ]
    assert "Save it as .xlsx" in book.notes[0]
