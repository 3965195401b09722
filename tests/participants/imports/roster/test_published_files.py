"""Every published file gets what its index says, in one table. A file that is not in the table fails the test."""

from datetime import date
from typing import NamedTuple

import pytest

from inharmony.spreadsheets import CellError, Unreadable, read
from participants.imports.roster.columns import NotARosterError
from participants.imports.roster.rows import parse
from tests.published import FOLDER, published

TODAY = date(2026, 9, 10)
FOLDERS = ("rosters", "csv", "spreadsheets", "upn")


class Refused(NamedTuple):
    """Not read at all: for this reason, in words that hold these."""

    reason: str
    words: str


class Other(NamedTuple):
    """Read, but no class list: this format and encoding, these first cells, in words that hold these."""

    format: str
    encoding: str
    first: tuple[object, ...]
    words: str = "No row of headings was found"


class Roster(NamedTuple):
    """A class list: the rows of children, the cells that are refused, and how many warnings beside them."""

    encoding: str
    rows: tuple[int, ...]
    refused: tuple[tuple[int, str], ...] = ()
    warnings: int = 0


BORN = "CHILD_DATE_OF_BIRTH"
# the index's own words beside what comes of the file
TABLE: dict[str, Refused | Other | Roster] = {
    # refuse first data row for missing required cells, ignore lines of commas (every line is one)
    "rosters/dfe_trainee_file_with_headers_and_blank_entries.csv": Other(
        "csv", "utf-8", ("provider_trainee_id",), "There are no children under the headings in row 1"
    ),
    # accept: headings matched without regard to case; leading apostrophe dropped (grown-ups: their ages are warned of)
    "rosters/dfe_trainee_five_trainees_with_mixed_case_headers.csv": Roster("utf-8", (2, 3, 4, 5, 6), (), 9),
    # refuse the one heading or decode as Windows-1252; never a 500
    "rosters/dfe_trainee_mixed_headers_encoding.csv": Roster("windows-1252", (2, 3, 4, 5, 6), (), 9),
    # accept as new
    "rosters/nhs_class_duplicates.csv": Roster("utf-8", (2, 3, 4)),
    # refuse faulty rows, one message per cell with row number and column (the rest are rows of one child)
    "rosters/nhs_class_invalid_fields.csv": Roster(
        "utf-8",
        tuple(range(3, 19)),
        ((3, "CHILD_LAST_NAME"), (8, "CHILD_FIRST_NAME"), (9, BORN), (16, BORN)),
        11,
    ),
    # refuse: row 2, date of birth missing
    "rosters/nhs_class_invalid_minimal.csv": Roster("utf-8", (2,), ((2, BORN),)),
    # refuse whole file: not a readable CSV; no stack trace
    "rosters/nhs_class_malformed.csv": Refused("quotes", "Row 3 opens a quotation mark"),
    # accept 4, skip blank row silently, both date styles read (02/01/2010 could be either way, and is asked about)
    "rosters/nhs_class_valid.csv": Roster("utf-8", (2, 3, 4, 5), (), 1),
    # accept; say which columns were ignored (see test_published_rosters)
    "rosters/nhs_class_valid_extra_fields.csv": Roster("utf-8", (2, 3, 4), (), 1),
    # accept; instruction line skipped
    "rosters/nhs_class_valid_instruction_row.csv": Roster("utf-8", (3,)),
    # accept
    "rosters/nhs_class_valid_minimal.csv": Roster("utf-8", (2,)),
    # accept; first heading must not carry the mark
    "rosters/nhs_class_valid_with_bom.csv": Roster("utf-8-sig", (2,)),
    # accept 3
    "rosters/nhs_cohort_valid.csv": Roster("utf-8", (2, 3, 4), (), 1),
    # decode as Windows-1252 and accept, DD/MM/YYYY
    "rosters/nhs_cohort_valid_iso_8859_1_encoding.csv": Roster("windows-1252", tuple(range(2, 18))),
    # accept with "no school"; never create a school
    "rosters/nhs_cohort_valid_unknown_school.csv": Roster("utf-8", (2, 3)),
    # refuse: the file is empty
    "csv/phpspreadsheet_empty.csv": Refused("empty", "has no bytes"),
    # accept as Windows-1252
    "csv/phpspreadsheet_encoding.iso88591.csv": Other("csv", "windows-1252", ("Å", "1")),
    # refuse: unknown text encoding, save as CSV UTF-8
    "csv/phpspreadsheet_encoding.utf16le.csv": Refused("encoding", "Save it as CSV UTF-8"),
    # accept
    "csv/phpspreadsheet_encoding.utf8bom.csv": Other("csv", "utf-8-sig", ("Å", "1")),
    # accept; row numbers in messages count rows of the sheet
    "csv/phpspreadsheet_line_break_in_enclosure.csv": Other(
        "csv", "utf-8", ("Name", "Copy", "URL"), "No row of headings was found in rows 1 to 6"
    ),
    # accept
    "csv/phpspreadsheet_premiere.utf16lebom.csv": Other("csv", "utf-16", ("première", "second", "troisième")),
    # accept, accents right
    "csv/phpspreadsheet_premiere.win1252.csv": Other("csv", "windows-1252", ("première", "second", "troisième")),
    # accept by sniffing
    "csv/phpspreadsheet_semicolon_separated.csv": Other("csv", "utf-8", ("This", "Are", "Headers")),
    # accept; sep line is not a heading
    "csv/phpspreadsheet_sep.csv": Other("csv", "utf-8", ("A", "1")),
    # dates read as 2021-01-01, 2021-01-02
    "spreadsheets/calamine_date.xlsx": Other("xlsx", "", (date(2021, 1, 1), 15)),
    # the same dates, not four years off
    "spreadsheets/calamine_date_1904.xlsx": Other("xlsx", "", (date(2021, 1, 1), 15)),
    # refuse: the sheet is empty
    "spreadsheets/calamine_empty_sheet.xlsx": Refused("empty", "sheet “Sheet1” has no rows"),
    # refuse those cells, naming row and column (see test_parse_warns_of_an_error_in_a_cell_that_may_be_blank)
    "spreadsheets/calamine_errors.xlsx": Other("xlsx", "", (CellError("#DIV/0!"),)),
    # find the heading row, or say where it was looked for; row numbers in messages must match the sheet
    "spreadsheets/calamine_header-row.xlsx": Other(
        "xlsx", "", (None, None, "Note 1"), "No row of headings was found in rows 3 to 10"
    ),
    # clear message, or read the top-left value
    "spreadsheets/calamine_merge_cells.xlsx": Other("xlsx", "", ("Row Merge", None, "Not Merged")),
    # refuse the format with advice, or read as .xlsx
    "spreadsheets/calamine_merged_range.xls": Other("xls", "", ("A1", "B1", "C1")),
    # refuse: the workbook has a password
    "spreadsheets/calamine_pass_protected.xlsx": Refused("password", "has a password"),
    # the same, or refuse the format
    "spreadsheets/phpspreadsheet_1904_Calendar.xls": Other("xls", "", (date(2022, 1, 1), date(2021, 12, 31))),
    # 2022-01-01, 2021-12-31, 2022-12-31, 2023-01-01
    "spreadsheets/phpspreadsheet_1904_Calendar.xlsx": Other("xlsx", "", (date(2022, 1, 1), date(2021, 12, 31))),
    # refuse: visible sheet has no rows; never fall through to the hidden one
    "spreadsheets/phpspreadsheet_HiddenSheet.xlsx": Refused("empty", "Sheet “Sheet2” is hidden and not read"),
    # cells stay in their columns
    "spreadsheets/phpspreadsheet_blankcell.xlsx": Other("xlsx", "", (None, None, "C1")),
    # unit test table (test_upn compares each); as a class list it lacks the names, and says so
    "upn/upn_test_vectors.csv": Other("csv", "utf-8", ("upn", "expected"), "no column of it holds the forename"),
}


def test_every_published_file_is_in_the_table():
    if not FOLDER.is_dir():
        pytest.skip("the published files are not on this machine (looked in ../shared/data)")
    there = {f"{name}/{path.name}" for name in FOLDERS for path in (FOLDER / name).iterdir()}
    assert there == TABLE.keys()


@pytest.mark.parametrize("name", TABLE)
def test_a_published_file_gets_what_the_index_says(name):
    expected, path = TABLE[name], published(name)
    if isinstance(expected, Refused):
        with pytest.raises(Unreadable) as unreadable:
            read(path, path.name)
        assert (unreadable.value.reason, expected.words in str(unreadable.value)) == (expected.reason, True)
        return
    book = read(path, path.name)
    if isinstance(expected, Other):
        first = book.visible[0].rows[0].cells
        assert (book.format, book.encoding) == (expected.format, expected.encoding)
        assert first[: len(expected.first)] == expected.first
        with pytest.raises(NotARosterError) as no_roster:
            parse(book.visible[0], today=TODAY)
        assert expected.words in str(no_roster.value)
        return
    found = parse(book.visible[0], today=TODAY)
    problems = found.all_problems()
    assert book.encoding == expected.encoding
    assert tuple(row.row for row in found.rows) == expected.rows
    assert tuple((p.row, p.column) for p in problems if p.refused) == expected.refused
    assert sum(not p.refused for p in problems) == expected.warnings
