"""IH-SDC 1, one rule at a time."""

import pytest

from evaluation.disclosure import rules as disclosure
from evaluation.disclosure.protection import protected
from evaluation.disclosure.rules import RULES, Rule, Shown, percentage
from evaluation.disclosure.truth import Counted
from tests.factories.disclosure import Pupil, pupils, truth

HUBS = {"a": 40, "b": 40, "c": 40}
NATIONAL, INSIDE, HUB = "children_by_sex", "programmes_by_sex", "children_by_programme"


def hub(count, schools=2):
    return Counted(count, {"a": count}, schools)


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (9, True), (10, False)])
def test_one_to_nine_children_are_a_small_number(count, small):
    assert disclosure.is_small(count) is small


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1357, 1355)])
def test_what_is_shown_is_rounded_to_the_nearest_five(count, shown):
    assert disclosure.round_to_base(count) == shown


@pytest.mark.parametrize(("shown", "between"), [(0, (0, 0)), (10, (10, 12)), (15, (13, 17)), (1355, (1353, 1357))])
def test_a_reader_takes_a_number_for_all_that_round_to_it_and_are_shown(shown, between):
    assert disclosure.interval(shown) == between


@pytest.mark.parametrize(("rest", "hides"), [(0, False), (1, True), (9, True), (10, False)])
def test_a_cell_hides_when_those_not_in_it_are_few(rest, hides):
    assert disclosure.complement_is_small(Counted(90), Counted(90 + rest)) is hides


@pytest.mark.parametrize(("count", "whole", "hides"), [(0, 50, True), (50, 50, True), (25, 50, False), (0, 0, False)])
def test_none_and_all_of_a_hub_say_something_of_every_child(count, whole, hides):
    assert disclosure.is_none_or_all(Counted(count), Counted(whole)) is hides


def test_two_hubs_are_too_few_for_a_national_number():
    assert disclosure.has_too_few_hubs(Counted(80, {"a": 40, "b": 40}))
    assert disclosure.has_too_few_hubs(Counted(80, {"a": 40, "b": 40, "c": 0}))
    assert not disclosure.has_too_few_hubs(Counted(120, HUBS))
    assert not disclosure.has_too_few_hubs(Counted(0, {}))


def test_one_school_is_too_few_for_a_hubs_number():
    assert disclosure.has_too_few_schools(hub(80, schools=1))
    assert not disclosure.has_too_few_schools(hub(80, schools=2))


def test_one_hub_with_more_than_nine_tenths_dominates():
    assert not disclosure.is_dominated(Counted(100, {"a": 90, "b": 5, "c": 5}))
    assert disclosure.is_dominated(Counted(100, {"a": 91, "b": 5, "c": 4}))


def test_a_hub_that_subtracts_its_own_learns_a_small_number():
    assert disclosure.tells_an_insider(Counted(100, {"a": 92, "b": 4, "c": 4}))
    assert disclosure.tells_an_insider(Counted(49, {"a": 40, "b": 5, "c": 4}))
    assert not disclosure.tells_an_insider(Counted(50, {"a": 40, "b": 5, "c": 5}))
    assert not disclosure.tells_an_insider(Counted(40, {"a": 40}))


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (Shown(30), Shown(120), Shown(25)),
        (Shown(40), Shown(120), Shown(33)),
        (Shown(35), Shown(40), Shown(symbol="c")),
        (Shown(symbol="c"), Shown(120), Shown(symbol="c")),
        (Shown(30), Shown(symbol="c"), Shown(symbol="c")),
        (Shown(10), Shown(25), Shown(symbol="x")),
        (Shown(0), Shown(120), Shown(0)),
        (Shown(120), Shown(120), Shown(100)),
    ],
)
def test_a_share_comes_of_rounded_numbers_on_a_base_of_thirty(part, whole, share):
    assert percentage(part, whole) == share


def test_a_sensitive_share_on_a_base_below_a_hundred_is_rounded_to_five_points():
    assert percentage(Shown(40), Shown(90), is_sensitive=True) == Shown(45)
    assert percentage(Shown(40), Shown(90)) == Shown(44)
    assert percentage(Shown(40), Shown(120), is_sensitive=True) == Shown(33)


# each hides one number that is shown without it: children by hub and category, the dimension, the place
ALONE = {
    Rule.SMALL: ({"a": {"F": 30, "M": 9}, "b": {"F": 30, "M": 30}, "c": {"F": 30, "M": 30}}, "sex", (INSIDE, "a", "M")),
    Rule.COMPLEMENT: (
        {"a": {"F": 30, "M": 9}, "b": {"F": 30, "M": 30}, "c": {"F": 30, "M": 30}},
        "sex",
        (INSIDE, "a", "F"),
    ),
    Rule.SENSITIVE: (
        {"a": {"yes": 30}, "b": {"yes": 30, "no": 30}, "c": {"yes": 30, "no": 30}, "d": {"yes": 30, "no": 30}},
        "pupil_premium",
        ("programmes_by_pupil_premium", "a", "yes"),
    ),
    Rule.HUBS: ({"a": {"F": 30, "M": 30}, "b": {"F": 30, "M": 30}, "c": {"F": 30}}, "sex", (NATIONAL, "M", "")),
    Rule.SCHOOLS: ({"a": {"F": 30, "M": 30}, "b": {"F": 30}, "c": {"F": 30, "M": 30}}, "sex", (HUB, "b", "")),
    Rule.DOMINANCE: (
        {"a": {"F": 200, "M": 30}, "b": {"F": 10, "M": 30}, "c": {"F": 10, "M": 30}},
        "sex",
        (NATIONAL, "F", ""),
    ),
    Rule.INSIDER: (
        {"a": {"F": 50, "M": 30}, "b": {"F": 4, "M": 30}, "c": {"F": 4, "M": 30}},
        "sex",
        (NATIONAL, "F", ""),
    ),
}


@pytest.mark.parametrize("rule", ALONE)
def test_each_rule_hides_what_is_shown_without_it(rule):
    sizes, dimension, place = ALONE[rule]
    children = pupils(sizes, dimension)
    if rule is Rule.SCHOOLS:
        children = [Pupil(child.hubs, child.traits, 0) if child.hubs == ("b",) else child for child in children]
    true = truth(children, sizes, [dimension])
    primary = RULES - {Rule.GATE}
    assert protected(true, rules=primary).shown[place] == Shown(symbol="c")
    assert protected(true, rules=primary - {rule}).shown[place].value is not None


def test_without_rounding_a_number_would_leave_as_it_is():
    true = truth(pupils({hub: {"F": 31, "M": 32} for hub in "abc"}), "abc", ["sex"])
    place = ("children", "all", "")
    assert protected(true).shown[place] == Shown(190)
    assert protected(true, rules=RULES - {Rule.ROUNDING}).shown[place] == Shown(189)


def test_children_of_two_hubs_are_hidden_like_any_small_number():
    children = pupils({hub: {"F": 31, "M": 32} for hub in "abc"})
    for twice, shown in ((0, Shown(0)), (4, Shown(symbol="c"))):
        moved = [Pupil(("a", "b"), {"sex": "F"}, 1) for _ in range(twice)]
        found = protected(truth([*children, *moved], "abc", ["sex"])).shown
        assert found["children", "twice", ""] == shown


def test_a_category_that_nobody_is_in_has_no_row():
    found = protected(truth(pupils({hub: {"F": 31, "M": 32} for hub in "abc"}), "abc", ["sex"])).shown
    assert {row for table, row, _ in found if table == NATIONAL} == {"F", "M"}
    assert {column for table, _, column in found if table == INSIDE} == {"F", "M"}
