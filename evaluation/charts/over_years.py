"""One number over the years: a line, with the number at each year; hollow where registers of the year are missing."""

from typing import Any

from evaluation.charts.bar import labelled
from evaluation.charts.chart import Chart, definition
from evaluation.charts.line import points
from evaluation.figures.table import Row, Table


def line_over_years(table: Table) -> Chart:
    """Returns the rows of a table as years in their order, by their first number; taken and due stand behind it."""
    words = _words(table)
    values = [{**labelled(row.heading, row.cells[0]), "complete": _is_complete(row)} for row in table.rows]
    position: dict[str, Any] = {
        "field": "value",
        "type": "quantitative",
        # a share and a mean as well: a rise of one point is to look like one point
        "scale": {"domain": [0, _room(table)], "nice": False},
        "axis": {"title": None, "grid": False, "labels": False, "domain": False},
    }
    year = {
        "field": "label",
        "type": "ordinal",
        "sort": [row.heading for row in table.rows],
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy"},
    }
    return Chart(
        table.key,
        table.caption,
        words,
        definition(
            words,
            values,
            height=200,
            encoding={"x": year, "y": position},
            layer=[
                {"mark": {"type": "line"}},
                *points(values),
                {
                    "mark": {"type": "text", "dy": -12, "baseline": "bottom"},
                    "encoding": {"text": {"field": "text"}},
                },
            ],
        ),
    )


def _room(table: Table) -> float:
    """The highest number, with room for its words above."""
    most = max((float(row.cells[0].value) for row in table.rows if row.cells[0].value is not None), default=0)
    return round(1.2 * most, 4) or 1


def _is_complete(row: Row) -> bool:
    return row.cells[1].value == row.cells[2].value


def _words(table: Table) -> str:
    shown = [row for row in table.rows if row.cells[0].value is not None]
    if not shown:
        return "No number of these years can be formed."
    first, last = shown[0], shown[-1]
    words = f"{first.cells[0].written} in {first.heading}"
    if last is not first:
        words += f", {last.cells[0].written} in {last.heading}"
    hollow = " Of years drawn as rings, registers are missing." if not all(map(_is_complete, shown)) else ""
    return f"{words}.{hollow}"
