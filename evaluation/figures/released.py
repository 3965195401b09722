"""What a release says: its cells as figures and tables, for the page, the chart and the report alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.figures import definitions
from evaluation.figures.disclosure import Shown, percentage
from evaluation.figures.figure import Completeness, Figure
from evaluation.figures.table import Cell, Row, Table
from evaluation.models import Release, ReleaseCell
from participants.models.enrolment import YearGroup

# the tables of a release, and the row that is their total
CHILDREN = "children"
BY_PROGRAMME = "children_by_programme"
BY_YEAR_GROUP = "children_by_year_group"
REGISTERS = "registers"
ALL = "all"


@dataclass(frozen=True)
class Published:
    """A release and its cells, by table and row."""

    release: Release
    cells: Mapping[str, Mapping[tuple[str, str], ReleaseCell]] = field(default_factory=dict)

    def rows(self, table: str) -> dict[str, ReleaseCell]:
        """Returns the cells of a one-column table by row, in the order they were cut."""
        return {row: cell for (row, column), cell in self.cells.get(table, {}).items() if not column}

    def number(self, table: str, row: str, column: str = "") -> int:
        """Returns a cell's value, 0 where there is none."""
        cell = self.cells.get(table, {}).get((row, column))
        return (cell.value or 0) if cell else 0


def children(found: Published) -> Figure:
    """Returns the children of the country as the release says it."""
    cell = found.rows(CHILDREN)[ALL]
    release = found.release
    complete = Completeness(found.number(REGISTERS, ALL, "taken"), found.number(REGISTERS, ALL, "due"))
    return Figure(
        definitions.CHILDREN_REACHED,
        cell.value,
        release.cut_at,
        complete,
        note=f"In {release.period_title}, each child counted once. {release}.",
        symbol=cell.symbol,
    )


def children_by_programme(found: Published, names: Mapping[str, str]) -> Table:
    """Returns the release's children by programme (`names` by slug), with their registers as they were at the cut."""
    total = found.rows(CHILDREN)[ALL]
    rows = [
        Row(slug, names.get(slug, slug), (_cell(cell), _registers(found, slug)))
        for slug, cell in found.rows(BY_PROGRAMME).items()
    ]
    return Table(
        BY_PROGRAMME,
        "Children taking part, by programme",
        "Programme",
        ("Children", "Registers"),
        tuple(rows),
        Row(ALL, "All", (_cell(total), _registers(found, ALL))),
        note="A child who came to two programmes is counted in both rows and once in the total. Counts are rounded to "
        "the nearest 5, each on its own, so the rows may not add.",
    )


def children_by_year_group(found: Published) -> Table:
    """Returns the release's children by year group, with shares made of the rounded numbers."""
    labels = dict(YearGroup.choices)
    total = found.rows(CHILDREN)[ALL]
    rows = [
        Row(key, labels.get(key, "Year group not given"), (_cell(cell), _share(cell, total)))
        for key, cell in found.rows(BY_YEAR_GROUP).items()
    ]
    return Table(
        BY_YEAR_GROUP,
        "Children taking part, by year group",
        "Year group",
        ("Children", "Share"),
        tuple(rows),
        Row(ALL, "All", (_cell(total), _share(total, total))),
        note="Counts are rounded to the nearest 5, each on its own; shares are of the rounded numbers.",
    )


def _cell(cell: ReleaseCell) -> Cell:
    return Cell(cell.value, symbol=cell.symbol)


def _share(part: ReleaseCell, whole: ReleaseCell) -> Cell:
    share = percentage(Shown(part.value, part.symbol), Shown(whole.value, whole.symbol))
    return Cell(share.value, "%", share.symbol)


def _registers(found: Published, row: str) -> Cell:
    taken, due = found.number(REGISTERS, row, "taken"), found.number(REGISTERS, row, "due")
    return Cell(Completeness(taken, due).percent, "%") if due else Cell()
