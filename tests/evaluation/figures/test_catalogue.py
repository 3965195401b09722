"""One function a figure, whether a release says it or a hub's own rows."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from evaluation.figures import definitions
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Said, Source
from evaluation.figures.period import whole_year

CELLS = {
    "children": {("all", ""): Said(120), ("twice", ""): Said(symbol="c")},
    "children_by_programme": {("leeds", ""): Said(40), ("lambeth", ""): Said(symbol="c")},
    "children_by_joining": {("new", ""): Said(35), ("returning", ""): Said(85)},
    "programmes_by_joining": {("leeds", "new"): Said(10)},
    "attendance": {("all", ""): Said(Decimal("91.0")), ("leeds", ""): Said(symbol="x")},
    "intensity": {("all", "received"): Said(Decimal("1.2"))},
    "registers": {
        ("all", "taken"): Said(9),
        ("all", "due"): Said(10),
        ("leeds", "taken"): Said(4),
        ("leeds", "due"): Said(4),
    },
    "income": {("all", "all"): Said(30_000), ("leeds", "all"): Said(20_000), ("lambeth", "all"): Said(10_000)},
    "provision": {("all", "schools"): Said(7)},
}


def source(cells=CELLS, *, is_exact=False):
    return Source(
        whole_year(2025), "Release 2025-26.1", datetime(2026, 9, 1, tzinfo=UTC), is_exact, cells, {"leeds": "Leeds"}
    )


def test_every_figure_has_its_definition():
    for key, make in FIGURES.items():
        assert make(source(), "all").definition is definitions.ALL[key]


@pytest.mark.parametrize(
    ("key", "row", "written"),
    [
        ("children_reached", "all", "120"),
        ("children_reached", "leeds", "40"),
        ("children_reached", "lambeth", "c"),
        ("children_twice", "all", "c"),
        # of the country alone
        ("children_twice", "leeds", "–"),
        ("children_new", "all", "35"),
        ("children_new", "leeds", "10"),
        ("attendance", "all", "91"),
        ("attendance", "leeds", "x"),
        ("hours_received", "all", "1.2"),
        ("schools", "all", "7"),
        ("income_per_child", "all", "£250"),
        ("income_per_child", "leeds", "£500"),
        # the children are hidden, and what they would be had by
        ("income_per_child", "lambeth", "c"),
    ],
)
def test_a_figure_is_a_cell_or_the_symbol_in_its_place(key, row, written):
    assert FIGURES[key](source(), row).written == written


def test_a_category_that_nobody_is_in_is_none_and_a_table_that_was_withheld_is_not_there():
    nobody = CELLS | {"children_by_joining": {("returning", ""): Said(120)}}
    assert FIGURES["children_new"](source(nobody), "all").written == "0"
    withheld = {key: cells for key, cells in CELLS.items() if key != "children_by_joining"}
    assert FIGURES["children_new"](source(withheld), "all").written == "–"
    # of a hub all is known: nobody came
    assert FIGURES["children_new"](source({"children": {("all", ""): Said(0)}}, is_exact=True), "all").written == "0"


def test_what_is_withheld_of_a_programme_or_before_its_time_is_not_none():
    withheld = {key: cells for key, cells in CELLS.items() if key != "programmes_by_joining"}
    assert FIGURES["children_new"](source(withheld), "leeds").written == "–"
    assert FIGURES["children_new"](source(), "bradford").written == "–"
    # with others beside it, who are not there are none
    assert FIGURES["children_returning"](source(), "leeds").written == "0"


def test_income_for_nobody_is_not_formed():
    cells = {"children": {("all", ""): Said(0)}, "income": {("all", "all"): Said(100)}}
    assert FIGURES["income_per_child"](source(cells, is_exact=True), "all").written == "x"
    # of a term there is no money, and nothing that could have been available
    assert FIGURES["income_per_child"](source({"children": {("all", ""): Said(9)}}), "all").written == "–"


@pytest.mark.parametrize(
    ("leeds", "lambeth", "written"),
    [
        # 10,000 of the 100 of Leeds; Lambeth wrote none down
        (Said(100), Said(100), "£100"),
        (Said(100), Said(symbol="c"), "£100"),
        (Said(symbol="c"), Said(100), "c"),
        (Said(), Said(100), "x"),
    ],
)
def test_the_countrys_income_is_of_the_children_of_those_that_wrote_any_down(leeds, lambeth, written):
    cells = {
        "children": {("all", ""): Said(195)},
        "children_by_programme": {("leeds", ""): leeds, ("lambeth", ""): lambeth},
        "income": {("all", "all"): Said(10_000), ("leeds", "all"): Said(10_000), ("lambeth", "all"): Said(symbol="x")},
    }
    assert FIGURES["income_per_child"](source(cells), "all").written == written
    assert FIGURES["income_per_child"](source(cells), "lambeth").written == "x"


def test_only_what_registers_make_says_how_complete_they_are():
    figures = {key: make(source(), "all") for key, make in FIGURES.items()}
    assert figures["children_reached"].words == "9 of 10 registers taken"
    assert FIGURES["children_reached"](source(), "leeds").words == "4 of 4 registers taken"
    without = {key for key, figure in figures.items() if figure.completeness is None}
    assert without == {key for key, figure in figures.items() if not figure.is_of_registers}
    assert without == {"sessions_planned", "sessions_cancelled", "schools", "ensembles", "tutors", "income"}


def test_while_no_register_is_due_a_figure_still_says_that_it_is_made_of_them():
    nothing = source({"children": {("all", ""): Said(0)}}, is_exact=True)
    made = {key: FIGURES[key](nothing, "all") for key in ("attendance", "schools")}
    assert [(one.completeness, one.is_of_registers) for one in made.values()] == [(None, True), (None, False)]


def test_registers_taken_name_those_due():
    figure = FIGURES["registers_taken"](source(), "all")
    assert (figure.written, figure.numerator, figure.denominator, figure.note) == ("9", 9, 10, "1 missing.")
    assert FIGURES["registers_taken"](source(), "leeds").note == "None missing."


def test_the_children_say_by_how_many_the_programmes_add_up_to_more():
    told = CELLS | {"children": {("all", ""): Said(120), ("twice", ""): Said(15)}}
    note = "In 2025-26, each child counted once. Release 2025-26.1."
    assert FIGURES["children_reached"](source(told), "all").note == f"{note} The programmes add up to 15 more."
    # what is hidden is not told in words
    assert FIGURES["children_reached"](source(), "all").note == note
    assert FIGURES["children_reached"](source(told), "leeds").note == note
