from decimal import Decimal

import pytest

from evaluation.figures.figure import Completeness, per_cent, written


@pytest.mark.parametrize(
    ("value", "symbol", "text"),
    [(1357, "", "1,357"), (0, "", "0"), (Decimal("2.4"), "", "2.4"), (None, "", "–"), (None, "c", "c")],
)
def test_a_value_is_written_with_its_thousands_or_its_symbol(value, symbol, text):
    assert written(value, symbol) == text


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 3, 33), (1, 2, 50), (5, 8, 63), (0, 9, 0), (3, 0, None)])
def test_a_share_is_in_whole_per_cent_halves_up(part, whole, share):
    assert per_cent(part, whole) == share


def test_a_hundred_per_cent_complete_means_that_none_is_missing():
    assert Completeness(399, 400).percent == 99
    assert Completeness(400, 400).percent == 100
    assert Completeness(0, 0).percent == 100
    assert Completeness(399, 400).words == "399 of 400 registers taken"
