"""What each column of a list is: said, remembered, told by its heading or its values, or not to be held."""

import pytest

from participants.imports.roster import columns as columns_module
from participants.imports.roster.aliases import is_never_kept, key, meaning
from participants.imports.roster.columns import LayoutError, NotARosterError, column_letters
from participants.imports.roster.layout import Layout
from tests.participants.imports.roster.test_headings import ADA, BASE, BO, found


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
    [
        "placement_1_urn",
        "employing_school_urn",
        "previous_last_name",
        "House points",
        "Adno",
        "SCHOOL_NAME",
        "Notes",
        "Main ethnicity",
        "Maximum",
    ],
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
        "City",
        "Mum's name",
        "Area of need",
        "Post-LAC",
        "CIN",
        "Ever in care",
        "ServiceChild",
        "CLA",
        "GP",
    ],
)
def test_is_never_kept_names_what_the_portal_must_not_hold(heading):
    assert (meaning(heading), is_never_kept(heading)) == (None, True)


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


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters_count_as_spreadsheet_programs_do(index, letters):
    assert column_letters(index) == letters


def told(headings) -> dict[str, tuple[str, str, bool]]:
    return {column.letters: (column.field, column.how, column.forbidden) for column in headings.table}


def test_find_headings_shows_every_column_with_an_example():
    headings = found(
        [*BASE, "UPN", "Home phone", "House", None], [*ADA, "F999999925001", "0113 496 0123", "Owl", 7], [*BO]
    )
    assert [(c.letters, c.heading, c.field, c.how, c.forbidden, c.example, c.filled) for c in headings.table] == [
        ("A", "Forename", "forename", "alias", False, "Ada", 2),
        ("B", "Surname", "surname", "alias", False, "Lark", 2),
        ("C", "DOB", "date_of_birth", "alias", False, "14/03/2018", 2),
        ("D", "UPN", "upn", "alias", False, "•••••••••5001", 1),
        ("E", "Home phone", "", "", True, "", 1),
        ("F", "House", "", "", False, "Owl", 1),
        ("G", "", "", "", False, "7", 1),
    ]
    assert (headings.dropped, headings.ignored) == (["Home phone"], ["House", "Column G"])


def test_find_headings_cuts_long_examples_short():
    assert found([*BASE, "Notes"], [*ADA, "x" * 100]).table[3].example == "x" * 39 + "…"


def test_find_headings_goes_by_what_a_person_chose():
    layout = Layout(columns={0: "surname", 1: "forename", 3: "school_class", 2: "date_of_birth"})
    headings = found([*BASE, "Groep"], [*ADA, "4 Heron"], layout=layout)
    assert (headings.columns, {c.how for c in headings.table}) == (
        {"surname": 0, "forename": 1, "date_of_birth": 2, "school_class": 3},
        {"chosen"},
    )


def test_find_headings_leaves_out_what_a_person_does_not_want():
    headings = found([*BASE, "Yr"], [*ADA, "3"], layout=Layout(columns={3: ""}))
    assert ("year_group" in headings.columns, headings.ignored) == (False, ["Yr"])


def test_find_headings_gives_a_field_to_one_column_only():
    headings = found([*BASE, "Nickname"], [*ADA, "Addy"], layout=Layout(columns={3: "forename"}))
    assert (headings.columns["forename"], headings.ignored) == (3, ["Forename"])


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({3: "year_group"}, "Column D (“Address”) holds what the portal must not hold"),
        ({0: "forename", 1: "forename"}, "Column B (“Surname”) and column A cannot both be the forename."),
        ({0: "forename", 1: "full_name"}, "one column with the whole name, or two"),
        ({99: "forename"}, "There is no column CV that could be the forename."),
        ({0: "shoe_size"}, "There is no column A that could be the shoe size."),
    ],
)
def test_find_headings_refuses_a_choice_that_cannot_be(columns, words):
    with pytest.raises(LayoutError) as caught:
        found([*BASE, "Address"], [*ADA, "1 Canary Row"], layout=Layout(columns=columns))
    assert words in str(caught.value)


def test_find_headings_takes_a_choice_of_a_column_without_heading_and_values():
    headings = found([*BASE, None, "Yr"], [*ADA, None, "3"], layout=Layout(columns={3: "school_class"}))
    assert headings.mapped["school_class"] == "Column D"


def test_find_headings_remembers_what_a_heading_meant():
    layout = Layout(remembered={key("Groep"): "school_class", key("Yr"): "", key("Home phone"): "school_class"})
    headings = found([*BASE, "Groep", "Yr", "Home phone"], [*ADA, "4 Heron", "4", None], layout=layout)
    assert (headings.mapped["school_class"], headings.ignored, headings.dropped) == ("Groep", ["Yr"], ["Home phone"])
    assert told(headings)["D"] == ("school_class", "remembered", False)


def test_find_headings_puts_choice_before_memory_and_memory_before_aliases():
    layout = Layout(columns={0: "surname"}, remembered={key("Surname"): "surname", key("First"): "forename"})
    headings = found(
        ["Last", "Surname", "First", "Forename", "DOB"], ["Lark", "x", "Ada", "y", "14/03/2018"], layout=layout
    )
    assert (headings.columns, told(headings)["C"][1]) == (
        {"surname": 0, "forename": 2, "date_of_birth": 4},
        "remembered",
    )


def test_find_headings_tells_forenames_from_surnames_only_where_they_are_known():
    rows = [[last, first, "14/03/2018"] for last, first in (("Lark", "Ada"), ("Wren", "Olivia"), ("Finch", "Mohammed"))]
    assert found(*rows).columns == {"surname": 0, "forename": 1, "date_of_birth": 2}
    with pytest.raises(NotARosterError) as caught:
        found(*[[last, "Q" + first, born] for last, first, born in rows])
    assert [(c.field, c.example) for c in caught.value.columns] == [
        ("", "Lark"),
        ("", "QAda"),
        ("date_of_birth", "14/03/2018"),
    ]


def test_find_headings_reads_headings_in_words_it_does_not_know_by_the_values():
    headings = found(
        ["Enw llawn", "Dyddiad geni", "Rhyw"], ["Lark, Ada", "14/03/2018", "F"], ["Wren, Bo", "15/04/2017", "M"]
    )
    assert (headings.row, headings.mapped) == (
        1,
        {"full_name": "Enw llawn", "date_of_birth": "Dyddiad geni", "sex": "Rhyw"},
    )


def test_find_headings_does_not_choose_between_two_columns_of_dates():
    with pytest.raises(NotARosterError) as caught:
        found(["Forename", "Surname", "D1", "D2"], [*ADA, "01/09/2022"], [*BO, "01/09/2021"])
    assert "no column of it holds the date of birth" in str(caught.value)
    assert (caught.value.heading_row, [c.letters for c in caught.value.columns]) == (1, ["A", "B", "C", "D"])


PRIVATE = {
    "email": ["ada@lark.example", "bo.wren@school.example"],
    "phone": ["0113 496 0123", "07700 900123"],
    "phone in brackets": ["(0113) 4960123", "+44 113 496 0123"],
    "phone without its nought": [1134960123, 7700900123],
    "postcode": ["ZZ9 9ZZ", "ls109zz"],
    "address": ["12 Canary Row, Leeds", "4a Heron Gardens"],
    "National Insurance": ["QQ 12 34 56 C", "AB123456D"],
    "NHS number": ["999 000 0018", "9990000026"],
    "a long text": ["She " * 100, "He " * 120],
}


@pytest.mark.parametrize("values", PRIVATE.values(), ids=PRIVATE)
def test_find_headings_drops_a_column_whose_values_are_private(values):
    headings = found([*BASE, "Info"], [*ADA, values[0]], [*BO, values[1]])
    assert (headings.dropped, headings.table[3].example) == (["Info"], "")
    with pytest.raises(LayoutError):
        found([*BASE, "Info"], [*ADA, values[0]], [*BO, values[1]], layout=Layout(columns={3: "school_class"}))


@pytest.mark.parametrize(
    "values", [["4 Heron", "3 Kestrel"], ["12345", "000123"], [1234, 77], ["2022-09-01", "01/09/2021"]]
)
def test_find_headings_keeps_a_column_of_plain_values(values):
    assert found([*BASE, "Info"], [*ADA, values[0]], [*BO, values[1]]).ignored == ["Info"]


def test_find_headings_keeps_no_column_that_is_too_much_to_look_through(monkeypatch):
    monkeypatch.setattr(columns_module, "LOOKED_THROUGH", 20)
    headings = found([*BASE, "Info", "Notes"], [*ADA, "twelve words", "twelve more"], [*BO, "x", "y"])
    assert (headings.ignored, headings.dropped) == (["Info"], ["Notes"])
