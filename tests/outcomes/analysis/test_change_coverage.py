"""A few of the simulated programmes of `make prove`: intervals hold the truth as often as they say."""

import pytest
from scipy.stats import binomtest

from tests.simulated import coverage

PROGRAMMES = 200
# a sound analysis is turned down here once in a thousand seeds; this one is the same in every run
LEAST_LIKELY = 0.001


@pytest.fixture(scope="module")
def found():
    return coverage(seed=2008, programmes=PROGRAMMES)


ANALYSES = pytest.mark.parametrize("name", ["matched change", "difference in differences", "hours received"])


@ANALYSES
def test_the_interval_holds_the_truth_as_often_as_it_says(found, name):
    tally = found[0][name]
    assert tally.programmes == PROGRAMMES
    assert binomtest(tally.covered, PROGRAMMES, 0.95).pvalue > LEAST_LIKELY


@ANALYSES
def test_nothing_is_found_in_nothing_more_often_than_it_says(found, name):
    tally = found[0][name]
    assert tally.still == PROGRAMMES / 2
    assert binomtest(tally.still_called_changed, tally.still, 0.05, "greater").pvalue > LEAST_LIKELY


def test_what_is_there_is_found_often_enough_to_be_of_use(found):
    _, said = found
    assert said["went up"] + said["went down"] > PROGRAMMES / 5
