"""How numbers stand in sentences, and which way an interval says that they went."""

import pytest

from outcomes.analysis.evidence import Direction, Interval, told


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((1.25, -3.0), ("1.3", "−3.0")),
        ((0.0, 12345.678), ("0.0", "12,345.7")),
        ((0.04, 1.0), ("0.04", "1.00")),
        ((-0.004, 1.0), ("−0.004", "1.000")),
        ((-1e-17,), ("0.0",)),
        ((0.1 + 0.2 - 0.05, 52.4 - 67.75), ("0.3", "−15.4")),
    ],
)
def test_numbers_are_told_alike_and_never_as_nothing(values, words):
    assert told(*values) == words


@pytest.mark.parametrize(
    ("low", "high", "way"),
    [
        (0.1, 2.0, Direction.UP),
        (-2.0, -0.1, Direction.DOWN),
        (-0.1, 2.0, Direction.UNCLEAR),
        (0.0, 2.0, Direction.UNCLEAR),
        (1e-16, 2.0, Direction.UNCLEAR),
        (-2.0, -1e-16, Direction.UNCLEAR),
        (0.0, 0.0, Direction.UNCLEAR),
    ],
)
def test_an_interval_that_holds_nothing_at_all_says_nothing(low, high, way):
    assert Interval(low, high, "").direction is way
