"""Tables as values: the same rows make the table on screen, the table on paper and the chart."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from evaluation.figures.figure import POUND, Number, written


@dataclass(frozen=True)
class Cell:
    """One number of a table: a value and its unit, or the symbol that stands in its place."""

    value: Number | None = None
    unit: str = ""
    symbol: str = ""

    @property
    def written(self) -> str:
        """Returns "385", "91 %", "£1,200", "c", or a dash."""
        text = written(self.value, self.symbol)
        if self.value is None or not self.unit:
            return text
        return f"{POUND}{text}" if self.unit == POUND else f"{text} {self.unit}"

    @property
    def number(self) -> int | float | None:
        """Returns the value as a file has it: a whole number as one, a mean with its place."""
        if self.value is None:
            return None
        return int(self.value) if self.value == int(self.value) else float(self.value)


@dataclass(frozen=True)
class Row:
    """A row: its heading and one cell for each column; `key` is the row's name in code, `href` where it leads."""

    key: str
    heading: str
    cells: tuple[Cell, ...]
    href: str = ""


class LabelledRow(NamedTuple):
    """A row whose cells name their columns."""

    heading: str
    cells: tuple[tuple[str, Cell], ...]
    href: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption; `total` stands in the foot, `note` says what the reader must know of it."""

    key: str
    caption: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: str = ""
    # said instead of the table while it has no row
    empty: str = ""

    @property
    def has_symbols(self) -> bool:
        """Whether a legend of the symbols is needed."""
        rows = (*self.rows, *([self.total] if self.total else []))
        return any(cell.symbol for row in rows for cell in row.cells)

    @property
    def labelled_rows(self) -> list[LabelledRow]:
        """The rows with each cell beside its column's heading, as templates write them."""
        return [self._labelled(row) for row in self.rows]

    @property
    def labelled_totals(self) -> list[LabelledRow]:
        """The foot, as templates write it; empty where there is none."""
        return [self._labelled(self.total)] if self.total else []

    def turned(self, heading: str) -> "Table":
        """
        Returns the table on its side: its columns as rows under `heading`. A last column of the whole becomes the foot,
        and the foot the last column.
        """
        own = [*self.rows, *([self.total] if self.total else [])]
        rows = [
            Row(str(number), column, tuple(row.cells[number] for row in own))
            for number, column in enumerate(self.columns)
        ]
        has_whole = bool(self.total) and bool(rows) and rows[-1].heading == own[-1].heading
        return replace(
            self,
            heading=heading,
            columns=tuple(row.heading for row in own),
            rows=tuple(rows[:-1] if has_whole else rows) if self.rows else (),
            total=rows[-1] if has_whole else None,
        )

    def _labelled(self, row: Row) -> LabelledRow:
        return LabelledRow(row.heading, tuple(zip(self.columns, row.cells, strict=True)), row.href)
