"""
The charts of the menu, each made of the values of one table or figure and of nothing else.

Rows and columns stand in the menu's order, never in that of their numbers, and a hidden number has no mark: so a chart
tells no more than its table.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.charts.bar import NOTHING_SHOWN, bars, between, in_lines, labelled, rows_axis, written_at
from evaluation.charts.chart import Chart, definition
from evaluation.charts.interval import intervals
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.figures.compared import DOTS, OF_THE_WHOLE, by_programme, cell_of
from evaluation.figures.figure import Figure
from evaluation.figures.impact import told
from evaluation.figures.released import table
from evaluation.figures.table import Cell, Table
from evaluation.menu import tables
from evaluation.menu.tables import ALL, CHANGES, TABLES, Counts, Rows

# pixels from one row to the next; of the room of a column, how much its longest bar takes (the rest is for words)
ROW, LONGEST = 30, 0.55
# of a column whose words are long, as sums of money are
LONG_WORDS, LONGEST_BESIDE = 5, 0.3
# from so many letters on a column's name stands in two lines
TWO_LINES = 12
# columns of a grid's row that stand for all others
WHOLE = "All"


def chart(source: Source, key: str) -> Chart | None:
    """Returns the chart of a table, or of a figure by programme (`dots_` and its key); None where there is none."""
    if key.startswith(DOTS):
        return _dots(source, key.removeprefix(DOTS))
    if key not in drawn_tables():
        return None
    found = table(source, key)
    if len(found.rows) < 2:
        return None
    spec = TABLES[key]
    if spec.counts is Counts.ANSWERS:
        return intervals(found, told(source, key).words)
    if spec.rows is Rows.KINDS:
        return _grid(found, turned=False)
    return bars(found) if len(found.columns) == 1 or spec.rows is Rows.CATEGORIES else _grid(found, turned=True)


def charts(source: Source) -> list[Chart]:
    """Returns every chart that a source has, in the menu's order."""
    keys = (*drawn_tables(), *(DOTS + key for key in FIGURES))
    return [found for key in keys if (found := chart(source, key)) is not None]


def drawn_tables() -> tuple[str, ...]:
    """Returns the keys of the tables that are drawn: those of one unit, whose numbers stand in no other's chart."""
    plain = {tables.BY_PROGRAMME, tables.INTENSITY, tables.CANCELLED, tables.KINDS, tables.INCOME}
    return tuple(
        key
        for key, spec in TABLES.items()
        if key in plain or (spec.dimension and spec.counts is Counts.CHILDREN) or key in CHANGES
    )


def _grid(found: Table, *, turned: bool) -> Chart:
    """
    Bars in small columns under one scale: of programmes by something, a column for each programme.

    What stands for the whole is left out: beside its parts it would make them short.
    """
    parts = [number for number, heading in enumerate(found.columns) if heading != WHOLE]
    across = [(row.heading, [row.cells[number] for number in parts]) for row in found.rows]
    down = [found.columns[number] for number in parts]
    if not turned:
        columns = [(found.columns[number], [row.cells[number] for row in found.rows]) for number in parts]
        across, down = columns, [row.heading for row in found.rows]
    shown = [cell for _, cells in across for cell in cells if cell.value is not None]
    most = float(max((cell.value for cell in shown if cell.value is not None), default=0))
    longest = LONGEST if max((len(cell.written) for cell in shown), default=0) <= LONG_WORDS else LONGEST_BESIDE
    values = [
        {**labelled(heading, cell), "column": name, **_placed(number, cell, longest / most if most else 0)}
        for number, (name, cells) in enumerate(across)
        for heading, cell in zip(down, cells, strict=True)
    ]
    words = between(cell for _, cells in across for cell in cells) if turned else _of_grid(across, down)
    return Chart(
        found.key,
        found.caption,
        words,
        definition(
            words,
            values,
            height=ROW * max(1, len(down)),
            encoding={"y": rows_axis(down)},
            layer=[
                {
                    "mark": {"type": "bar"},
                    "encoding": {"x": _columns([name for name, _ in across]), "x2": {"field": "ends"}},
                },
                {
                    "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 4},
                    "encoding": {
                        "x": {"field": "ends", "type": "quantitative"},
                        "text": {"field": "text"},
                    },
                },
            ],
        ),
        is_wide=True,
    )


def _placed(number: int, cell: Cell, scale: float) -> dict[str, float]:
    """Where a bar begins and ends; one that is hidden ends where it begins, as none does."""
    length = float(cell.value) * scale if cell.value is not None else 0
    return {"begins": number, "ends": round(number + length, 4)}


def _columns(names: Sequence[str]) -> dict[str, Any]:
    return {
        "field": "begins",
        "type": "quantitative",
        "scale": {"domain": [0, len(names)], "nice": False},
        "axis": {
            "title": None,
            "orient": "top",
            "values": list(range(len(names))),
            "labelExpr": f"[{', '.join(_quoted(name) for name in names)}][datum.value]",
            "labelAlign": "left",
            "labelBaseline": "top",
            # room for two lines
            "labelPadding": 32,
            "labelLimit": 110,
            "labelOverlap": False,
            "domain": False,
            "grid": True,
        },
    }


def _quoted(name: str) -> str:
    """A column's name as an expression of the chart: a text, or two lines of one."""
    return json.dumps(in_lines(name, most=TWO_LINES))


def _of_grid(across: Sequence[tuple[str, Sequence[Cell]]], down: Sequence[str]) -> str:
    cells = [(name, row, cell) for name, cells in across for row, cell in zip(down, cells, strict=True)]
    shown = [place for place in cells if place[2].value is not None]
    if not shown:
        return NOTHING_SHOWN
    name, row, cell = max(shown, key=lambda place: place[2].value or 0)
    hidden = sum(1 for *_, cell in cells if cell.symbol)
    words = f"Most in {name}, {row}: {cell.written}."
    return f"{words} {hidden} hidden." if hidden else words


def _dots(source: Source, key: str) -> Chart | None:
    if key not in FIGURES or key in OF_THE_WHOLE or len(source.rows) < 2:
        return None
    found = by_programme(source, key)
    whole = FIGURES[key](source, ALL)
    return dots(found, whole)


def dots(found: Table, whole: Figure) -> Chart:
    """Returns a dot for each programme; where the whole is of the same kind (a share, a mean), a line for it."""
    words = between(row.cells[0] for row in found.rows)
    is_mean = whole.unit in ("%", "a week") or whole.key.endswith("_per_child")
    rule: list[Mapping[str, Any]] = []
    if is_mean and whole.value is not None:
        words += f" The line is all programmes: {cell_of(whole).written}."
        # down the whole chart: it has no row
        rule = [{"mark": {"type": "rule", "strokeDash": [4, 3]}, "encoding": {"x": {"datum": float(whole.value)}}}]
    position = {
        "field": "value",
        "type": "quantitative",
        # a share says more beside the others than beside nought
        "scale": {"zero": not is_mean, "nice": True, "padding": 40},
        "axis": {"title": None, "domain": False, "grid": False, "tickCount": 4},
    }
    rows = rows_axis([row.heading for row in found.rows])
    rows["axis"] = {**rows["axis"], "grid": True}
    shown = [{"filter": "isValid(datum.value)"}]
    spec = definition(
        words,
        [labelled(row.heading, row.cells[0]) for row in found.rows],
        height=32 * max(1, len(found.rows)),
        layer=[
            *rule,
            {
                "transform": shown,
                "mark": {"type": "point", "size": 90, "opacity": 1},
                "encoding": {"y": rows, "x": position},
            },
            *_beside_dots(rows, float(whole.value) if rule and whole.value is not None else None),
        ],
    )
    return Chart(found.key, found.caption, words, spec)


def _beside_dots(rows: dict[str, Any], line: float | None) -> Iterator[dict[str, Any]]:
    """The numbers beside their dots: on the side away from the line of the whole, so that it crosses none."""
    after, hidden = ({**layer, "encoding": {"y": rows, **layer["encoding"]}} for layer in written_at("value", apart=10))
    yield hidden
    if line is None:
        yield after
        return
    for sign, align, apart in ((">=", "left", 10), ("<", "right", -10)):
        yield {
            **after,
            "transform": [{"filter": f"isValid(datum.value) && datum.value {sign} {line}"}],
            "mark": {**after["mark"], "align": align, "dx": apart},
        }
