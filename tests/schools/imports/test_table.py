import pytest

from inharmony.spreadsheets.sheet import Unreadable
from schools.imports.cells import BadCell
from schools.imports.outcome import Outcome
from schools.imports.table import encoding_of, folded, open_table

KNOWN = {"Postcode": "code", "Town": "town"}


@pytest.fixture
def file(tmp_path):
    def write(content: bytes):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        return path

    return write


def rows_of(path):
    with open_table(path, KNOWN) as table:
        return [(row.number, dict(row.cells)) for row in table]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Town\nSir Gâr\n".encode(), "utf-8"),
        ("Town\nSir Gâr\n".encode("utf-8-sig"), "utf-8-sig"),
        ("Town\nSir Gâr\n".encode("windows-1252"), "windows-1252"),
        ("Town\nSir Gâr\n".encode("utf-16"), "utf-16"),
    ],
)
def test_accents_are_right_in_every_encoding_of_the_register(file, content, encoding):
    path = file(content)
    assert encoding_of(path) == encoding
    assert rows_of(path) == [(2, {"town": "Sir Gâr"})]


def test_encoding_is_judged_by_the_whole_file(file):
    ascii_first = b"Town\n" + b"Leeds\n" * 300_000
    assert encoding_of(file(ascii_first + "Sir Gâr\n".encode("windows-1252"))) == "windows-1252"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_are_found(file, separator):
    path = file(f"Postcode{separator}Town\nL5 3LW{separator}Liverpool\n".encode())
    assert rows_of(path) == [(2, {"code": "L5 3LW", "town": "Liverpool"})]


def test_the_sep_line_of_a_spreadsheet_program_is_no_heading(file):
    assert rows_of(file(b"sep=;\r\nPostcode;Town\r\nL5 3LW;Liverpool\r\n")) == [
        (2, {"code": "L5 3LW", "town": "Liverpool"})
    ]


def test_rows_keep_the_numbers_of_the_sheet_over_blank_rows_and_lines_inside_cells(file):
    assert rows_of(file(b'Town\n"Stoke\non-Trent"\n\n , \nLeeds\n')) == [
        (2, {"town": "Stoke\non-Trent"}),
        (5, {"town": "Leeds"}),
    ]


def test_headings_match_whatever_their_case_and_punctuation(file):
    assert folded("LA (code)") == folded("la_Code") == "lacode"
    with open_table(file(b"POST-CODE,Head teacher,Town,Town\n"), KNOWN) as table:
        assert table.heading_of == {"code": "POST-CODE", "town": "Town"}
        assert list(table.ignored) == ["Head teacher", "Town"]


def test_a_missing_heading_is_named_with_what_would_do(file):
    with open_table(file(b"Town\nLeeds\n"), KNOWN) as table, pytest.raises(Unreadable, match="“Postcode”"):
        table.require("code", known=KNOWN)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04\x00\x00", "not a text file"),
        (b'Town\n"Leeds\nStoke\n', "quotation mark"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(file, content, said):
    with pytest.raises(Unreadable, match=said):
        rows_of(file(content))


def test_read_counts_every_row_and_notes_refusals_under_the_files_own_heading(file):
    def never(_value):
        raise BadCell("not this one")

    outcome = Outcome()
    with open_table(file(b"post code,Town\nL5 3LW,Liverpool\n"), KNOWN) as table:
        assert list(table.read(lambda row: row.take("code", never), outcome)) == []
    assert (outcome.rows, outcome.refused) == (1, 1)
    problem = outcome.problems[0]
    assert (problem.row, problem.column, problem.value, problem.message, problem.refused) == (
        2,
        "post code",
        "L5 3LW",
        "not this one",
        True,
    )
