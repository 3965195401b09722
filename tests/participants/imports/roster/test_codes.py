from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.imports.roster import codes


@pytest.mark.parametrize(
    ("group", "written"),
    [
        ("N1", ["N1", "n1", "Nursery 1", "-2"]),
        ("N2", ["N2", "N", "Nursery", "FS1", "F1", "Foundation 1", "-1", -1]),
        ("R", ["R", "r", "Rec", "Reception", "YR", "Yr R", "Year R", "FS2", "0", 0, 0.0, "00", "Y0"]),
        ("1", ["1", "01", 1, 1.0, "Y1", "Yr 1", "Year 1", "year one", "NC Year 1", "Year Group 1"]),
        ("4", ["4", "Yr Four", "Y04", "Y-4"]),
        ("10", ["10", "Y10", "Year 10", "Year Ten", 10]),
        ("14", ["14", 14, "Y14"]),
        ("X", ["X", "x", "Curriculum not followed"]),
        ("", ["", None, " ", "-"]),
    ],
)
def test_read_year_group_takes_all_spellings(group, written):
    assert [codes.read_year_group(cell) for cell in written] == [(group, None)] * len(written)


@pytest.mark.parametrize("cell", ["15", 15, "3/4", "Kestrel", "99", "E1", True])
def test_read_year_group_leaves_out_what_it_cannot_read(cell):
    group, fault = codes.read_year_group(cell)
    assert (group, fault.refused) == ("", False)
    assert fault.message.startswith("is not a year group and is left out.")


def test_read_year_group_notices_what_a_spreadsheet_made_a_date():
    group, fault = codes.read_year_group(date(2026, 3, 1))
    assert (group, "has become a date" in fault.message) == ("", True)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("M", ["M", "m", "Male", "Boy"]),
        ("F", ["F", "Female", "girl"]),
        ("U", ["U", "Unknown", "Not known"]),
        ("", ["", None]),
    ],
)
def test_read_sex_takes_letters_and_words(code, written):
    assert [codes.read_sex(cell) for cell in written] == [(code, None)] * len(written)


@pytest.mark.parametrize("cell", ["'11", "Q", 2])
def test_read_sex_leaves_out_anything_else(cell):
    code, fault = codes.read_sex(cell)
    assert (code, fault.refused) == ("", False)


@pytest.mark.parametrize(
    ("flag", "written"),
    [
        (True, ["Y", "yes", "T", "True", True, 1, "1", "x", "✓", "Eligible"]),
        (False, ["N", "no", "F", "FALSE", False, 0, "0", "Not eligible"]),
        (None, ["", None, " ", "-", "unknown"]),
    ],
)
def test_read_flag_keeps_blank_apart_from_no(flag, written):
    assert [codes.read_flag(cell) for cell in written] == [(flag, None)] * len(written)


def test_read_flag_leaves_anything_else_as_not_known():
    flag, fault = codes.read_flag("maybe")
    assert (flag, fault.refused) == (None, False)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("N", ["N", "No SEN", "none"]),
        ("K", ["K", "SEN Support", "SEN-K"]),
        ("E", ["E", "EHCP", "EHC plan", "Education, Health and Care Plan"]),
        ("", ["", None]),
    ],
)
def test_read_sen_takes_codes_and_words_of_today(code, written):
    assert [codes.read_sen(cell) for cell in written] == [(code, None)] * len(written)


@pytest.mark.parametrize(("old", "code"), [("A", "K"), ("P", "K"), ("Q", "K"), ("S", "E")])
def test_read_sen_turns_old_codes_with_a_warning(old, code):
    found, fault = codes.read_sen(old)
    assert (found, fault.refused, f"read as {code}" in fault.message) == (code, False, True)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("WBRI", ["WBRI", "wbri", "WENG", "White - British", "White British"]),
        ("WOTH", ["WEEU", "WPOR", "Any Other White Background"]),
        ("BOTH", ["BOTH"]),
        ("OOTH", ["OOTH", "OARA"]),
        ("BAFR", ["BSOM", "Black African"]),
        ("APKN", ["AKPA", "Pakistani"]),
        ("MWAS", ["MWAP", "White and Asian", "White & Asian"]),
        ("REFU", ["REFU", "Refused"]),
        ("NOBT", ["NOBT", "Information not yet obtained"]),
        ("", ["", None]),
    ],
)
def test_read_ethnicity_rolls_up_to_the_main_codes(code, written):
    assert [codes.read_ethnicity(cell) for cell in written] == [(code, None)] * len(written)


def test_read_ethnicity_leaves_out_an_unknown_code():
    code, fault = codes.read_ethnicity("ZZZZ")
    assert (code, fault.refused) == ("", False)


@pytest.mark.parametrize(
    ("cell", "code", "eal"),
    [
        ("ENG", "ENG", False),
        ("English", "ENG", False),
        ("ENB", "ENB", False),
        ("Believed to be English", "ENB", False),
        ("OTH", "OTH", True),
        ("POL", "POL", True),
        ("NOT", "NOT", None),
        ("REF", "REF", None),
        ("Refused", "REF", None),
        ("", "", None),
    ],
)
def test_read_language_and_what_it_says_of_english(cell, code, eal):
    assert (codes.read_language(cell), codes.is_eal(code)) == ((code, None), eal)


def test_read_language_keeps_an_unknown_word_as_other_than_english():
    code, fault = codes.read_language("Polish")
    assert (code, fault.refused) == ("OTH", False)


@pytest.mark.parametrize(("cell", "name"), [("4 Heron", "4 Heron"), (4, "4"), (4.0, "4"), ("04", "04"), (None, "")])
def test_read_school_class_keeps_the_schools_own_name(cell, name):
    assert codes.read_school_class(cell) == (name, None)


@pytest.mark.parametrize("cell", [date(2026, 3, 1), "x" * 41])
def test_read_school_class_leaves_out_what_cannot_be_one(cell):
    name, fault = codes.read_school_class(cell)
    assert (name, fault.refused) == ("", False)


@pytest.mark.parametrize(
    ("cell", "urn"), [("123456", "123456"), (123456, "123456"), (123456.0, "123456"), ("888888", "888888"), ("", "")]
)
def test_read_urn_takes_six_figures(cell, urn):
    assert codes.read_urn(cell) == (urn, None)


@pytest.mark.parametrize("cell", ["12345", "Hollinswood", "012345", 1.5])
def test_read_urn_refuses_anything_else(cell):
    urn, fault = codes.read_urn(cell)
    assert (urn, fault.refused) == ("", True)


@pytest.mark.parametrize(
    ("born", "group"),
    [
        (date(2024, 9, 1), ""),
        (date(2024, 8, 31), "N1"),
        (date(2022, 9, 1), "N2"),
        (date(2022, 8, 31), "R"),
        (date(2021, 9, 1), "R"),
        (date(2021, 8, 31), "1"),
        (date(2015, 9, 1), "6"),
        (date(2015, 8, 31), "7"),
        (date(2008, 1, 1), "14"),
        (date(2007, 8, 31), ""),
    ],
)
def test_year_group_of_goes_by_the_age_on_the_last_day_of_august(born, group):
    assert codes.year_group_of(born, 2026) == group


@pytest.mark.parametrize("read", [codes.read_year_group, codes.read_school_class])
@pytest.mark.parametrize("cell", [date(2026, 3, 4), "2026-03-04", "2026-03-04 00:00:00"])
def test_readers_of_names_notice_a_date_in_any_form(read, cell):
    value, fault = read(cell)
    assert (value, "has become a date" in fault.message) == ("", True)


READERS = [
    codes.read_year_group,
    codes.read_sex,
    codes.read_flag,
    codes.read_sen,
    codes.read_ethnicity,
    codes.read_language,
    codes.read_school_class,
    codes.read_urn,
]


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates()))
def test_readers_never_stumble_and_change_their_own_results_no_more(cell):
    for read in READERS:
        value, _ = read(cell)
        again, _ = read(value)
        assert again == value
