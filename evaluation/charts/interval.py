"""Changes with their intervals: a point for each row, the interval as a line through it, and where no change is."""

from evaluation.charts.bar import labelled, rows_axis, written_at
from evaluation.charts.chart import Chart, Spec, definition
from evaluation.figures.table import Row, Table

# pixels from one row to the next
ROW = 34


def intervals(table: Table, words: str) -> Chart:
    """
    Returns the changes of a table with columns change, low and high, the whole last; `words` says what to see.

    A hidden change has its symbol and no point.
    """
    at = {name: table.columns.index(name) for name in ("Change", "Interval from", "Interval to")}
    rows = [*table.rows, *([table.total] if table.total else [])]
    values = [_value(row, at) for row in rows]
    across = {"type": "quantitative", "scale": {"nice": True, "padding": 36, "zero": True}}
    axis = {"title": None, "domain": False, "grid": False, "tickCount": 4}
    shown = [{"filter": "isValid(datum.value)"}]
    spec: Spec = definition(
        words,
        values,
        height=ROW * max(1, len(rows)),
        encoding={"y": rows_axis([row.heading for row in rows])},
        layer=[
            # down the whole chart: it has no row
            {
                "mark": {"type": "rule", "strokeDash": [4, 3]},
                "encoding": {"x": {"datum": 0}, "y": {"value": 0}, "y2": {"value": "height"}},
            },
            {
                "transform": [{"filter": "isValid(datum.low)"}],
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {"x": {"field": "low", **across, "axis": axis}, "x2": {"field": "high"}},
            },
            {
                "transform": shown,
                "mark": {"type": "point", "size": 80, "opacity": 1},
                "encoding": {"x": {"field": "value", **across}},
            },
            *written_at("end", apart=8),
        ],
    )
    # beside six columns of numbers there is no room for it
    return Chart(table.key, table.caption, words, spec, is_wide=True)


def _value(row: Row, at: dict[str, int]) -> dict[str, object]:
    change, low, high = (row.cells[at[name]] for name in ("Change", "Interval from", "Interval to"))
    said: dict[str, object] = labelled(row.heading, change)
    if change.value is None:
        return said
    said["end"] = float(change.value)
    if low.value is not None and high.value is not None:
        said |= {"low": float(low.value), "high": float(high.value), "end": float(high.value)}
    return said
