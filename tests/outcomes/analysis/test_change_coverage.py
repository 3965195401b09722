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


@pytest.mark.parametrize("at", [0, 1], ids=["matched change", "difference in differences"])
def test_the_interval_holds_the_truth_as_often_as_it_says(found, at):
    assert found[at].programmes == PROGRAMMES
    assert binomtest(found[at].covered, PROGRAMMES, 0.95).pvalue > LEAST_LIKELY


@pytest.mark.parametrize("at", [0, 1], ids=["matched change", "difference in differences"])
def test_nothing_is_found_in_nothing_more_often_than_it_says(found, at):
    assert found[at].still == PROGRAMMES / 2
    assert binomtest(found[at].still_called_changed, found[at].still, 0.05, "greater").pvalue > LEAST_LIKELY


def test_what_is_there_is_found_often_enough_to_be_of_use(found):
    said = found[2]
    assert said["went up"] + said["went down"] > PROGRAMMES / 5
