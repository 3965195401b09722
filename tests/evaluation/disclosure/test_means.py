"""Rules 5 to 7 of IH-SDC 1 for shares of marks and hours a week."""

from decimal import Decimal

import pytest

from evaluation.disclosure.means import average, share
from evaluation.disclosure.protection import Earlier, protected
from evaluation.disclosure.rules import RULES, Rule, Shown
from evaluation.disclosure.truth import Counted, Mean
from tests.factories.disclosure import Pupil, pupils, truth

HIDDEN = Shown(symbol="c")
LARGE = {hub: {"F": 30, "M": 30} for hub in "abc"}


def means(sizes, table, rules=RULES, schools=3):
    found = protected(truth(pupils(sizes, schools=schools), sizes, ["sex"]), rules=rules).shown
    return {row: cell for (key, row, _), cell in found.items() if key == table}


@pytest.mark.parametrize(("base", "shown"), [(29, Shown(symbol="x")), (30, Shown(Decimal(87)))])
def test_a_share_of_marks_needs_a_base_of_thirty(base, shown):
    assert share(Mean(Decimal("86.5"), Counted(20), base)) == shown


def test_a_mean_has_one_place_and_is_not_available_of_nobody():
    assert average(Mean(Decimal("1.449"), Counted(20))) == Shown(Decimal("1.4"))
    assert average(Mean(None, Counted(0))) == Shown(symbol="x")


def test_means_of_ten_children_and_two_schools_leave():
    assert means(LARGE, "attendance") == {row: Shown(Decimal(90)) for row in ("all", "a", "b", "c")}
    assert means(LARGE, "hours_by_sex") == {row: Shown(Decimal("1.5")) for row in ("F", "M")}


def test_a_hubs_mean_of_nine_children_or_of_one_school_is_hidden():
    small = {**LARGE, "d": {"F": 4, "M": 5}}
    assert means(small, "attendance")["d"] == HIDDEN
    assert means(small, "intensity")["d"] == HIDDEN
    assert means(LARGE, "attendance", schools=1)["a"] == HIDDEN


def test_a_national_mean_of_two_hubs_is_hidden():
    assert means({"a": {"F": 30}, "b": {"F": 30}}, "attendance")["all"] == HIDDEN


def test_a_mean_is_hidden_with_its_count():
    # nine boys in the country
    sizes = {hub: {"F": 40, "M": 3} for hub in "abc"}
    assert means(sizes, "attendance_by_sex")["M"] == HIDDEN
    assert means(sizes, "hours_by_sex")["M"] == HIDDEN
    # and those who are not of the other category are the same nine
    assert means(sizes, "attendance_by_sex")["F"] == HIDDEN


def test_a_lone_hidden_mean_that_the_whole_would_tell_takes_the_smallest_with_it():
    # nine of 90 children: the whole and the others tell their mean to ten points, also where one of the others is
    # hidden, to that hub itself
    sizes = {"a": {"F": 27}, "b": {"F": 28}, "c": {"F": 26}, "d": {"F": 9}}
    assert [row for row, cell in means(sizes, "attendance").items() if cell == HIDDEN] == ["a", "c", "d"]
    # two are hidden by themselves, and each knows its own
    sizes = {"a": {"F": 40}, "b": {"F": 26}, "c": {"F": 8}, "d": {"F": 9}}
    assert [row for row, cell in means(sizes, "attendance").items() if cell == HIDDEN] == ["b", "c", "d"]
    # two that are nine together are told together
    sizes = {"a": {"F": 40}, "b": {"F": 26}, "c": {"F": 4}, "d": {"F": 5}}
    assert [row for row, cell in means(sizes, "attendance").items() if cell == HIDDEN] == ["a", "b", "c", "d"]
    # of 1,009 they leave it open
    sizes = {"a": {"F": 330}, "b": {"F": 331}, "c": {"F": 339}, "d": {"F": 9}}
    assert [row for row, cell in means(sizes, "attendance").items() if cell == HIDDEN] == ["d"]


def test_without_the_rule_of_means_all_of_them_leave():
    small = {**LARGE, "d": {"F": 4, "M": 5}}
    assert means(small, "attendance", RULES - {Rule.MEANS})["d"] == Shown(Decimal(90))


def test_where_counts_are_withheld_so_are_their_means():
    sizes = {"a": {"F": 40, "M": 33}, "b": {"F": 28, "M": 41}, "c": {"F": 52, "M": 37}, "d": {"F": 24, "M": 31}}
    children = pupils(sizes)
    first = protected(truth([*children, Pupil(("a",), {"sex": "none"})], sizes, ["sex"]))
    # that the one child of a category has gone would be told by the national table
    second = protected(truth(children, sizes, ["sex"]), earlier=[Earlier("", 1, first.shown)])
    assert "children_by_sex" in second.evidence["withheld"]
    beside = {"children_by_sex", "attendance_by_sex", "hours_by_sex"}
    assert beside <= {table for table, _, _ in first.shown}
    assert beside & {table for table, _, _ in second.shown} == set()
