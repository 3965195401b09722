"""The tables of a release under headings, as a long page or a report has them."""

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.figures.cells import Source
from evaluation.figures.released import table
from evaluation.figures.table import Table
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import by, programmes_by


@dataclass(frozen=True)
class Headed:
    """Tables of one subject, each with at least a row; `key` is its name in addresses."""

    key: str
    title: str
    tables: tuple[Table, ...]

    @property
    def has_symbols(self) -> bool:
        """Whether a legend of the symbols is needed."""
        return any(one.has_symbols for one in self.tables)


# every table of the menu stands under one of them; shares of marks and hours by category stand beside their counts
HEADINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("programmes", "Children by programme", (tables.BY_PROGRAMME, tables.CHILDREN)),
    *((key, f"Children by {one.title}", (by(key), programmes_by(key))) for key, one in DIMENSIONS.items()),
    ("attendance", "Attendance and hours", (tables.ATTENDANCE, tables.INTENSITY)),
    ("sessions", "Sessions and registers", (tables.SESSIONS, tables.CANCELLED, tables.REGISTERS)),
    ("provision", "Schools, ensembles and tutors", (tables.PROVISION, tables.KINDS, tables.ROLL)),
    ("income", "Income", (tables.INCOME,)),
    ("answers", "What was answered", tables.OF_ANSWERS),
)


def headed(source: Source) -> Iterable[Headed]:
    """Yields the tables of a source that have a row, under their headings, in the menu's order."""
    for key, title, names in HEADINGS:
        found = tuple(made for name in names if (made := table(source, name)).rows)
        if found:
            yield Headed(key, title, found)
