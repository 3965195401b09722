from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inharmony.spreadsheets import CellError, Row, Sheet
from inharmony.spreadsheets.sheet import Span
from participants.imports.roster.columns import NotARosterError
from participants.imports.roster.layout import Layout
from participants.imports.roster.parsed import ParsedRoster
from participants.imports.roster.problem import Problem
from participants.imports.roster.rows import RowReader, parse, reread

TODAY = date(2026, 9, 10)
BASE = ["Forename", "Surname", "DOB"]
ADA = ["Ada", "Lark", "14/03/2018"]


def parsed(*rows: list, start: int = 1, merged=(), layout: Layout | None = None) -> ParsedRoster:
    numbered = tuple(Row(n, tuple(r)) for n, r in enumerate(rows, start) if r)
    return parse(Sheet("List", False, numbered, merged), today=TODAY, layout=layout)


def faults(roster) -> list[tuple[int, str, bool]]:
    return [(p.row, p.column, p.refused) for p in roster.all_problems()]


def test_parse_reads_every_field():
    columns = {
        "Known As": "Addy",
        "Gender": "Female",
        "UPN": "f999999925001",
        "Former UPN": "V999999925002",
        "Yr": "Y3",
        "Reg": "3 Heron",
        "PP": "T",
        "FSM": "N",
        "Ever 6": "Y",
        "EAL": "no",
        "Language": "ENG",
        "SEN": "K",
        "Ethnicity": "WENG",
        "Date of Entry": date(2022, 9, 1),
        "Leaving Date": "21/07/2026",
    }
    roster = parsed([*BASE, *columns], [*ADA, *columns.values()])
    assert roster.rows[0].fields == {
        "forename": "Ada",
        "surname": "Lark",
        "date_of_birth": date(2018, 3, 14),
        "preferred_forename": "Addy",
        "sex": "F",
        "upn": "F999999925001",
        "former_upn": "V999999925002",
        "year_group": "3",
        "school_class": "3 Heron",
        "pupil_premium": True,
        "fsm": False,
        "fsm6": True,
        "eal": False,
        "first_language": "ENG",
        "sen": "K",
        "ethnicity": "WBRI",
        "start_date": date(2022, 9, 1),
        "leaving_date": date(2026, 7, 21),
    }
    assert (roster.all_problems(), roster.heading_row) == ([], 1)


def test_parse_keeps_what_was_sent_beside_what_it_means():
    roster = parsed([*BASE, "Yr"], [*ADA, "Year 3"])
    assert roster.rows[0].cells == {
        "forename": "Ada",
        "surname": "Lark",
        "date_of_birth": "14/03/2018",
        "year_group": "Year 3",
    }


def test_parse_never_takes_in_a_column_that_must_not_be_held():
    roster = parsed([*BASE, "Home address", "Medical", "Notes"], [*ADA, "1 Canary Row", "asthma", "sits in front"])
    assert (roster.dropped, roster.ignored) == (["Home address", "Medical"], ["Notes"])
    held = repr([(row.fields, row.cells, row.problems) for row in roster.rows])
    assert "Canary" not in held
    assert "asthma" not in held


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            [None, "Lark", "14/03/2018"],
            Problem(2, "Forename", "", "The forename is missing. Write the child’s forename.", True, "forename"),
        ),
        (
            ["Ada", " ", "14/03/2018"],
            Problem(
                2,
                "Surname",
                " ",
                "The surname is missing. Write it; for a child with one name only, write a hyphen (-).",
                True,
                "surname",
            ),
        ),
        (
            ["Ada", "Lark"],
            Problem(
                2,
                "DOB",
                "",
                "The date of birth is missing. Write day/month/year, for example 14/03/2018.",
                True,
                "date_of_birth",
            ),
        ),
        (
            ["Ada", "Lark", "31/02/2017"],
            Problem(
                2,
                "DOB",
                "31/02/2017",
                "“31/02/2017” is not a date: February 2017 has 28 days. Write day/month/year, for example 14/03/2018.",
                True,
                "date_of_birth",
            ),
        ),
        (
            ["Ada", CellError("#REF!"), "14/03/2018"],
            Problem(
                2,
                "Surname",
                "#REF!",
                "The cell holds no value (#REF!). Put the formula right, or type the value.",
                True,
                "surname",
            ),
        ),
        (
            ["Ada", "Lark", CellError("#N/A")],
            Problem(
                2,
                "DOB",
                "#N/A",
                "The cell holds no value (#N/A). Put the formula right, or type the value.",
                True,
                "date_of_birth",
            ),
        ),
    ],
)
def test_parse_refuses_a_row_without_name_or_birth_date_and_names_the_cell(row, problem):
    roster = parsed(BASE, row)
    assert roster.rows[0].problems == [problem]
    assert roster.rows[0].is_refused


def test_parse_names_every_faulty_cell_of_a_row():
    roster = parsed([*BASE, "Yr", "SEN"], [None, None, "x", "Kestrel", "Q9"])
    assert faults(roster) == [
        (2, "Forename", True),
        (2, "Surname", True),
        (2, "DOB", True),
        (2, "Yr", False),
        (2, "SEN", False),
    ]


def test_parse_takes_a_child_with_one_name():
    row = parsed(BASE, ["Suharto", "-", "14/03/2018"]).rows[0]
    assert (row.fields["forename"], row.fields["surname"], row.problems) == ("Suharto", "", [])


def test_parse_warns_of_an_error_in_a_cell_that_may_be_blank():
    roster = parsed([*BASE, "Reg"], [*ADA, CellError("#VALUE!")])
    assert faults(roster) == [(2, "Reg", False)]
    assert "school_class" not in roster.rows[0].fields


def test_parse_splits_names_in_one_column():
    roster = parsed(
        ["Name", "DOB"],
        ["Lark, Ada", "14/03/2018"],
        ["Bo Wren", "15/03/2018"],
        ["Cy", "16/03/2018"],
        [None, "1/1/2018"],
    )
    assert [(r.fields.get("forename"), r.fields.get("surname"), r.is_refused) for r in roster.rows] == [
        ("Ada", "Lark", False),
        ("Bo", "Wren", False),
        (None, None, True),
        (None, None, True),
    ]
    assert faults(roster) == [(3, "Name", False), (4, "Name", True), (5, "Name", True)]


def test_parse_passes_over_blank_rows_instructions_and_repeated_headings():
    roster = parsed(
        BASE,
        ["Required: free text", "Required: free text", "Required: DD/MM/YYYY"],
        ADA,
        ["\u00a0", " ", None],
        BASE,
        ["Bo", "Wren", "15/03/2018"],
    )
    assert ([row.row for row in roster.rows], roster.problems) == ([3, 6], [])


def test_parse_passes_over_rows_that_hold_nothing_of_what_is_read():
    roster = parsed([*BASE, "Address", "Notes"], ADA, [None, None, None, "1 Canary Row", "moved away"])
    assert ([row.row for row in roster.rows], roster.problems) == ([2], [])


def test_parse_names_the_totals_it_leaves_out():
    roster = parsed(BASE, ADA, ["Total pupils: 1", None, None], ["30 pupils"])
    assert [row.row for row in roster.rows] == [2]
    assert roster.problems == [
        Problem(
            row,
            "Forename",
            text,
            f"“{text}” looks like a total, so this row is left out. Nothing needs to be done.",
            False,
        )
        for row, text in ((3, "Total pupils: 1"), (4, "30 pupils"))
    ]


def test_parse_names_the_headings_of_groups_that_it_leaves_out():
    roster = parsed(
        BASE, ["Class 4 Heron"], ADA, ["Class", None], ["Form", "Lark", "15/03/2018"], ["Reginald", None, None]
    )
    assert [(row.row, row.is_refused) for row in roster.rows] == [(3, False), (5, False), (6, True)]
    assert [(p.row, p.value) for p in roster.problems] == [(2, "Class 4 Heron"), (4, "Class")]


def test_parse_takes_merged_cells_that_overlap_for_what_stands_first():
    spans = tuple(Span(2, 3, 100_000, 3) for _ in range(2_000))
    rows = [["Ada", "Lark", f"{n % 28 + 1:02d}/03/2018", "4 Heron" if n == 0 else None] for n in range(3_000)]
    roster = parsed([*BASE, "Class"], *rows, merged=spans)
    assert {row.fields["school_class"] for row in roster.rows} == {"4 Heron"}


def test_parse_keeps_the_sheets_own_row_numbers():
    roster = parsed(["Class list"], BASE, ADA, start=7)
    assert (roster.heading_row, roster.rows[0].row) == (8, 9)


def test_parse_refuses_a_sheet_without_children():
    with pytest.raises(NotARosterError, match="There are no children under the headings in row 1"):
        parsed(BASE, [" ", None])


def test_parse_doubts_day_and_month_where_the_column_is_american():
    roster = parsed(BASE, ["Ada", "Lark", "3/20/2018"], ["Bo", "Wren", "03/04/2018"], ["Cy", "Finch", "4/4/2018"])
    assert faults(roster) == [(2, "DOB", True), (3, "DOB", False)]
    assert "row 2 of this column is month/day/year" in roster.rows[1].problems[0].message


def test_parse_works_out_english_as_additional_language():
    roster = parsed(
        [*BASE, "First Language"],
        [*ADA, "POL"],
        ["Bo", "Wren", "15/03/2018", "ENG"],
        ["Cy", "Finch", "16/03/2018", "REF"],
    )
    assert [row.fields.get("eal") for row in roster.rows] == [True, False, None]


def test_parse_joins_rows_that_say_the_same_of_one_child():
    roster = parsed([*BASE, "Reg", "Yr"], [*ADA, "3 Heron", None], ["ada", "LARK", date(2018, 3, 14), None, "3"])
    first, second = roster.rows
    assert (first.fields["school_class"], first.fields["year_group"], second.same_as) == ("3 Heron", "3", 2)
    assert (second.problems[0].message, second.is_refused) == (
        "Says the same as row 2, so it is taken once. Nothing needs to be done.",
        False,
    )


def test_parse_refuses_a_second_row_that_contradicts_the_first():
    roster = parsed([*BASE, "Reg"], [*ADA, "3 Heron"], [*ADA, "4 Kestrel"])
    assert roster.rows[1].is_refused
    assert roster.rows[1].problems[0].message == (
        "This is the child of row 2 with another school class. Remove one of the two rows, or correct the wrong one."
    )


def test_parse_names_the_cell_in_which_two_rows_differ():
    roster = parsed([*BASE, "Reg"], [*ADA, "3 Heron"], [*ADA, "4 Kestrel"])
    problem = roster.rows[1].problems[0]
    assert (problem.column, problem.value, problem.field) == ("Reg", "4 Kestrel", "school_class")


def test_parse_hides_the_upn_in_which_two_rows_differ():
    rows = [[*ADA, "F999999925001", "V999999925002"], [*ADA, "F999999925001", "M999999925003"]]
    problem = parsed([*BASE, "UPN", "Former UPN"], *rows).rows[1].problems[0]
    assert (problem.column, problem.value) == ("Former UPN", "•••••••••5003")


def test_problems_are_told_in_a_fixed_shape():
    assert Problem(2, "DOB", "x", "“x” is not a date.", True, "date_of_birth").as_json() == {
        "row": 2,
        "column": "DOB",
        "value": "x",
        "message": "“x” is not a date.",
        "refused": True,
        "field": "date_of_birth",
    }


def test_parse_takes_the_same_upn_for_the_same_child():
    roster = parsed([*BASE, "UPN"], [*ADA, "F999999925001"], ["Adah", "Lark", "14/03/2018", "F999999925001"])
    assert "another forename" in roster.rows[1].problems[0].message


def test_parse_takes_two_upns_for_two_children_and_says_so():
    roster = parsed([*BASE, "UPN"], [*ADA, "F999999925001"], [*ADA, "V999999925002"])
    assert [row.is_refused for row in roster.rows] == [False, False]
    assert "another UPN" in roster.rows[1].problems[0].message


def test_parse_keeps_twins_apart():
    roster = parsed(BASE, ADA, ["Bo", "Lark", "14/03/2018"])
    assert ([row.same_as for row in roster.rows], roster.all_problems()) == ([None, None], [])


CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(0, 60_000),
    st.booleans(),
    st.dates(),
    st.builds(CellError, st.just("#N/A")),
)


@given(st.lists(st.lists(CELLS, max_size=14), max_size=12))
def test_parse_never_stumbles_and_accounts_for_every_row(rows):
    headings = [
        *BASE,
        "UPN",
        "Yr",
        "Reg",
        "PP",
        "SEN",
        "Ethnicity",
        "Language",
        "Sex",
        "School URN",
        "Start Date",
        "Known As",
    ]
    try:
        roster = parsed(headings, *rows)
    except NotARosterError:
        return
    for row in roster.rows:
        complete = {"forename", "surname", "date_of_birth"} <= row.fields.keys()
        assert row.is_refused or complete
        assert all(problem.row == row.row and problem.message for problem in row.problems)


@pytest.mark.parametrize(
    ("dates", "rows"),
    [
        (["03/04/2018", "04/05/2018"], [2, 3]),  # nothing shows which comes first
        (["03/04/2018", "14/05/2018"], []),  # the other row shows it
        (["03/04/2018", "3 April 2018"], [2]),
        (["04/04/2018", "05/05/2018"], []),  # either way round the same day
        (["2018-04-03", date(2018, 4, 3)], []),
    ],
)
def test_parse_shows_dates_whose_order_no_row_settles(dates, rows):
    roster = parsed(BASE, *[[f"Ada{'m' * n}", "Lark", born] for n, born in enumerate(dates)])
    assert [problem.row for problem in roster.all_problems() if "month/day/year" in problem.message] == rows


def test_parse_doubts_dates_that_a_program_of_another_country_converted_by_halves():
    births = ["14/03/2018", date(2018, 5, 4), "25/12/2017", date(2017, 8, 9)]
    roster = parsed(
        BASE, *[[name, "Lark", born] for name, born in zip(("Ada", "Bo", "Cy", "Dee"), births, strict=True)]
    )
    assert faults(roster) == [(3, "DOB", False), (5, "DOB", False)]
    assert "“2018-05-04” may have its day and month the other way round" in roster.rows[1].problems[0].message


@pytest.mark.parametrize(
    ("heading", "cells", "asks"),
    [
        ("PP", ["Y", None, "Yes"], ["pupil_premium"]),
        ("FSM", [True, " ", "-"], ["fsm"]),
        ("Ever 6", ["x", None], ["fsm6"]),
        ("EAL", ["1", None], ["eal"]),
        ("PP", ["Y", "N", None], []),
        ("PP", ["Y", "Y"], []),
        ("PP", [None, None], []),
        ("PP", ["Y", "unknown", None], []),
        ("PP", ["Y", "maybe", None], []),
        ("SEN", ["K", None], []),
    ],
)
def test_parse_asks_what_a_blank_means_where_a_column_says_only_yes(heading, cells, asks):
    roster = parsed([*BASE, heading], *[[*ADA[:2], date(2018, 3, 1 + n), cell] for n, cell in enumerate(cells)])
    assert roster.asks == asks


@pytest.mark.parametrize(("answer", "flags"), [(False, [True, False, False]), (None, [True, None, None])])
def test_parse_takes_a_blank_for_what_a_person_said(answer, flags):
    rows = [[*ADA[:2], date(2018, 3, 1 + n), cell] for n, cell in enumerate(["Y", None, "-"])]
    roster = parsed([*BASE, "PP"], *rows, layout=Layout(blanks={"pupil_premium": answer}))
    assert ([row.fields.get("pupil_premium") for row in roster.rows], roster.asks) == (flags, [])


def test_parse_never_takes_a_wrong_word_for_a_blank():
    roster = parsed([*BASE, "PP"], [*ADA, "maybe"], layout=Layout(blanks={"pupil_premium": False}))
    assert ("pupil_premium" in roster.rows[0].fields, faults(roster)) == (False, [(2, "PP", False)])


def test_parse_spreads_a_merged_school_class_over_its_children():
    rows = [
        [*ADA, "4 Heron"],
        ["Bo", "Wren", "15/03/2018"],
        ["Cy", "Finch", "16/03/2018"],
        ["Dee", "Jay", "17/03/2018"],
    ]
    roster = parsed([*BASE, "Class"], *rows, merged=(Span(2, 3, 4, 3),))
    assert [row.fields.get("school_class") for row in roster.rows] == ["4 Heron", "4 Heron", "4 Heron", None]
    assert roster.rows[1].cells["school_class"] == "4 Heron"


def test_parse_does_not_spread_a_merged_name():
    roster = parsed(BASE, ADA, [None, "Lark", "15/03/2018"], merged=(Span(2, 0, 3, 0),))
    assert faults(roster) == [(3, "Forename", True)]


def test_parse_reads_a_list_without_headings_and_says_how():
    roster = parsed(["F999999925001", "Lark, Ada", "14/03/2018"], ["V999999925002", "Wren, Bo", "15/04/2017"])
    assert (roster.heading_row, [row.row for row in roster.rows]) == (0, [1, 2])
    assert [(p.row, p.column, p.field) for p in roster.problems] == [
        (0, "Column A", "upn"),
        (0, "Column C", "date_of_birth"),
        (0, "Column B", "full_name"),
    ]


def test_parse_reads_a_text_as_far_as_it_is_shown():
    roster = parsed([*BASE, "Reg"], ["Ada" + " " * 200, "Lark", "14/03/2018", "x" * 500])
    assert (roster.rows[0].fields["forename"], roster.rows[0].cells["forename"]) == ("Ada", "Ada")
    assert len(roster.rows[0].cells["school_class"]) == 80


def test_parse_is_quick_on_texts_made_to_be_slow():
    rows = [["'" * 30_000 + f"{n}", "' " * 15_000, '="' * 9_000] for n in range(200)]
    roster = parsed([*BASE, "Info"], ADA, *[[*row, "0 " * 15_000] for row in rows])
    assert sum(row.is_refused for row in roster.rows) == 200


@pytest.mark.parametrize("name", ["upn", "former_upn"])
def test_reread_passes_over_upns_that_are_not_told(name):
    heading = {"upn": "UPN", "former_upn": "Former UPN"}[name]
    roster = parsed([*BASE, heading], [*ADA, "F999999925001"])
    cells = {field: text for field, text in roster.rows[0].cells.items() if field != name}
    again = reread(roster.mapped, 2, cells, today=TODAY)
    assert (again.fields, again.problems) == (
        {"forename": "Ada", "surname": "Lark", "date_of_birth": date(2018, 3, 14)},
        [],
    )


def test_reread_takes_a_mended_cell():
    roster = parsed([*BASE, "PP"], ["Ada", "Lark", "31/02/2018", None])
    layout = Layout(blanks={"pupil_premium": False})
    mended = reread(
        roster.mapped, 2, roster.rows[0].cells | {"date_of_birth": "28/02/2018"}, today=TODAY, layout=layout
    )
    assert (mended.fields["date_of_birth"], mended.fields["pupil_premium"], mended.problems, mended.row) == (
        date(2018, 2, 28),
        False,
        [],
        2,
    )


def test_reread_refuses_a_cell_that_was_emptied():
    roster = parsed(BASE, ADA)
    emptied = reread(roster.mapped, 2, {"forename": "Ada", "date_of_birth": "14/03/2018"}, today=TODAY)
    assert [(p.field, p.column, p.refused) for p in emptied.problems] == [("surname", "Surname", True)]


ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.text(alphabet="0123456789/-.' =\"abcMarch", max_size=100),
    st.sampled_from(
        ["Y", "yes", "-", "unknown", "E", "S", "WBRI", "Year 3", "ENG", "14/03/2018", "3/20/2018", "03/04/18"]
    ),
    st.sampled_from(["#N/A", "#REF!", "formula without a result", "O’Brien", "JosÃ©", "Lark, Ada", "F999999925001"]),
    st.integers(-10, 60_000),
    st.integers(10**6, 10**14),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.builds(CellError, st.sampled_from(["#N/A", "#DIV/0!", "#WHAT?", "formula without a result"])),
)
EVERY = {
    "forename": "Forename",
    "surname": "Surname",
    "date_of_birth": "DOB",
    "preferred_forename": "Known As",
    "sex": "Sex",
    "upn": "UPN",
    "former_upn": "Former UPN",
    "year_group": "Yr",
    "school_class": "Reg",
    "pupil_premium": "PP",
    "fsm": "FSM",
    "fsm6": "Ever 6",
    "eal": "EAL",
    "first_language": "Language",
    "sen": "SEN",
    "ethnicity": "Ethnicity",
    "school_urn": "URN",
    "start_date": "Start date",
    "leaving_date": "Leaving date",
}
BLANKS = st.dictionaries(st.sampled_from(["pupil_premium", "fsm", "eal"]), st.sampled_from([False, None]))


@given(st.fixed_dictionaries(dict.fromkeys(EVERY, ANY_CELL)), BLANKS)
@settings(max_examples=400, deadline=None)
def test_reread_of_what_is_shown_equals_the_first_reading(cells, blanks):
    reader = RowReader(EVERY, today=TODAY, layout=Layout(blanks=blanks))
    first = reader.read_all([7], {name: [cells[name]] for name in EVERY})[0][0]
    first.problems = [p for p in first.problems if "no other row shows which comes first" not in p.message]
    again = reader.reread(7, first.cells)
    assert (again.fields, again.problems, again.cells) == (first.fields, first.problems, first.cells)


@given(ANY_CELL)
@settings(max_examples=200, deadline=None)
def test_reread_of_a_whole_name_equals_the_first_reading(cell):
    reader = RowReader({"full_name": "Name", "date_of_birth": "DOB"}, today=TODAY)
    first = reader.read_all([7], {"full_name": [cell], "date_of_birth": ["14/03/2018"]})[0][0]
    again = reader.reread(7, first.cells)
    assert (again.fields, again.problems) == (first.fields, first.problems)


TABLES = st.lists(st.lists(ANY_CELL, min_size=6, max_size=8), min_size=1, max_size=8)


@given(TABLES)
@example([[None, None, None, CellError("#N/A"), "0", None]])
@settings(max_examples=150, deadline=None)
def test_parse_of_what_is_kept_equals_the_first_reading(rows):
    headings = [*BASE, "Reg", "Home address", "Info", "Notes", "PP"]
    try:
        first = parsed(headings, *rows)
    except NotARosterError:
        return
    again = parse(first.kept, today=TODAY)
    assert (again.rows, again.problems, again.asks) == (first.rows, first.problems, first.asks)
    assert again.kept == first.kept
    assert all(len(row.cells) <= 4 or row.cells[4] is None for row in first.kept.rows[1:])
