from datetime import date

import pytest

from inharmony.spreadsheets import Row, Sheet
from participants.imports.roster.aliases import is_never_kept, meaning
from participants.imports.roster.headings import NotARosterError, column_letters, find_headings

TODAY = date(2026, 9, 10)


def sheet(*rows: list, merged=()) -> Sheet:
    return Sheet("List", False, tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1) if any(cells)), merged)


def found(*rows: list, merged=(), layout=None):
    return find_headings(sheet(*rows, merged=merged), today=TODAY, layout=layout)


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("upn", ["UPN", "Unique Pupil Number", "Pupil UPN", "upn "]),
        ("former_upn", ["FormerUPN", "Former UPN"]),
        ("forename", ["Forename", "First Name", "CHILD_FIRST_NAME", "first_names", "Legal Forename", "Pupil Forename"]),
        (
            "preferred_forename",
            ["CHILD_PREFERRED_FIRST_NAME", "CHILD_PREFERRED_GIVEN_NAME", "Known As", "Preferred Forename"],
        ),
        ("surname", ["Surname", "LAST_NAME", "CHILD_LAST_NAME", "Family Name", "Legal Surname", "Child's Surname"]),
        ("full_name", ["Name", "Pupil Name", "Student", "Child"]),
        ("date_of_birth", ["DOB", "D.O.B.", "CHILD_DATE_OF_BIRTH", "Date of Birth (dd/mm/yyyy)", "Birth-Date"]),
        ("sex", ["Gender", "Sex", "M/F", "CHILD_GENDER", "Gender (M/F)"]),
        ("year_group", ["Year", "Yr", "NC Year Actual", "Year group (for today)", "CHILD_YEAR_GROUP"]),
        ("school_class", ["Reg", "Reg Group", "Form/Tutor Group", "CHILD_REGISTRATION", "Class Name"]),
        ("pupil_premium", ["PP", "Pupil Premium Indicator", "Pupil Premium Eligible"]),
        ("fsm", ["FSM", "Eligible for free meals"]),
        ("fsm6", ["Ever 6", "FSMEver6"]),
        ("eal", ["EAL", "English as additional language", "English as an additional language"]),
        ("first_language", ["First Language", "Home language"]),
        ("sen", ["SEN", "SEN ProvisionTypeCode", "SEND Status"]),
        ("ethnicity", ["Ethnicity", "Ethnic Group", "Ethnicity Code"]),
        ("school_urn", ["CHILD_SCHOOL_URN", "School URN", "URN"]),
        ("start_date", ["Date of Entry", "Admission Date", "Enrolment Date"]),
        ("leaving_date", ["Leaving Date", "Date of Leaving"]),
    ],
)
def test_meaning_finds_the_field_of_a_heading(field, headings):
    assert {heading: (meaning(heading) or ("",))[0] for heading in headings} == dict.fromkeys(headings, field)


@pytest.mark.parametrize(
    "heading",
    ["placement_1_urn", "employing_school_urn", "previous_last_name", "House points", "Adno", "SCHOOL_NAME", "Notes"],
)
def test_meaning_does_not_guess(heading):
    assert (meaning(heading), is_never_kept(heading)) == (None, False)


@pytest.mark.parametrize(
    "heading",
    [
        "CHILD_ADDRESS_LINE_1",
        "CHILD_TOWN",
        "CHILD_POSTCODE",
        "PARENT_1_NAME",
        "PARENT_1_RELATIONSHIP",
        "Mother's mobile",
        "Emergency contact",
        "Tel no",
        "Email",
        "CHILD_NHS_NUMBER",
        "Medical",
        "Allergies",
        "disability1",
        "SEN type",
        "Primary need",
        "ni_number",
        "Nationality",
        "Religion",
        "Looked After",
        "Ever in care",
        "ServiceChild",
        "CLA",
        "GP",
    ],
)
def test_is_never_kept_names_what_the_portal_must_not_hold(heading):
    assert (meaning(heading), is_never_kept(heading)) == (None, True)


def test_find_headings_passes_over_titles_above():
    headings = found(
        ["Class list"], ["Printed 4 September", "Year 4"], [None], ["Forename", "Surname", "DOB"], ["Ada", "Lark", "x"]
    )
    assert (headings.row, headings.mapped) == (
        4,
        {"forename": "Forename", "surname": "Surname", "date_of_birth": "DOB"},
    )


def test_find_headings_tells_read_dropped_and_not_read_apart():
    headings = found(["", "Home address", "Forename", "Surname", "DOB", "House points", "Surname"])
    assert (headings.columns, headings.dropped, headings.ignored) == (
        {"forename": 2, "surname": 3, "date_of_birth": 4},
        ["Home address"],
        ["House points", "Surname"],
    )


def test_find_headings_takes_the_chosen_name_before_the_legal_one():
    headings = found(["Legal Forename", "Forename", "Legal Surname", "Surname", "DOB"])
    assert (headings.mapped["forename"], headings.mapped["surname"]) == ("Forename", "Surname")
    assert headings.ignored == ["Legal Forename", "Legal Surname"]


def test_find_headings_lets_a_preferred_forename_stand_in():
    headings = found(["Preferred Forename", "Surname", "DOB"])
    assert headings.mapped["forename"] == "Preferred Forename"


def test_find_headings_takes_one_column_of_names_where_there_are_not_two():
    assert found(["Name", "DOB"]).columns == {"full_name": 0, "date_of_birth": 1}
    assert found(["Name", "Forename", "Surname", "DOB"]).columns == {"forename": 1, "surname": 2, "date_of_birth": 3}


def test_find_headings_prefers_who_receives_pupil_premium_to_who_could():
    headings = found(["Forename", "Surname", "DOB", "Pupil Premium Eligible", "Pupil Premium Recipient"])
    assert headings.mapped["pupil_premium"] == "Pupil Premium Recipient"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [["this", "that"], ["is", "so"]],
            "No row of headings was found in rows 1 to 2. Give the columns names such as Forename, Surname, Date of birth.",
        ),
        (
            [["Forename", "Surname", "Year"]],
            (
                "Row 1 is read as the headings, but no column of it holds the date of birth."
                " It has “Forename”, “Surname”, “Year”. Give the columns names such as Forename, Surname, Date of birth."
            ),
        ),
        (
            [["DOB", "Year"]],
            (
                "Row 1 is read as the headings, but no column of it holds the forename or the surname. It has “DOB”, “Year”."
                " Give the columns names such as Forename, Surname, Date of birth."
            ),
        ),
    ],
)
def test_find_headings_says_where_it_looked_and_what_is_missing(rows, message):
    with pytest.raises(NotARosterError) as caught:
        found(*rows)
    assert str(caught.value) == message


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters_count_as_spreadsheet_programs_do(index, letters):
    assert column_letters(index) == letters
