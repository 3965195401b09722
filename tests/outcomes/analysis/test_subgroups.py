"""Change by group: what is shown, what is hidden, and that nothing hidden comes out of the whole and what is shown."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.analysis.change import Pair
from outcomes.analysis.evidence import TooFewError
from outcomes.analysis.subgroups import HIDDEN, NOBODY, subgroup_changes
from tests.outcomes.analysis.sayings import says_too_much


def pairs(group, many, schools=2, once=0):
    both = [(group, Pair(f"school {n % schools}", 20 + n % 4, 21 + n % 3)) for n in range(many)]
    return both + [(group, Pair("school 0", 20, None))] * once


def shown(rows):
    table = subgroup_changes(rows, characteristic="sex", what="Wellbeing")
    return {line.group: line.change.matched if line.change else line.why_hidden for line in table.lines}


def test_groups_that_are_large_enough_are_shown_with_the_whole():
    table = subgroup_changes([*pairs("Girls", 14), *pairs("Boys", 12)], characteristic="sex", what="Wellbeing")
    assert [(line.group, line.change.matched) for line in table.lines] == [("Boys", 12), ("Girls", 14)]
    assert table.whole.matched == 26
    assert table.words.startswith("Wellbeing by sex: over all 26 it ")


def test_a_small_group_takes_the_next_smallest_with_it():
    found = shown([*pairs("A", 40), *pairs("B", 4), *pairs("C", 12), *pairs("D", 30)])
    assert found == {"A": 40, "B": HIDDEN, "C": HIDDEN, "D": 30}


def test_two_small_groups_that_are_few_together_take_a_third():
    assert shown([*pairs("A", 40), *pairs("B", 4), *pairs("C", 3), *pairs("D", 30)]) == {
        "A": 40,
        "B": HIDDEN,
        "C": HIDDEN,
        "D": HIDDEN,
    }


def test_of_two_groups_a_small_one_hides_both():
    assert shown([*pairs("A", 40), *pairs("B", 9)]) == {"A": HIDDEN, "B": HIDDEN}


def test_a_group_of_one_school_is_hidden_and_so_is_what_would_give_it():
    assert shown([*pairs("A", 40), *pairs("B", 20, schools=1), *pairs("C", 25)]) == {"A": 40, "B": HIDDEN, "C": HIDDEN}


def test_a_group_nobody_of_which_answered_twice_says_so_and_hides_nothing():
    assert shown([*pairs("A", 20), *pairs("B", 15), *pairs("C", 0, once=3)]) == {"A": 20, "B": 15, "C": NOBODY}


def test_a_whole_that_is_too_small_is_refused():
    with pytest.raises(TooFewError):
        shown(pairs("A", 9))


tables = st.dictionaries(
    st.sampled_from("ABCDEF"), st.tuples(st.integers(0, 25), st.integers(1, 3), st.integers(0, 2)), min_size=1
)


@settings(deadline=None)
@given(sizes=tables)
def test_no_sum_or_difference_of_what_is_shown_is_of_few_or_of_one_school(sizes):
    rows = list(chain.from_iterable(pairs(group, *size) for group, size in sizes.items()))
    try:
        table = subgroup_changes(rows, characteristic="sex", what="Wellbeing")
    except TooFewError:
        return
    assert not says_too_much(table.words, *table.assumptions)
    both = {g: [p for own, p in rows if own == g and p.after is not None] for g in sizes}
    seen = [line.group for line in table.lines if line.change]
    # whoever knows the whole and the shown groups knows every sum of them, and the whole less it
    for known in chain.from_iterable(combinations(seen, many) for many in range(1, len(seen) + 1)):
        rest = [pair for group, own in both.items() if group not in known for pair in own]
        for part in ([p for g in known for p in both[g]], rest):
            assert not part or (len(part) >= 10 and len({pair.school for pair in part}) >= 2)
    hidden = [line.group for line in table.lines if line.why_hidden == HIDDEN]
    assert len(hidden) != 1
