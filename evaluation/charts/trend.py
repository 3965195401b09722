"""A figure through the years: what releases say, and, marked as theirs, what others printed before and beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.charts.chart import Chart, definition
from evaluation.figures.figure import Definition, Figure
from evaluation.figures.period import whole_year

TREND = "trend_"
HEIGHT = 240
# In Harmony began in that academic year
FIRST_YEAR = 2009


@dataclass(frozen=True)
class Point:
    """What a release says of a year, or what was printed of it (then `figure` is None and `value` is in print)."""

    year: int
    figure: Figure | None = None
    value: float | None = None
    text: str = ""


def trend(of: Definition, released: Sequence[Point], printed: Sequence[Point]) -> Chart:
    """Returns the line of what releases say, broken where a number is hidden, and rings of what others printed."""
    points = [*released, *printed]
    years = list(range(FIRST_YEAR, max((point.year for point in points), default=FIRST_YEAR) + 1))
    words = _words(of, released, printed)
    return Chart(
        TREND + of.key,
        f"{of.name}, through the years",
        words,
        definition(
            words,
            [_value(point) for point in points],
            height=HEIGHT,
            encoding={
                "x": {
                    "field": "year",
                    "type": "ordinal",
                    "scale": {"domain": [_written(year) for year in years]},
                    "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "grid": False},
                },
                "y": {
                    "field": "value",
                    "type": "quantitative",
                    "scale": {"zero": of.unit != "%", "nice": True},
                    "axis": {"title": None, "domain": False, "tickCount": 4},
                },
            },
            layer=[
                {
                    "transform": [{"filter": "!datum.printed"}],
                    "mark": {"type": "line", "invalid": "break-paths-show-path-domains"},
                },
                {
                    "transform": [{"filter": "!datum.printed && isValid(datum.value)"}],
                    "mark": {"type": "point", "size": 70, "opacity": 1},
                },
                {
                    "transform": [{"filter": "!datum.printed && isValid(datum.value)"}],
                    "mark": {"type": "text", "dy": -14},
                    "encoding": {"text": {"field": "text"}},
                },
                {
                    "transform": [{"filter": "!datum.printed && !isValid(datum.value)"}],
                    "mark": {"type": "text"},
                    "encoding": {"y": {"value": HEIGHT - 12}, "text": {"field": "text"}},
                },
                {
                    "transform": [{"filter": "datum.printed"}],
                    "mark": {"type": "point", "filled": False, "strokeWidth": 2, "size": 70, "opacity": 1},
                },
            ],
        ),
        is_wide=True,
    )


def _value(point: Point) -> dict[str, Any]:
    if point.figure is None:
        return {"year": _written(point.year), "value": point.value, "text": point.text, "printed": True}
    figure = point.figure
    said: dict[str, Any] = {"year": _written(point.year), "text": figure.written, "printed": False}
    return said if figure.value is None else {**said, "value": float(figure.value)}


def _written(year: int) -> str:
    return whole_year(year).written_year


def _words(of: Definition, released: Sequence[Point], printed: Sequence[Point]) -> str:
    shown = [point for point in released if point.figure is not None and point.figure.value is not None]
    if not shown:
        words = f"No release says anything of {of.name.lower()} yet."
    elif len(shown) == 1:
        words = f"{_said(shown[0])}."
    else:
        words = f"From {_said(shown[0])} to {_said(shown[-1])}."
    return f"{words} Rings: printed by others, counted in other ways." if printed else words


def _said(point: Point) -> str:
    assert point.figure is not None
    unit = f" {point.figure.unit}" if point.figure.unit == "%" else ""
    return f"{point.figure.written}{unit} in {_written(point.year)}"
