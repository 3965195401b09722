"""What the index of the published rosters says about reading each of them."""

from datetime import date

import pytest

from inharmony.spreadsheets import read
from participants.imports.roster.columns import NotARosterError
from participants.imports.roster.parsed import ParsedRoster
from participants.imports.roster.rows import parse
from tests.published import published

TODAY = date(2026, 9, 10)


def roster(name: str) -> ParsedRoster:
    path = published(f"rosters/{name}")
    return parse(read(path, name).visible[0], today=TODAY)


def refused(found: ParsedRoster) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in found.all_problems() if problem.refused]


# file: (rows of children, rows refused with their columns)
EXPECTED = {
    "dfe_trainee_five_trainees_with_mixed_case_headers.csv": (5, []),
    "dfe_trainee_mixed_headers_encoding.csv": (5, []),
    "nhs_class_duplicates.csv": (3, []),
    "nhs_class_invalid_fields.csv": (
        16,
        [(3, "CHILD_LAST_NAME"), (8, "CHILD_FIRST_NAME"), (9, "CHILD_DATE_OF_BIRTH"), (16, "CHILD_DATE_OF_BIRTH")],
    ),
    "nhs_class_invalid_minimal.csv": (1, [(2, "CHILD_DATE_OF_BIRTH")]),
    "nhs_class_valid.csv": (4, []),
    "nhs_class_valid_extra_fields.csv": (3, []),
    "nhs_class_valid_instruction_row.csv": (1, []),
    "nhs_class_valid_minimal.csv": (1, []),
    "nhs_class_valid_with_bom.csv": (1, []),
    "nhs_cohort_valid.csv": (3, []),
    "nhs_cohort_valid_iso_8859_1_encoding.csv": (16, []),
    "nhs_cohort_valid_unknown_school.csv": (2, []),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_parse_takes_and_refuses_rows_as_the_index_says(name):
    found = roster(name)
    assert (len(found.rows), refused(found)) == EXPECTED[name]


def test_parse_reads_both_date_styles_and_hyphened_surnames():
    assert [(r.fields["surname"], r.fields["date_of_birth"]) for r in roster("nhs_class_valid.csv").rows] == [
        ("Clarke", date(2010, 1, 1)),
        ("Smith", date(2010, 1, 2)),
        ("Doe", date(2010, 1, 3)),
        ("Thorne-Smith", date(2010, 4, 9)),
    ]


def test_parse_names_the_columns_it_does_not_read_or_keep():
    found = roster("nhs_class_valid_extra_fields.csv")
    assert found.ignored == ["SCHOOL_NAME"]
    assert {"CHILD_POSTCODE", "CHILD_NHS_NUMBER", "PARENT_1_EMAIL"} <= set(found.dropped)


def test_parse_finds_the_first_heading_behind_a_mark():
    assert roster("nhs_class_valid_with_bom.csv").mapped["forename"] == "CHILD_FIRST_NAME"


def test_parse_drops_the_apostrophe_of_forced_text():
    found = roster("dfe_trainee_five_trainees_with_mixed_case_headers.csv")
    assert [row.fields["date_of_birth"].year for row in found.rows] == [1967, 1981, 2002, 1965, 2006]
    assert found.mapped["surname"] == "LAST_NAME"


def test_parse_names_a_heading_with_a_damaged_letter_as_not_read():
    assert "Ápplication ID" in roster("dfe_trainee_mixed_headers_encoding.csv").ignored


def test_parse_keeps_accents_of_windows_1252():
    surnames = [row.fields["surname"] for row in roster("nhs_cohort_valid_iso_8859_1_encoding.csv").rows]
    assert surnames[14] == "Jalapeño-Pérez"


def test_parse_keeps_codes_that_stand_for_no_school():
    assert [row.fields["school_urn"] for row in roster("nhs_cohort_valid_unknown_school.csv").rows] == [
        "999999",
        "888888",
    ]


def test_parse_joins_the_rows_of_one_child():
    found = roster("nhs_class_invalid_fields.csv")
    assert {row.same_as for row in found.rows if row.same_as} == {4}


def test_parse_refuses_a_file_of_nothing_but_commas():
    with pytest.raises(NotARosterError, match="no children under the headings in row 1"):
        roster("dfe_trainee_file_with_headers_and_blank_entries.csv")


@pytest.mark.parametrize("name", ["spreadsheets/calamine_errors.xlsx", "spreadsheets/calamine_merge_cells.xlsx"])
def test_parse_says_where_it_looked_for_headings(name):
    path = published(name)
    with pytest.raises(NotARosterError, match=r"No row of headings was found in rows 1 to \d"):
        parse(read(path, path.name).visible[0], today=TODAY)
