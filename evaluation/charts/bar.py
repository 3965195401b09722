"""Bars: one for each row of a table, or one for each week."""

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
# of the longest bar's length, its words included
ROOM = 1.4
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
    """The scale of bars, with room for the words after the longest."""
    longest = max((float(row.cells[0].value) for row in table.rows if row.cells[0].value is not None), default=0)
    return {"scale": {"domain": [0, round(ROOM * longest or 1, 4)], "nice": False}}


def rows_axis(headings: Sequence[str]) -> dict[str, Any]:
    """Returns the axis of rows, in their order, each name whole as long as there is room."""
    return {
        "field": "label",
        "type": "nominal",
        # named one by one: shown and hidden rows are two layers, and layers join in the order they are drawn
        "sort": list(headings),
        "axis": {"title": None, "domain": False, "labelLimit": 200},
        "scale": {"paddingInner": 0.35, "paddingOuter": 0.15},
    }


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
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy"},
    }
