"""A line over many weeks, where bars would be too thin to carry their numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.charts.bar import week_axis, week_value, weekly_bars
from evaluation.charts.chart import Chart, definition
from evaluation.figures.attendance import Week

MOST_BARS = 14


def attendance_by_week(weeks: Sequence[Week]) -> Chart:
    """Returns the attendance of each week in per cent: bars up to a term, a line beyond."""
    title, words = "Attendance by week, per cent", _words(weeks)
    if len(weeks) <= MOST_BARS:
        return weekly_bars(weeks, title, words)
    values = [week_value(week) for week in weeks]
    spec = definition(
        words,
        values,
        height=180,
        encoding={
            "x": week_axis(weeks),
            "y": {
                "field": "percent",
                "type": "quantitative",
                "scale": {"domain": [0, 100]},
                "axis": {"title": None, "values": [0, 25, 50, 75, 100], "domain": False},
            },
        },
        layer=[
            {"mark": {"type": "line"}},
            *points(values),
        ],
    )
    return Chart("attendance_by_week", title, words, spec)


def points(values: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """
    Returns the layers of points on a line: full where a value is complete, an empty ring where registers are missing.

    Only those that have any: of a layer with nothing in it a screen reader is told that there is a nameless picture.
    """
    full: dict[str, Any] = {"type": "point"}
    ring: dict[str, Any] = {"type": "point", "filled": False, "strokeWidth": 2}
    kinds = ((True, "datum.complete", full), (False, "!datum.complete", ring))
    there = {bool(value["complete"]) for value in values}
    return [{"transform": [{"filter": rule}], "mark": mark} for kind, rule, mark in kinds if kind in there]


def _words(weeks: Sequence[Week]) -> str:
    shares = [week.percent for week in weeks if week.percent is not None]
    if not shares:
        return "No marks yet."
    low, high = min(shares), max(shares)
    words = f"Between {low} and {high} in every week." if low != high else f"{low} in every week."
    if not all(week.is_complete for week in weeks):
        empty = "Dashed weeks" if len(weeks) <= MOST_BARS else "Weeks drawn as rings"
        words += f" {empty} are not complete."
    return words
