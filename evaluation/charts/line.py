"""A line over many weeks, where bars would be too thin to carry their numbers."""

from collections.abc import Sequence

from evaluation.charts.bar import week_axis, week_value, weekly_bars
from evaluation.charts.chart import Chart, definition
from evaluation.figures.attendance import Week

MOST_BARS = 14


def attendance_by_week(weeks: Sequence[Week]) -> Chart:
    """Returns the attendance of each week in per cent: bars up to a term, a line beyond."""
    title, words = "Attendance by week, per cent", _words(weeks)
    if len(weeks) <= MOST_BARS:
        return weekly_bars(weeks, title, words)
    incomplete = [{"filter": "!datum.complete"}]
    spec = definition(
        words,
        [week_value(week) for week in weeks],
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
            {"transform": [{"filter": "datum.complete"}], "mark": {"type": "point"}},
            # an empty ring: registers of the week are missing
            {"transform": incomplete, "mark": {"type": "point", "filled": False, "strokeWidth": 2}},
        ],
    )
    return Chart("attendance_by_week", title, words, spec)


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
