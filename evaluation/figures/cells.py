"""
Numbers by table, row and column, as the menu names them: one shape for what a release says and for what a hub has live.

Tables, charts, figures and files are made of these and of nothing else, so that they say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from evaluation.figures.figure import Completeness, Number
from evaluation.figures.period import Period
from evaluation.menu.tables import ALL, REGISTERS
from evaluation.models import Release

# row and column of a table
Place = tuple[str, str]


class Said(NamedTuple):
    """A number, or the symbol that stands in its place (c, z or x)."""

    value: Number | None = None
    symbol: str = ""


Cells = Mapping[str, Mapping[Place, Said]]
NOT_THERE = Said()


@dataclass(frozen=True)
class Source:
    """
    Where numbers come from: a release (`is_exact` is false), or a hub's own rows of now.

    `title` names it as pages and files do: "Release 2025-26.2", "Liverpool, live". `rows` are the programmes it speaks
    of, slug and name in order; a hub's has none.
    """

    period: Period
    title: str
    as_at: datetime
    is_exact: bool
    cells: Cells
    rows: Mapping[str, str] = field(default_factory=dict)
    is_demonstration: bool = False
    release: Release | None = None

    def of(self, table: str) -> Mapping[Place, Said]:
        """Returns the cells of a table in their order; empty where the source does not have it."""
        return self.cells.get(table, {})

    def said(self, table: str, row: str = ALL, column: str = "") -> Said:
        """Returns one cell; nothing where there is none."""
        return self.of(table).get((row, column), NOT_THERE)

    def number(self, table: str, row: str = ALL, column: str = "") -> int:
        """Returns a whole number, 0 where there is none or it is not shown."""
        return int(self.said(table, row, column).value or 0)

    def completeness(self, row: str = ALL) -> Completeness:
        """Returns the registers that a row rests on: of the whole, or of a programme."""
        return Completeness(self.number(REGISTERS, row, "taken"), self.number(REGISTERS, row, "due"))
