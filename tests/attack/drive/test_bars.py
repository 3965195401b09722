"""The harness reads every bar of a chart as it is drawn, with its own number, wherever the drawing nests it."""

from random import Random

import pytest

from evaluation.charts.bar import bars
from evaluation.charts.svg import drawn
from evaluation.figures.table import Cell, Row, Table
from tests.attack.reading import bars_of

VALUES = [None, 0, 5, 10, 15, 20, 45, 60, 100, 150, 400, 1200, 3000]


@pytest.mark.parametrize("seed", range(25))
def test_each_bar_is_read_once_with_its_own_number_and_its_length(seed):
    rng = Random(seed)
    values = [rng.choice(VALUES) for _ in range(rng.randint(2, 7))]
    rows = tuple(
        Row(str(at), f"Row {at}", (Cell(value, symbol="c" if value is None else ""),))
        for at, value in enumerate(values)
    )
    read = bars_of(drawn(bars(Table("t", "t", "t", ("Children",), rows)), width=380).encode())
    shown = [value for value in values if value is not None]
    assert [bar.words for bar in read] == [f"{value:,}" for value in shown]
    longest = max(shown, default=0)
    for bar, value in zip(read, shown, strict=True):
        assert bar.length * longest == pytest.approx(value * max(one.length for one in read), rel=1e-6)
