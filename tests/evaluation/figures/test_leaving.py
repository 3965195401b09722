"""A hub's tables as they leave it: few children are hidden in the numbers that tables and charts are made of."""

from datetime import UTC, date, datetime

from evaluation.charts.bar import bars
from evaluation.figures.attendance import Week, weeks_table
from evaluation.figures.cells import Said, Source
from evaluation.figures.figure import Completeness
from evaluation.figures.leaving import (
    few_hidden,
    levels_told,
    results_told,
    roll_few_hidden,
    told,
    weeks_told,
    without_marks,
)
from evaluation.figures.own import own_table
from evaluation.figures.period import whole_year
from evaluation.figures.progression import Awarded, awards_by_result, children_by_level
from evaluation.figures.table import Cell, Row, Table
from evaluation.menu.tables import CHILDREN, by
from outcomes.awards.boards import BY_KEY
from outcomes.awards.structure import Result
from tests.factories.evaluation import cells

GRADE_1, GRADE_4 = BY_KEY["abrsm.practical.1"], BY_KEY["abrsm.practical.4"]
YEAR_GROUPS = {
    CHILDREN: {("all", ""): Said(73)},
    "children_by_year_group": {("3", ""): Said(3), ("4", ""): Said(30), ("5", ""): Said(40)},
    "attendance_by_year_group": {("3", ""): Said(50), ("4", ""): Said(90), ("5", ""): Said(80)},
    "hours_by_year_group": {("3", ""): Said(1), ("4", ""): Said(2), ("5", ""): Said(3)},
}


def source(found):
    return Source(whole_year(2026), "Liverpool, live", datetime(2026, 11, 17, tzinfo=UTC), is_exact=True, cells=found)


def test_a_few_of_a_year_group_are_hidden_with_what_is_told_of_them_and_who_would_tell_them():
    made = own_table(told(source(YEAR_GROUPS)), by("year_group"))
    assert cells(made) == {
        "Year 3": ("c", "c", "c", "c"),
        "Year 4": ("c", "c", "c", "c"),
        "Year 5": ("40", "55 %", "80 %", "3.0"),
        "All": ("73", "100 %", "–", "–"),
    }


def test_a_chart_draws_nothing_where_its_table_hides():
    drawn = bars(own_table(told(source(YEAR_GROUPS)), by("year_group"))).spec["data"]["values"]
    assert [one.get("value") for one in drawn] == [None, None, 40]


def test_the_hubs_own_numbers_stay_as_they_are():
    exact = source(YEAR_GROUPS)
    told(exact)
    assert cells(own_table(exact, by("year_group")))["Year 3"][0] == "3"


def rows(*counts, beside=()):
    return tuple(Row(str(n), f"Row {n}", (Cell(count), *map(Cell, beside))) for n, count in enumerate(counts))


def test_in_any_table_what_stands_beside_a_few_children_is_hidden_where_it_tells_of_them():
    made = few_hidden(
        Table("by_school", "", "", ("Children", "Taken", "Share"), rows(4, 25, 30, beside=(7, 90))), with_it=(2,)
    )
    assert [[cell.written for cell in row.cells] for row in made.rows] == [
        ["c", "7", "c"],
        ["c", "7", "c"],
        ["30", "7", "90"],
    ]


def test_beside_the_roll_neither_who_has_it_nor_who_has_not_nor_who_is_not_known_of_is_told_if_few():
    def told_of(having, known, unknown):
        row = Row("sen", "SEN", (Cell(10, "%"), Cell(20, "%"), Cell(having), Cell(known), Cell(unknown)))
        return [cell.written for cell in roll_few_hidden(Table("t", "", "", (), (row,))).rows[0].cells]

    assert told_of(40, 100, 20) == ["10 %", "20 %", "40", "100", "20"]
    assert told_of(4, 100, 20) == ["c", "20 %", "c", "100", "20"]
    assert told_of(95, 100, 20) == ["c", "20 %", "c", "100", "20"]
    # of all and of none, one child would say it of everybody
    assert told_of(100, 100, 0) == ["c", "20 %", "c", "100", "0"]
    assert told_of(0, 100, 0) == ["c", "20 %", "c", "100", "0"]
    assert told_of(40, 100, 3) == ["10 %", "20 %", "40", "c", "c"]


def test_weeks_are_told_without_their_marks_and_one_of_few_marks_not_at_all():
    weeks = [
        Week(date(2026, 11, day), attended, possible, Completeness(1, 1))
        for day, attended, possible in ((2, 8, 9), (9, 39, 40), (16, 0, 0))
    ]
    shown = weeks_told(weeks)
    assert [week.starts_on.day for week in shown] == [9, 16]
    made = without_marks(weeks_table(shown))
    assert made.columns == ("Attendance", "Registers taken", "Registers due")
    assert cells(made)["9 November 2026"] == ("98 %", "1", "1")


def test_awards_are_told_by_level_and_by_result_and_few_of_them_are_not():
    awards = [Awarded(n, GRADE_1, Result.PASS, "4") for n in range(30)]
    awards += [Awarded(100 + n, GRADE_4, Result.MERIT, "5") for n in range(4)]
    by_level = levels_told(children_by_level(awards))
    assert [cell.written for row in by_level.rows for cell in row.cells] == ["c", "c"]
    assert [cell.written for cell in by_level.total.cells] == ["34"]
    by_result = results_told(awards_by_result(awards))
    assert by_result.total is None
    assert {written for (written,) in cells(by_result).values()} == {"c"}
    # of nothing there is nothing
    assert levels_told(children_by_level([])).rows == ()
