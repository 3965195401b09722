"""How alike two groups of schools are: worked out by hand, at the limits, and without any array library."""

import subprocess
import sys
from dataclasses import replace
from math import inf, isclose, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.analysis.balance import Match, Standardised, standardised_differences
from tests.outcomes.analysis.sayings import says_too_much

TITLES = {"fsm": "Free school meals"}


def of(ours, theirs):
    rows = [[{"fsm": value} for value in group] for group in (ours, theirs)]
    return standardised_differences(*rows, titles=TITLES)


def difference(ours, theirs):
    return of(ours, theirs).variables[0].difference


def test_the_difference_is_that_of_the_means_over_the_pooled_deviation():
    # means 5 and 3; sums of squares 8 over two, 2 over two: pooled variance 10 / 4
    assert isclose(difference([3, 5, 7], [2, 3, 4]), 2 / 2.5**0.5)


def test_it_does_not_count_what_is_not_known():
    found = of([3, 5, 7, None, nan], [2, 3, 4, inf]).variables[0]
    assert (found.in_harmony, found.comparison) == (3, 3)
    assert isclose(found.difference, 2 / 2.5**0.5)


@pytest.mark.parametrize(
    ("apart", "match", "words"),
    [
        (0.1, Match.ALIKE, "alike (0.10 standard deviations apart)"),
        (-0.1, Match.ALIKE, "alike (0.10"),
        (0.11, Match.NOTED, "0.11 standard deviations higher in the In Harmony schools; to be noted"),
        (0.25, Match.NOTED, "0.25 standard deviations higher"),
        (
            -0.26,
            Match.APART,
            "0.26 standard deviations lower in the In Harmony schools; the groups are not comparable on",
        ),
        (None, Match.UNKNOWN, "cannot be compared; known of 4 In Harmony and 5 comparison schools"),
    ],
)
def test_each_is_judged_at_its_limit(apart, match, words):
    found = Standardised("fsm", "Free school meals", 4, 5, 1.0, 2.0, apart)
    assert found.match is match
    assert found.words.startswith(f"Free school meals: {words}")


@pytest.mark.parametrize(
    ("ours", "theirs"), [([], [1, 2]), ([1, 2], []), ([1], [2]), ([2, 2, 2], [3, 3]), ([None], [1, 2, 3])]
)
def test_without_two_groups_and_a_spread_nothing_is_said(ours, theirs):
    found = of(ours, theirs)
    assert found.variables[0].match is Match.UNKNOWN
    assert found.words == "Nothing can be said of how alike the groups are: too few numbers are known."


def test_schools_that_are_all_the_same_are_alike():
    assert difference([0.3, 0.1 + 0.2], [0.3, 0.3, 0.3]) == 0.0


def test_the_verdict_names_what_is_not_comparable_and_how_few_schools_there_are():
    ours = [{"fsm": 40 + n, "roll": 200 + n, "sen": 10 + n} for n in range(4)]
    theirs = [{"fsm": 20 + n, "roll": 200 + n, "sen": None} for n in range(5)]
    found = standardised_differences(ours, theirs, titles=TITLES | {"roll": "Roll", "sen": "Special needs"})
    assert found.words == (
        "Not comparable on Free school meals and Roll: differences of results are no more than two descriptions. "
        "1 of 3 cannot be compared."
    )
    assert "With 4 and 5 schools these differences are themselves unsure" in found.assumptions[-1]


number = st.integers(0, 100).map(float)


@given(
    ours=st.lists(number, min_size=1, max_size=8),
    theirs=st.lists(number, min_size=2, max_size=8),
    by=st.sampled_from([0.1, 3, 1000]),
)
def test_unit_and_order_are_of_no_consequence_and_sides_turn_the_sign(ours, theirs, by):
    found = of(ours, theirs).variables[0]
    other = of([value * by + 7 for value in reversed(ours)], [value * by + 7 for value in theirs]).variables[0]
    assert found.match is other.match
    turned = difference(theirs, ours)
    if found.difference is None:
        assert turned is None
    else:
        assert isclose(found.difference, other.difference, abs_tol=1e-6)
        assert isclose(found.difference, -turned, abs_tol=1e-9)
    assert not says_too_much(found.words, replace(found, difference=0.2).words)


def test_neither_it_nor_the_pages_load_an_array_library():
    code = (
        "import django; django.setup(); import inharmony.urls, outcomes.analysis.balance, sys; "
        "print(sorted({'numpy', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
