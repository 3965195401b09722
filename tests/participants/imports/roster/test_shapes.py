from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.imports.roster.shapes import LONG, Shape, is_data, is_private, private_among

TODAY = date(2026, 9, 10)


@pytest.mark.parametrize(
    "cell",
    [
        *("ada@lark.example", "write to ada.lark@canary.example, please"),
        *("0113 496 0123", "(0113) 496-0123", "+44 113 496 0123", "07700900123", "ring 07700 900123 after 3"),
        *(7700900123, 1134960123, 447700900123),
        *("ZZ9 9ZZ", "ls109zz", "GIR 0AA", "12 Canary Row", "Flat 3, 12a Heron Gardens, Leeds"),
        *("0044 113 496 0123", "44 7700 900123", "M1 1AA", "EC1A 1BB", "W1A0AX"),
        *("QQ123456C", "AB 12 34 56 D", "999 000 0018", "9990000018", 9990000018),
        "x" * (LONG + 1),
    ],
)
def test_is_private_knows_what_must_not_be_held(cell):
    assert is_private(cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("Ada", "4 Heron", "Year 3", "14/03/2018", "2018-03-14 00:00:00", "14.03.2018", "F999999925001", "000123"),
        *(
            123456,
            43173,
            20180314,
            96.3,
            True,
            None,
            date(2018, 3, 14),
            "3/20/2018",
            "sits in front",
            "12 lessons",
            "Y",
        ),
        *("English as additional language", "8201234", "888888", "SEN Support (K)"),
    ],
)
def test_is_private_lets_plain_values_be(cell):
    assert not is_private(cell)


def test_private_among_names_the_cells_and_no_others():
    assert private_among(["Ada", "ada@lark.example", None, "Ada"]) == {"ada@lark.example"}


PIECES = [
    "0113 496 0123",
    "ada@lark.example",
    "ZZ9 9ZZ",
    "12 Canary Row",
    "QQ123456C",
    "4 Heron",
    "x",
    "\0",
    "\n",
    "9",
    "@",
]


@given(
    st.lists(st.one_of(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), st.integers(0, 10**13), st.none()))
)
def test_private_among_finds_in_a_column_what_is_private_in_its_cells(cells):
    assert private_among(cells) == {cell for cell in cells if is_private(cell)}


@pytest.mark.parametrize(
    ("shape", "cells"),
    [
        ("is_births", ["14/03/2018", date(2019, 5, 4), "2017-01-02", "3 May 2016"]),
        ("is_upns", ["F999999925001", "v999999925002", None]),
        ("is_sexes", ["M", "F", "M", None, "U"]),
        ("is_sexes", ["Male", "Female"]),
        ("is_year_groups", ["Year 3", "Y4", "Reception", "yr 5", "Nursery"]),
        ("is_ethnicities", ["WBRI", "BOTH", "wbri"]),
        ("is_names", ["Lark", "O’Brien", "Price-Évans", "St John"]),
        ("is_full_names", ["Lark, Ada", "O’Brien, Zoë"]),
    ],
)
def test_shapes_are_told_by_most_of_the_values(shape, cells):
    assert getattr(Shape(cells, TODAY), shape)


@pytest.mark.parametrize(
    ("shape", "cells"),
    [
        ("is_births", ["01/09/2026", "01/09/2025"]),  # too young for school: days of entry
        ("is_births", [43173, 43174]),
        ("is_births", ["Lark", "14/03/2018"]),
        ("is_upns", ["F999999925002", "123"]),
        ("is_sexes", ["M", "M"]),
        ("is_sexes", ["M", "F", "Heron"]),
        ("is_year_groups", ["3", "4"]),
        ("is_ethnicities", ["WBRI"]),
        ("is_names", ["Heron"] * 20),
        ("is_names", ["4 Heron", "3 Owl"]),
        ("is_full_names", ["Lark", "O’Brien"]),
        ("is_births", []),
    ],
)
def test_shapes_are_not_guessed(shape, cells):
    assert not getattr(Shape(cells, TODAY), shape)


@pytest.mark.parametrize(
    ("cells", "is_one"),
    [
        (["Ada", "Lark", "14/03/2018"], True),
        (["Ada", "Lark", date(2018, 3, 14)], True),
        (["F999999925001"], True),
        (["Forename", "Surname", "DOB"], False),
        (["Printed", "04/09/2026"], False),
        ([None, 43173, True], False),
    ],
)
def test_is_data_knows_the_row_of_a_child(cells, is_one):
    assert is_data(cells, TODAY) is is_one
