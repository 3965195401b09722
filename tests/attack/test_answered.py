"""The check of answers finds what it is there to find."""

import pytest

from tests.attack.answered import (
    WHOLE,
    Said,
    Step,
    answers_given_away,
    answers_told_by_difference,
    followed,
)
from tests.attack.reading import Place

STEPS = {"change_music_enjoyment": Step(3)}
ROWS = {"liverpool": "Liverpool", "leeds": "Leeds", "lambeth": "Lambeth", WHOLE: "All"}


def people(many, schools=2, *, since=0):
    return frozenset(Said(who, who % schools, 2, 3) for who in range(since, since + many))


def cell(row, column, text):
    return {Place("change_music_enjoyment", row, column): text}


def wrong(truths, cells):
    return list(answers_given_away(cells, truths, ROWS, STEPS))


@pytest.mark.parametrize(
    ("truth", "is_wrong"),
    [(people(10), False), (people(9), True), (people(10, schools=1), True), (frozenset(), True)],
)
def test_a_row_is_of_ten_of_two_schools(truth, is_wrong):
    assert bool(wrong({"liverpool": truth}, cell("Liverpool", "Change", "3"))) is is_wrong


@pytest.mark.parametrize(
    ("column", "right", "other"),
    [
        ("Children who answered both times", "10", "14"),
        ("At the start", "6", "6.2"),
        ("Later", "9", "8.9"),
        ("Change", "3", "2.9"),
    ],
)
def test_a_number_is_the_true_one(column, right, other):
    truth = {"liverpool": people(14)}
    assert wrong(truth, cell("Liverpool", column, right)) == []
    assert len(wrong(truth, cell("Liverpool", column, other))) == 1


def test_the_country_is_of_three_hubs_and_of_no_small_one():
    two = {"liverpool": people(10), "leeds": people(10), "lambeth": people(9)}
    assert len(wrong(two, cell("All", "Change", "3"))) == 1
    three = {**two, "lambeth": people(20)}
    assert wrong(three, cell("All", "Children who answered both times", "40")) == []
    assert len(wrong(three, cell("All", "Children who answered both times", "20"))) == 1


def test_what_is_hidden_says_nothing():
    assert wrong({"liverpool": people(9)}, cell("Liverpool", "Change", "c")) == []


@pytest.mark.parametrize(("more", "is_told"), [(1, True), (9, True), (10, False), (0, False)])
def test_a_number_that_moved_by_few_is_told(more, is_told):
    truths = {"k": {"liverpool": people(12)}, "k+1": {"liverpool": people(12) | people(more, since=100)}}
    cells = {"k": cell("Liverpool", "Change", "3"), "k+1": cell("Liverpool", "Change", "3.1")}
    assert bool(list(answers_told_by_difference(cells, truths, ROWS))) is is_told
    still = {"k": cells["k"], "k+1": cells["k"]}
    assert list(answers_told_by_difference(still, truths, ROWS)) == []


def test_results_follow_by_ten_of_two_schools_or_not_at_all():
    before = {"liverpool": people(12), "leeds": people(12), "lambeth": people(12)}
    after = {
        "liverpool": people(13),
        "leeds": people(22),
        "lambeth": people(12) - people(1) | people(20, since=100),
    }
    found = followed(before, after)
    assert found == {"liverpool": people(12), "leeds": people(22), "lambeth": people(12)}
