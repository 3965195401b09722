"""What is hidden in the tables that a hub hands over: few children, and whoever would tell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.disclosure.leaving import hidden_among
from evaluation.disclosure.rules import FEWEST_FEASIBLE, SMALLEST_SHOWN


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((), set()),
        ((20, 30, 0), set()),
        # alone it would be the whole less the others
        ((20, 9, 30), {0, 1}),
        # two that hold fewer than ten together
        ((4, 5, 40, 12), {0, 1, 3}),
        ((4, 6, 40), {0, 1}),
        # nobody else is there to hide it
        ((3,), {0}),
        ((3, 0), {0}),
    ],
)
def test_the_few_are_hidden_with_the_smallest_others_until_their_sum_tells_none(counts, hidden):
    assert hidden_among(counts) == hidden


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_no_small_number_is_shown_and_of_no_hidden_one_can_the_whole_tell_which_it_is(counts):
    hidden = hidden_among(counts)
    there = [place for place, count in enumerate(counts) if count]
    assert all(counts[place] >= SMALLEST_SHOWN for place in there if place not in hidden)
    # unless everybody is hidden, so that only the whole is told
    if hidden and set(hidden) != set(there):
        total = sum(counts[place] for place in hidden)
        # any of them may be 1, or all that the others leave: each at least 1
        assert total - (len(hidden) - 1) >= FEWEST_FEASIBLE or len(hidden) > FEWEST_FEASIBLE
        assert len(hidden) > 1
        assert total >= SMALLEST_SHOWN
