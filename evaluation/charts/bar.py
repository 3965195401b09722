"""Bars: one for each row of a table, or one for each week."""

from collections.abc import Sequence
from typing import Any

from evaluation.charts.chart import Chart, Spec, definition
from evaluation.figures.attendance import Week
from evaluation.figures.figure import written
from evaluation.figures.table import Table

NO_AXIS = {"axis": None}
# pixels from one bar to the next
BAR = 30
DASHED = {"type": "bar", "filled": False, "strokeWidth": 1.5, "strokeDash": [4, 3]}


def bars(table: Table, *, title: str = "") -> Chart:
    """Returns a bar for each row's first number, in the table's order; a hidden number has its symbol and no bar."""
    values = [
        {
            "label": row.heading,
            "value": row.cells[0].value or 0,
            "text": written(row.cells[0].value, row.cells[0].symbol),
        }
        for row in table.rows
    ]
    words = _most_and_least(table)
    return Chart(
        table.key,
        title or table.caption,
        words,
        definition(
            words,
            values,
            height=BAR * max(1, len(values)),
            encoding={
                "y": {
                    "field": "label",
                    "type": "nominal",
                    "sort": None,
                    "axis": {"title": None, "domain": False, "labelLimit": 170},
                    "scale": {"paddingInner": 0.35, "paddingOuter": 0.15},
                },
                "x": {"field": "value", "type": "quantitative", **NO_AXIS},
            },
            layer=[
                {"mark": {"type": "bar"}},
                {
                    "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
                    "encoding": {"text": {"field": "text"}},
                },
            ],
        ),
    )


def _most_and_least(table: Table) -> str:
    shown = [row for row in table.rows if row.cells[0].value is not None]
    if not shown:
        return "No number of this table can be shown."
    most = max(shown, key=lambda row: row.cells[0].value or 0)
    hidden = len(table.rows) - len(shown)
    words = f"Most in {most.heading}: {most.cells[0].written}."
    return f"{words} {hidden} hidden." if hidden else words


def weekly_bars(weeks: Sequence[Week], title: str, words: str) -> Chart:
    """Returns a bar for each week's attendance; weeks with registers missing are drawn dashed and empty."""
    complete, incomplete = ({"filter": f"{sign}datum.complete"} for sign in ("", "!"))
    spec: Spec = definition(
        words,
        [week_value(week) for week in weeks],
        height=180,
        encoding={
            "x": week_axis(weeks),
            "y": {
                "field": "percent",
                "type": "quantitative",
                "scale": {"domain": [0, 100]},
                "axis": {"title": None, "grid": False, "labels": False, "domain": False},
            },
        },
        layer=[
            {"transform": [complete], "mark": {"type": "bar"}},
            {"transform": [incomplete], "mark": DASHED},
            {
                "mark": {"type": "text", "dy": -8, "baseline": "bottom"},
                "encoding": {"text": {"field": "text"}},
            },
        ],
    )
    return Chart("attendance_by_week", title, words, spec)


def week_value(week: Week) -> dict[str, Any]:
    """Returns a week as a chart reads it."""
    return {
        "week": f"{week.starts_on.day} {week.starts_on:%b}",
        "percent": week.percent,
        "text": written(week.percent),
        "complete": week.is_complete,
    }


def week_axis(weeks: Sequence[Week]) -> dict[str, Any]:
    """Returns the axis of weeks, in their order; where they do not fit, some labels give way."""
    return {
        "field": "week",
        "type": "ordinal",
        # named one by one: complete and incomplete weeks are two layers, and layers join in the order they are drawn
        "sort": [week_value(week)["week"] for week in weeks],
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy"},
    }
