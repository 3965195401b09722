"""The row of headings is found, or said not to be there; nothing is kept below it that must not be held."""

from datetime import date

import pytest

from inharmony.spreadsheets import Book, Row, Sheet
from inharmony.spreadsheets.sheet import Span
from participants.imports.roster.columns import LayoutError, NotARosterError
from participants.imports.roster.headings import find_headings, kept, lists_of
from participants.imports.roster.layout import Layout

TODAY = date(2026, 9, 10)


def sheet(*rows: list, merged=()) -> Sheet:
    return Sheet("List", False, tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1) if any(cells)), merged)


def found(*rows: list, merged=(), layout=None):
    return find_headings(sheet(*rows, merged=merged), today=TODAY, layout=layout)


def test_find_headings_passes_over_titles_above():
    headings = found(
        ["Class list"], ["Printed 4 September", "Year 4"], [None], ["Forename", "Surname", "DOB"], ["Ada", "Lark", "x"]
    )
    assert (headings.row, headings.mapped) == (
        4,
        {"forename": "Forename", "surname": "Surname", "date_of_birth": "DOB"},
    )


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


BASE = ["Forename", "Surname", "DOB"]
ADA = ["Ada", "Lark", "14/03/2018"]
BO = ["Bo", "Wren", "15/04/2017"]


@pytest.mark.parametrize(
    ("upper", "lower", "columns", "dropped"),
    [
        (
            ["Pupil", None, "Date of birth", "Registration", None],
            ["Forename", "Surname", None, "Year", "Group"],
            {"forename": 0, "surname": 1, "date_of_birth": 2, "year_group": 3, "school_class": 4},
            [],
        ),
        (
            ["Legal", None, "Preferred", None, None],
            ["Forename", "Surname", "Forename", "Surname", "DOB"],
            {"forename": 0, "surname": 3, "preferred_forename": 2, "date_of_birth": 4},
            [],
        ),
        (
            ["Pupil", None, None, "Parent", None],
            ["Forename", "Surname", "DOB", "Forename", "Surname"],
            {"forename": 0, "surname": 1, "date_of_birth": 2},
            ["Parent Forename", "Parent Surname"],
        ),
        (
            ["Pupil details", None, None, "Contact", None],
            ["Forename", "Surname", "DOB", "Name", "Priority"],
            {"forename": 0, "surname": 1, "date_of_birth": 2},
            ["Contact Name", "Contact Priority"],
        ),
    ],
)
def test_find_headings_reads_two_lines(upper, lower, columns, dropped):
    headings = found(["Class list"], upper, lower, [*ADA, *ADA[:2]])
    assert (headings.row, dict(sorted(headings.columns.items())), headings.dropped) == (
        3,
        dict(sorted(columns.items())),
        dropped,
    )


def test_find_headings_believes_merged_cells_about_what_a_text_covers():
    rows = (["Parent", None, None, None], ["Surname", "Forename", "Surname", "DOB"], ["Wren", *ADA])
    headings = found(*rows, merged=(Span(1, 0, 1, 0),))
    assert (headings.columns, headings.dropped) == (
        {"forename": 1, "surname": 2, "date_of_birth": 3},
        ["Parent Surname"],
    )


def test_find_headings_does_not_take_a_title_for_a_heading_line():
    headings = found(["Parent contact list", None, None], BASE, ADA)
    assert (headings.lines, headings.mapped["forename"]) == ((2,), "Forename")


def test_find_headings_takes_the_row_a_person_chose():
    rows = (["Forename", "Surname", "DOB", "Yr"], ["First", "Last", "Born", "Yr"], [*ADA, "3"])
    assert found(*rows, layout=Layout(heading_row=2)).row == 2
    with pytest.raises(LayoutError, match="Row 9 holds nothing"):
        found(*rows, layout=Layout(heading_row=9))


NO_HEADINGS = (
    ["F999999925001", "Lark, Ada", "14/03/2018", "Year 3"],
    ["V999999925002", "Wren, Bo", "15/04/2017", "Year 4"],
)


def test_find_headings_does_without_headings_where_the_values_are_clear():
    headings = found(*NO_HEADINGS)
    assert (headings.row, headings.columns, headings.mapped["upn"]) == (
        0,
        {"upn": 0, "full_name": 1, "date_of_birth": 2, "year_group": 3},
        "Column A",
    )
    assert headings.problems[0].message == (
        "Column A is read as the UPN, because of what stands in it. Check that it is."
    )


def test_kept_holds_nothing_that_the_portal_must_not():
    whole = sheet(
        ["Class list", "Phone 0113 496 0123", "office@school.example"],
        ["Printed", "for Year 4"],
        [*BASE, "Address", "Info", "Notes"],
        [*ADA, "1 Canary Row", "ada@lark.example", "sits in front"],
        [*BO, "2 Canary Row", "bo@wren.example", "ring 07700 900123"],
        *[[*BO, None, None, "reads well"] for _ in range(4)],
    )
    headings = find_headings(whole, today=TODAY)
    assert kept(whole, headings).rows[:5] == (
        Row(1, ("Class list", None, None)),
        Row(2, ("Printed", "for Year 4")),
        Row(3, (*BASE, "Address", "Info", "Notes")),
        Row(4, (*ADA, None, None, "sits in front")),
        Row(5, tuple(BO)),
    )


def test_kept_is_the_sheet_itself_where_nothing_has_to_go():
    whole = sheet(BASE, ADA)
    assert kept(whole, find_headings(whole, today=TODAY)) is whole


def test_kept_comes_with_a_refusal_too():
    with pytest.raises(NotARosterError) as caught:
        found(["Forename", "Surname", "Address"], ["Ada", "Lark", "1 Canary Row"])
    assert caught.value.kept.rows[1].cells == ("Ada", "Lark")


def test_lists_of_names_the_sheets_a_person_may_choose_from():
    plain, other = sheet(BASE, ADA), sheet(["Codes"], ["K", "SEN support"])
    hidden = Sheet("Old", True, plain.rows)
    book = Book("xlsx", "", (other, plain, Sheet("Year 4", False, plain.rows), hidden))
    assert [one.name for one in lists_of(book)] == ["List", "Year 4"]
