"""Bars: one for each row of a table, or one for each week."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from evaluation.charts.chart import Chart, Spec, definition
from evaluation.figures.attendance import Week
from evaluation.figures.figure import written
from evaluation.figures.table import Cell, Table
from evaluation.menu import tables
from evaluation.menu.tables import TABLES, Rows

NO_AXIS = {"axis": None}
NOTHING_SHOWN = "No number of this table can be shown."
# pixels from one bar to the next
BAR = 30
# tables whose rows are programmes, of which none is named as the one with most, or kinds of hours, which are no shares
IN_NO_ORDER = frozenset(
    {spec.key for spec in TABLES.values() if spec.rows is Rows.PROGRAMMES} - {tables.CANCELLED, tables.INCOME}
)
# from so many letters on a row's name stands in two lines
TWO_LINES = 20
# pixels: the narrowest that a chart is drawn, a letter of its words at their widest, and what stands round them
NARROWEST, LETTER, BESIDE = 300, 7.3, 14
DASHED = {"type": "bar", "filled": False, "strokeWidth": 1.5, "strokeDash": [4, 3]}


def bars(table: Table, *, title: str = "") -> Chart:
    """
    Returns a bar for each row's first number, in the table's order.

    A hidden number has its symbol and no value: whoever reads the definition or measures the picture finds nothing.
    """
    words = between(row.cells[0] for row in table.rows) if table.key in IN_NO_ORDER else most(table)
    return Chart(
        table.key,
        title or table.caption,
        words,
        definition(
            words,
            [labelled(row.heading, row.cells[0]) for row in table.rows],
            height=BAR * max(1, len(table.rows)),
            encoding={"y": rows_axis([row.heading for row in table.rows])},
            layer=[
                {
                    "transform": [{"filter": "isValid(datum.value)"}],
                    "mark": {"type": "bar"},
                    "encoding": {"x": {"field": "value", "type": "quantitative", **_room(table), **NO_AXIS}},
                },
                *written_at("value"),
            ],
        ),
    )


def labelled(heading: str, cell: Cell) -> dict[str, Any]:
    """Returns a number as a chart reads it: its words, and its value where it is shown."""
    said: dict[str, Any] = {"label": heading, "text": cell.written}
    return said if cell.value is None else {"label": heading, "value": float(cell.value), "text": cell.written}


def _room(table: Table) -> dict[str, Any]:
    """The scale of bars, with room for the words after the longest wherever the chart is drawn."""
    shown = [row.cells[0] for row in table.rows if row.cells[0].value is not None]
    longest = max((float(cell.value or 0) for cell in shown), default=0)
    names = max((len(line) for row in table.rows for line in in_lines(row.heading)), default=0)
    plot = NARROWEST - LETTER * names - BESIDE
    words = LETTER * max((len(cell.written) for cell in shown), default=0) + BESIDE
    return {"scale": {"domain": [0, round(longest * plot / (plot - words) or 1, 4)], "nice": False}}


def rows_axis(headings: Sequence[str]) -> dict[str, Any]:
    """Returns the axis of rows, in their order, long names in two lines, each whole as long as there is room."""
    long = {name: lines for name in headings if len(lines := in_lines(name)) > 1}
    # of two lines the first stands above the middle of its bar
    above = {"condition": {"test": f"indexof({json.dumps(list(long))}, datum.value) >= 0", "value": "bottom"}}
    broken = {
        "labelExpr": f"{json.dumps(long)}[datum.value] || datum.value",
        "labelBaseline": {**above, "value": "middle"},
    }
    return {
        "field": "label",
        "type": "nominal",
        # named one by one: shown and hidden rows are two layers, and layers join in the order they are drawn
        "sort": list(headings),
        "axis": {"title": None, "domain": False, "labelLimit": 200, **(broken if long else {})},
        "scale": {"paddingInner": 0.35, "paddingOuter": 0.15},
    }


def in_lines(name: str, *, most: int = TWO_LINES) -> list[str]:
    """Returns a name as it stands in a chart: as it is, or of more than `most` letters in two lines of like length."""
    words = name.split(" ")
    if len(name) <= most or len(words) == 1:
        return [name]
    cut = min(range(1, len(words)), key=lambda at: abs(len(" ".join(words[:at])) - len(name) / 2))
    return [" ".join(words[:cut]), " ".join(words[cut:])]


def written_at(field: str, *, apart: int = 6) -> list[dict[str, Any]]:
    """Returns the layers of words: beside what is drawn up to a field, and at the edge where nothing is drawn."""
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": apart}
    text = {"text": {"field": "text"}}
    return [
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": mark,
            "encoding": {"x": {"field": field, "type": "quantitative"}, **text},
        },
        {
            "transform": [{"filter": "!isValid(datum.value)"}],
            "mark": mark,
            "encoding": {"x": {"value": 0}, **text},
        },
    ]


def most(table: Table) -> str:
    """Returns one sentence on what is shown in a table's first column: where most, and how many are hidden."""
    shown = [row for row in table.rows if row.cells[0].value is not None]
    if not shown:
        return NOTHING_SHOWN
    first = max(shown, key=lambda row: row.cells[0].value or 0)
    hidden = len(table.rows) - len(shown)
    words = f"Most in {first.heading}: {first.cells[0].written}."
    return f"{words} {hidden} hidden." if hidden else words


def between(cells: Iterable[Cell]) -> str:
    """
    Returns one sentence on numbers of things that are in no order: between which they lie, and how many are hidden.

    Whose is the highest is not said: programmes are not ranked.
    """
    there = list(cells)
    shown = sorted((one for one in there if one.value is not None), key=lambda one: one.value or 0)
    if not shown:
        return NOTHING_SHOWN
    low, high = shown[0].written, shown[-1].written
    words = f"Between {low} and {high}." if low != high else f"{low} in each that is shown."
    hidden = sum(1 for one in there if one.symbol)
    return f"{words} {hidden} hidden." if hidden else words


def weekly_bars(weeks: Sequence[Week], title: str, words: str) -> Chart:
    """Returns a bar for each week's attendance; weeks with registers missing are drawn dashed and empty."""
    # only those that there are: of a layer with nothing in it a screen reader is told that there is a nameless picture
    kinds = ((True, "datum.complete", {"type": "bar"}), (False, "!datum.complete", DASHED))
    there = {week.is_complete for week in weeks}
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
            *({"transform": [{"filter": rule}], "mark": mark} for kind, rule, mark in kinds if kind in there),
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
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 8},
    }
