"""Tables of musical progression, worked out by hand."""

from hypothesis import given
from hypothesis import strategies as st

from evaluation.figures.progression import (
    Awarded,
    LevelTally,
    after_year_6,
    awards_by_level,
    awards_by_result,
    children_by_level,
    ensembles_by_level,
    instruments_learned,
)
from outcomes.awards.boards import BY_KEY, KINDS
from outcomes.awards.structure import Result

GRADE_1, GRADE_4, COPPER = BY_KEY["abrsm.practical.1"], BY_KEY["trinity.graded.4"], BY_KEY["abrsm.medal.copper"]
SILVER = BY_KEY["abrsm.medal.silver"]
AWARDS = [
    Awarded(1, COPPER, Result.EXCELLENT, "4"),
    Awarded(1, GRADE_1, Result.MERIT, "4"),
    Awarded(2, GRADE_1, Result.PASS, "6"),
    Awarded(2, GRADE_4, Result.BELOW, "6"),
    Awarded(3, SILVER, Result.PASS, ""),
    Awarded(4, COPPER, Result.WORKING, "5"),
]


def numbers(table):
    return {
        row.heading: [cell.value for cell in row.cells]
        for row in (*table.rows, *([table.total] if table.total else []))
    }


def test_awards_that_were_reached_are_counted_by_year_group_and_level():
    table = awards_by_level(AWARDS)
    assert table.columns == ("Entry", "Foundation", "Intermediate", "Advanced", "No level", "All")
    # a year group in which nothing was reached has no row
    assert numbers(table) == {
        "Year 4": [1, 1, 0, 0, 0, 2],
        "Year 6": [0, 1, 0, 0, 0, 1],
        "Year group not known": [0, 0, 0, 0, 1, 1],
        "All": [1, 2, 0, 0, 1, 4],
    }


def test_a_child_is_counted_once_at_the_highest_level_they_reached():
    assert numbers(children_by_level(AWARDS)) == {
        "Year 4": [0, 1, 0, 0, 0, 1],
        "Year 6": [0, 1, 0, 0, 0, 1],
        "Year group not known": [0, 0, 0, 0, 1, 1],
        "All": [0, 2, 0, 0, 1, 3],
    }


def test_what_came_of_each_award_stands_by_grade_in_the_order_of_the_boards():
    table = awards_by_result(AWARDS)
    assert table.columns == ("Merit", "Excellent", "Pass", "Working towards", "Below pass", "All")
    assert numbers(table) == {
        "ABRSM practical, Grade 1": [1, 0, 1, 0, 0, 2],
        "ABRSM Music Medal, Copper": [0, 1, 0, 1, 0, 2],
        "ABRSM Music Medal, Silver": [0, 0, 1, 0, 0, 1],
        "Trinity graded exam, Grade 4": [0, 0, 0, 0, 1, 1],
        "All": [1, 1, 2, 1, 1, 6],
    }


def test_without_an_award_each_table_says_what_to_do():
    for make in (awards_by_level, children_by_level, awards_by_result):
        table = make([])
        assert (table.rows, table.total) == ((), None)
        assert "The office records them" in table.empty


def test_instruments_stand_in_the_order_of_their_families():
    table = instruments_learned({"trumpet": 4, "cello": 7, "violin": 12})
    assert [(row.heading, row.cells[0].value) for row in table.rows] == [
        ("Violin, strings", 12),
        ("Cello, strings", 7),
        ("Trumpet, brass", 4),
    ]
    assert instruments_learned({}).rows == ()


def test_ensembles_stand_by_level_from_the_first():
    table = ensembles_by_level({"advanced": LevelTally(1, 12), "entry": LevelTally(4, 90)})
    assert [(row.heading, *(cell.value for cell in row.cells)) for row in table.rows] == [
        ("Entry", 4, 90),
        ("Advanced", 1, 12),
    ]
    assert ensembles_by_level({}).rows == ()


def test_how_leavers_play_on_has_its_shares_of_all_who_are_written_down():
    table = after_year_6(["here", "here", "stops", "unknown"])
    assert {row.key: [str(cell.value) for cell in row.cells] for row in table.rows} == {
        "here": ["2", "50"],
        "hub": ["0", "0"],
        "wider": ["0", "0"],
        "stops": ["1", "25"],
        "unknown": ["1", "25"],
    }
    assert [cell.value for cell in table.total.cells] == [4, 100]
    assert after_year_6([]).rows == ()


taken = st.builds(
    Awarded,
    st.integers(1, 8),
    st.sampled_from(KINDS),
    st.sampled_from(list(Result)),
    st.sampled_from(["3", "4", "5", "6", ""]),
)


@given(st.lists(taken, max_size=30))
def test_rows_and_columns_add_up_whatever_was_taken(awards):
    reached = [one for one in awards if one.result.is_passed]
    for table, whole in (
        (awards_by_level(awards), len(reached)),
        (children_by_level(awards), len({one.child for one in reached})),
        (awards_by_result(awards), len(awards)),
    ):
        assert (table.total.cells[-1].value if table.total else 0) == whole
        for row in table.rows:
            assert sum(cell.value for cell in row.cells[:-1]) == row.cells[-1].value
        if table.total:
            for number, cell in enumerate(table.total.cells):
                assert sum(row.cells[number].value for row in table.rows) == cell.value
