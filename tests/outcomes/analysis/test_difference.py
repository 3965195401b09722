"""Difference in differences: the textbook's number, every limit tried one by one, and what words may say."""

from dataclasses import replace
from math import inf, isclose, log, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test

from outcomes.analysis.difference import SchoolRow, difference_in_differences
from outcomes.analysis.evidence import AnalysisRefusedError, Direction, NotANumberError, TooFewError
from tests.open_data import training_grants
from tests.outcomes.analysis.sayings import says_too_much

# half points, so that ties are exact
point = st.integers(-12, 12).map(lambda whole: whole / 2)


@st.composite
def some_schools(draw, least=2, most=5):
    taking, others = (draw(st.lists(st.tuples(point, point), min_size=least, max_size=most)) for _ in range(2))
    return [
        SchoolRow(f"{name} {n}", name == "own", *pair)
        for name, group in (("own", taking), ("other", others))
        for n, pair in enumerate(group)
    ]


def apart(rows, shift=0.0):
    own, other = ([r.after - r.before - shift * r.takes_part for r in rows if r.takes_part == part] for part in (1, 0))
    return own, other


def one_sided(rows, shift, way):
    """Returns the p value that scipy finds, independently, for a true difference of `shift`."""
    return permutation_test(
        apart(rows, shift), lambda a, b: np.mean(a) - np.mean(b), n_resamples=np.inf, alternative=way
    ).pvalue


def test_training_grants_give_the_textbooks_differences():
    """Wooldridge, chapter 13: scrap fell by .739 more with a grant (t 1.08), log(scrap) by .317 (p about .06), n 54."""
    firms = [SchoolRow(*firm) for firm in training_grants()]
    plain = difference_in_differences(firms, what="Scrap")
    logs = difference_in_differences(
        [replace(f, before=log(f.before), after=log(f.after)) for f in firms], what="Scrap"
    )
    assert (round(plain.comparison.change, 3), round(plain.difference, 3)) == (-0.564, -0.739)
    assert (round(logs.comparison.change, 3), round(logs.difference, 3)) == (-0.057, -0.317)
    assert (plain.in_harmony.schools, plain.comparison.schools) == (19, 35)
    # the textbook's t of 1.93 on 52 degrees of freedom is a p of .059, and its interval -.645 to .011
    assert 0.04 < logs.p_value < 0.08
    assert abs(logs.interval.low + 0.645) < 0.03
    assert abs(logs.interval.high - 0.011) < 0.03
    assert plain.direction is Direction.UNCLEAR


@settings(deadline=None, max_examples=60)
@given(rows=some_schools())
def test_the_p_value_is_that_of_an_independent_permutation_test(rows):
    found = difference_in_differences(rows, what="Attendance")
    tails = [one_sided(rows, 0.0, way) for way in ("greater", "less")]
    assert isclose(found.p_value, min(1.0, 2 * min(tails)), abs_tol=1e-9)


@settings(deadline=None, max_examples=25)
@given(rows=some_schools(least=4))
def test_the_interval_holds_every_difference_that_an_independent_test_does_not_rule_out(rows):
    found = difference_in_differences(rows, what="Attendance").interval
    for inside, shift in (
        (True, found.low + 1e-6),
        (False, found.low - 1e-6),
        (True, found.high - 1e-6),
        (False, found.high + 1e-6),
    ):
        if found.low + 2e-6 < found.high or not inside:
            ruled_out = min(one_sided(rows, shift, way) for way in ("greater", "less")) <= 0.025
            assert ruled_out != inside


@settings(deadline=None)
@given(rows=some_schools(), chance=st.randoms())
def test_order_is_of_no_consequence_and_other_units_give_the_same(rows, chance):
    found = difference_in_differences(rows, what="Attendance")
    mixed = [replace(row, before=row.before * 4 + 50, after=row.after * 4 + 50) for row in rows]
    chance.shuffle(mixed)
    again = difference_in_differences(mixed, what="Attendance")
    assert again.p_value == found.p_value
    assert isclose(again.difference, found.difference * 4, abs_tol=1e-9)
    if found.interval:
        assert isclose(again.interval.low, found.interval.low * 4, abs_tol=1e-9)
    shifted = difference_in_differences([replace(r, after=r.after + 8) for r in rows], what="Attendance")
    assert isclose(shifted.difference, found.difference, abs_tol=1e-9)
    turned = difference_in_differences([replace(r, takes_part=not r.takes_part) for r in rows], what="Attendance")
    assert (isclose(turned.difference, -found.difference, abs_tol=1e-9), turned.p_value) == (True, found.p_value)


@settings(deadline=None)
@given(rows=some_schools(), is_attainment=st.booleans())
def test_no_sentence_says_more_than_the_numbers(rows, is_attainment):
    found = difference_in_differences(rows, what="Attendance", is_attainment=is_attainment)
    assert not says_too_much(found.words, *found.assumptions)
    assert ("no clear difference" in found.words) == (found.direction is Direction.UNCLEAR)


def schools(own, other):
    return [
        SchoolRow(f"{part} {n}", part, 50.0, 50.0 + change)
        for part, changes in ((True, own), (False, other))
        for n, change in enumerate(changes)
    ]


def test_too_few_ways_give_a_p_value_and_no_interval():
    found = difference_in_differences(schools([9, 8, 7], [1, 2, 3, 4]), what="Attendance")
    assert (found.arrangements, found.interval, found.direction) == (35, None, Direction.UNCLEAR)
    assert isclose(found.p_value, 2 / 35)
    assert "with so few schools no interval can be given" in found.words
    assert "Only 35 ways are possible" in found.assumptions[-1]


def test_forty_ways_are_enough():
    found = difference_in_differences(schools([9, 8], [1, 2, 3, 4, 5, 4.5, 0, 1]), what="Attendance")
    assert found.arrangements == 45
    assert found.direction is Direction.UP
    assert found.words.endswith("against those it went up by 5.9 (95 % interval 3.0 to 9.0).")


def test_many_schools_are_drawn_with_a_seed_that_is_kept_and_repeats():
    rows = schools(np.arange(12) * 0.7, np.arange(14) * 0.5 - 3)
    found = difference_in_differences(rows, what="Attendance", seed=5)
    assert found == difference_in_differences(reversed(rows), what="Attendance", seed=5)
    assert (found.arrangements, found.seed) == (10_001, 5)
    assert "seed 5" in found.interval.how
    other = difference_in_differences(rows, what="Attendance", seed=6)
    assert other.seed == 6
    assert abs(other.interval.low - found.interval.low) < 0.1


def test_attainment_is_worded_as_the_evaluations_found_it():
    rows = schools([9, 8, 7, 9, 8], [1, 2, 1, 2, 1])
    words = difference_in_differences(rows, what="Expected standard", is_attainment=True).words
    assert "went up" not in words
    assert words.endswith("no extra progress for In Harmony pupils, and this comparison does not show otherwise.")
    assert "went up by" in difference_in_differences(rows, what="Attendance").words


def test_schools_that_changed_alike_differ_by_nothing():
    found = difference_in_differences(schools([3] * 5, [3] * 5), what="Attendance")
    assert (found.difference, found.interval.low, found.interval.high, found.p_value) == (0.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("rows", "error", "why"),
    [
        (schools([1], [1, 2, 3]), TooFewError, "1 of the schools take part and 3 are for comparison"),
        (schools([1, 2], []), TooFewError, "2 of the schools take part and 0"),
        (schools([1, 2], [1, 2])[:3] * 2, AnalysisRefusedError, "stands twice"),
        (schools([1, nan], [1, 2]), NotANumberError, "no number"),
        (schools([1, 3], [inf, 2]), NotANumberError, "no number"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(rows, error, why):
    with pytest.raises(error, match=why):
        difference_in_differences(rows, what="Attendance")
