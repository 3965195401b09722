"""Registers in the layouts hubs keep them in: what is read is what stands there, and what is left out is named."""

from datetime import date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inharmony.spreadsheets import CellError, Row, Sheet
from inharmony.spreadsheets.sheet import NOT_CALCULATED
from participants.imports.registers.grid import NotARegisterError, read_grid
from participants.imports.registers.preview import opened, sealed
from participants.validators.identity import upn_hash
from schools.models import AcademicYear
from tests.inharmony.spreadsheets.workbooks import opendocument, text_cell
from tests.participants.sheets import as_csv, as_xlsx, grid_of, marks_of

DAYS = ("2024-09-12", "2024-09-19", "2024-09-26")
TRUTH = {
    "Amara Adeyemi": dict(zip(DAYS, ("/", "/", "A"), strict=True)),
    "Yusuf Ali": dict(zip(DAYS, ("L", "/", "/"), strict=True)),
}
AMARA, YUSUF = ("/", "/", "A"), ("L", "/", "/")
REAL = [date.fromisoformat(day) for day in DAYS]
FEW = ("12/9", "19/9", "26/9")
LAYOUTS = {
    "the plainest": [
        ("Name", "12/09/2024", "19/09/2024", "26/09/2024"),
        ("Amara Adeyemi", *AMARA),
        ("Yusuf Ali", *YUSUF),
    ],
    "real dates": [("Name", *REAL), ("Amara Adeyemi", *AMARA), ("Yusuf Ali", *YUSUF)],
    "moments": [
        ("Name", *(datetime.fromisoformat(f"{day}T10:15") for day in DAYS)),
        ("Amara Adeyemi", *AMARA),
        ("Yusuf Ali", *YUSUF),
    ],
    "without a year": [("Pupil", *FEW), ("Amara Adeyemi", *AMARA), ("Yusuf Ali", *YUSUF)],
    "words for months": [("Child", "12 Sep", "19th Sept", "26-Sep"), ("Amara Adeyemi", *AMARA), ("Yusuf Ali", *YUSUF)],
    "weekdays": [("Name", "Thu 12/9", "Thu 19/9", "Thu 26/9"), ("Amara Adeyemi", *AMARA), ("Yusuf Ali", *YUSUF)],
    "forename and surname": [
        ("First name", "Surname", "Class", *FEW),
        ("Amara", "Adeyemi", "4B", *AMARA),
        ("Yusuf", "Ali", "4B", *YUSUF),
    ],
    "titles, terms and an instruction above": [
        ("Year 4 Strings: register",),
        ("Please mark / for present, A for absent",),
        (None, "Autumn term", None, None, "Total"),
        ("Name", *FEW, "Total"),
        ("Amara Adeyemi", *AMARA, 2),
        ("Yusuf Ali", *YUSUF, 3),
    ],
    "totals at the edges": [
        ("Name", *FEW, "Present", "%"),
        ("Amara Adeyemi", *AMARA, 2, "67%"),
        ("Yusuf Ali", *YUSUF, 3, "100%"),
        ("Total present", 2, 2, 1, 5, None),
        (None, 2, 2, 1, 5, None),
        ("Number of children absent", 0, 0, 1),
    ],
    "days under months": [
        (None, "September", None, None),
        ("Name", 12, 19, 26),
        ("Amara Adeyemi", *AMARA),
        ("Yusuf Ali", *YUSUF),
    ],
    "a month with its year": [
        (None, "Sep 24", None, None),
        ("Name", "12th", "19th", "26th"),
        ("Amara Adeyemi", *AMARA),
        ("Yusuf Ali", *YUSUF),
    ],
    "a block a term": [
        ("Name", *FEW[:2], "3/10"),
        ("Amara Adeyemi", *AMARA[:2], None),
        ("Yusuf Ali", *YUSUF[:2], None),
        (None, None),
        ("Name", "26/9", "10/10", "17/10"),
        ("Amara Adeyemi", "A", None, None),
        ("Yusuf Ali", "/", None, None),
    ],
    "no heading over the names": [(None, *FEW), ("Amara Adeyemi", *AMARA), ("Yusuf Ali", *YUSUF)],
    "numbers before the names": [
        ("No.", None, None, *FEW),
        (1, "Amara", "Adeyemi", *AMARA),
        (2, "Yusuf", "Ali", *YUSUF),
    ],
    "names under the row of dates": [
        (None, None, *FEW),
        ("Forename", "Surname", None, None, None),
        ("Amara", "Adeyemi", *AMARA),
        ("Yusuf", "Ali", *YUSUF),
    ],
    "blank rows, columns and a key": [
        (None,),
        (None, "Name", None, *FEW),
        (None,),
        (None, "Amara Adeyemi", None, *AMARA),
        (None,),
        (None, "Yusuf Ali", None, " l ", "/ ", "/"),
        (None, "Key: / present, A absent"),
        (None, "Notes", None, "fire drill"),
    ],
    "columns that are not kept": [
        ("Name", "Address", "Medical", *FEW),
        ("Amara Adeyemi", "1 Ferry Lane", "asthma", *AMARA),
        ("Yusuf Ali", "2 Ferry Lane", None, *YUSUF),
    ],
    "days out of order": [
        ("Name", "26/9", "12/9", "19/9"),
        ("Amara Adeyemi", "A", "/", "/"),
        ("Yusuf Ali", "/", "L", "/"),
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_as_it_stands(layout):
    rows = LAYOUTS[layout]
    assert marks_of(grid_of(as_xlsx(rows), 2024)) == TRUTH
    if not any(isinstance(cell, date) for row in rows for cell in row):
        assert marks_of(grid_of(as_csv(rows), 2024, name="register.csv")) == TRUTH


def test_an_opendocument_sheet_is_read():
    cells = [[*row] for row in LAYOUTS["without a year"]]
    table = "".join(f"<table:table-row>{''.join(map(text_cell, row))}</table:table-row>" for row in cells)
    assert marks_of(grid_of(opendocument(table), 2024, name="register.ods")) == TRUTH


def test_merged_months_stand_over_their_days():
    rows = [(None, "September", None, None, "October", None), ("Name", 12, 19, 26, 3, 10), ("Amara Adeyemi", *"/////")]
    grid = grid_of(as_xlsx(rows, merged=("B1:D1", "E1:F1")), 2024)
    assert list(marks_of(grid)["Amara Adeyemi"]) == [*DAYS, "2024-10-03", "2024-10-10"]


def test_what_is_passed_over_is_named_with_its_row():
    grid = grid_of(as_xlsx(LAYOUTS["totals at the edges"]), 2024)
    assert grid.passed == [
        (4, "“Total present”: no child"),
        (5, "no name in the row"),
        (6, "“Number of children absent”: no child"),
    ]
    assert grid.unread == ["Present", "%"]


@pytest.mark.parametrize("cell", ["absent, her mum rang from the hospital", "hospital", "asthma"])
def test_what_is_longer_than_a_mark_or_about_health_is_not_kept(cell):
    grid = grid_of(as_xlsx([("Name", "Address", *FEW), ("Amara Adeyemi", "1 Ferry Lane", "/", cell, "/")]), 2024)
    (flaw,) = grid.flaws
    assert (flaw.row, flaw.column, flaw.value) == (2, "D", "")
    kept = str(grid.as_json())
    assert not any(word in kept for word in ("Ferry", "hospital", "asthma", "mum"))


def test_a_upn_is_kept_as_its_hash_alone():
    rows = [("Name", "UPN", "DOB", *FEW), ("Amara Adeyemi", "F999999925001", "01/09/2017", *AMARA)]
    grid = grid_of(as_xlsx(rows), 2024)
    assert grid.rows[0].upn_hash == upn_hash("F999999925001")
    assert grid.rows[0].born == date(2017, 9, 1)
    assert "F999999925001" not in str(grid.as_json())


def test_figures_true_and_false_are_letters():
    rows = [("Name", *FEW), ("Amara Adeyemi", 1, 0, None), ("Yusuf Ali", True, False, 1.0)]
    assert marks_of(grid_of(as_xlsx(rows), 2024)) == {
        "Amara Adeyemi": {DAYS[0]: "1", DAYS[1]: "0"},
        "Yusuf Ali": {DAYS[0]: "TRUE", DAYS[1]: "FALSE", DAYS[2]: "1"},
    }


def test_children_called_like_months_are_children():
    rows = [
        ("First name", "Surname", *FEW),
        ("April", "Jones", None, None, 1),
        ("May", "Lee", 1, 1, 1),
        ("June", "Ray", 1, 1, 1),
    ]
    assert list(marks_of(grid_of(as_xlsx(rows), 2024))) == ["April Jones", "May Lee", "June Ray"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [("Name", "DOB"), ("Amara Adeyemi", "01/09/2017")],
            "No row with the days of sessions was found in rows 1 to 2",
        ),
        ([("Name", "12/9", "19/9"), ("Amara Adeyemi", "/", "/")], "at least 3 dates beside each other"),
        ([("Name", *FEW), ("Amara Adeyemi",)], "no row with a name and a mark"),
        ([(None, *FEW), (1, *AMARA), (2, *YUSUF)], "no column beside them holds the names"),
    ],
)
def test_what_is_no_register_is_refused_with_what_to_do(rows, words):
    with pytest.raises(NotARegisterError) as refusal:
        grid_of(as_xlsx(rows), 2024)
    assert words in str(refusal.value)


def test_a_grid_is_kept_and_comes_back_the_same():
    grid = grid_of(as_xlsx(LAYOUTS["forename and surname"]), 2024)
    content = sealed([grid])
    assert b"Adeyemi" not in content
    assert opened(content) == [grid]


NAMES = [
    f"{first} {last}" for first in ("Amara", "Zoë", "Siân", "Bo", "Callum") for last in ("Ali", "O’Connell", "Wren")
]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_grid_written_and_read_again_has_the_same_marks(seed):
    rng = Random(seed)
    days = sorted(rng.sample(range(300), rng.randint(3, 30)))
    days = [date.fromordinal(date(2024, 9, 1).toordinal() + day) for day in days]
    names = rng.sample(NAMES, rng.randint(1, len(NAMES)))
    truth = {
        name: {f"{day}": letter for day in days if (letter := rng.choice(["/", "A", "L", "I", "1", "?", ""]))}
        for name in names
    }
    truth = {name: marks for name, marks in truth.items() if marks}
    if not truth:
        return
    style = rng.choice(["%d/%m/%Y", "%d %b", "%d/%m", "%a %d %b", "%d-%b-%y", ""])
    heading = [day.strftime(style) if style else day for day in days]
    rows = [("Register",), ("Name", *heading)] if rng.random() < 0.5 else [("Name", *heading)]
    rows += [(name, *(marks.get(f"{day}") for day in days)) for name, marks in truth.items()]
    if rng.random() < 0.5:
        rows.append(("Total", *(rng.randint(0, 30) for _ in days)))
    assert marks_of(grid_of(as_xlsx(rows), 2024)) == truth


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from([*FEW, "Name", "Surname", "DOB", "UPN", "September", "Sep 24", "w/c 9/9", "Total", "12", "/", "A"]),
    st.integers(-5, 70_000),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from([CellError("#REF!"), CellError(NOT_CALCULATED)]),
)


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=7), min_size=1, max_size=9),
    above=st.sampled_from([[], [("Name", *FEW)], [(None, "May", None, None), ("Forename", "1st", 8, 15)]]),
)
def test_whatever_stands_in_a_sheet_is_read_or_refused_in_words(rows, above):
    rows = [*above, *rows]
    sheet = Sheet("Any", False, tuple(Row(at + 1, tuple(cells)) for at, cells in enumerate(rows)))
    for year in (2000, 2024, 2098):
        try:
            grid = read_grid(sheet, AcademicYear(year=year))
        except NotARegisterError as refusal:
            assert len(str(refusal)) > 40
        else:
            assert opened(sealed([grid])) == [grid]
