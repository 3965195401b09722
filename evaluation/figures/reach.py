"""Whom a programme reaches: each child once."""

from dataclasses import replace
from datetime import datetime

from evaluation.figures import definitions
from evaluation.figures.figure import Completeness, Figure
from evaluation.figures.table import Cell, Row, Table
from evaluation.figures.tallies import ChildSums, MarkTally
from evaluation.menu.dimensions import KEY_STAGE, STAGE_OF
from participants.models.enrolment import YearGroup

NOT_TOLD_APART = "Not told apart by year group or key stage: one of them has fewer than {} children."


def children_reached(marks: MarkTally, enrolled: int, completeness: Completeness, as_at: datetime) -> Figure:
    """Returns the children who came at least once."""
    return Figure(
        definitions.CHILDREN_REACHED,
        marks.reached,
        as_at,
        completeness,
        note=f"Each child counted once, of {enrolled:,} enrolled.",
    )


def children_enrolled(children: int, as_at: datetime) -> Figure:
    """Returns the children on the class lists."""
    return Figure(definitions.CHILDREN_ENROLLED, children, as_at, note="On the class lists.")


def schools(partners: int, as_at: datetime) -> Figure:
    """Returns the partner schools, each once."""
    return Figure(definitions.SCHOOLS, partners, as_at, note="With a partnership in the period.")


def told_safely(by_year_group: Table, fewest: int) -> Table:
    """
    Returns the children by year group where each holds so many, else by key stage where each does, else the whole.

    For who knows the children: a group of a few would say who of a class comes, and who does not.
    """
    stages: dict[str, int] = {}
    for row in by_year_group.rows:
        stage = STAGE_OF[row.key]
        stages[stage] = stages.get(stage, 0) + _count(row)
    coarser = replace(
        by_year_group,
        caption="Children taking part, by key stage",
        heading="Key stage",
        rows=tuple(
            Row(stage, KEY_STAGE.categories[stage], (Cell(stages[stage]),))
            for stage in KEY_STAGE.categories
            if stage in stages
        ),
    )
    whole = replace(by_year_group, caption="Children taking part", rows=(), note=NOT_TOLD_APART.format(fewest))
    for table in (by_year_group, coarser):
        if all(_count(row) >= fewest for row in table.rows):
            return table
    return replace(whole, rows=(by_year_group.total,) if by_year_group.total else (), total=None)


def _count(row: Row) -> int:
    return int(row.cells[0].value or 0)


def children_by_year_group(children: ChildSums) -> Table:
    """
    Returns the children who came by year group, in the order of the National Curriculum.

    A child who changed school in the year has the year group of the last; rows add up to the children who came.
    """
    counted = children.by_year_group
    rows = [Row(group.value, group.label, (Cell(counted[group]),)) for group in YearGroup if counted.get(group)]
    unknown = children.reached - sum(cell.value for row in rows for cell in row.cells if isinstance(cell.value, int))
    if unknown:
        rows.append(Row("none", "Year group not given", (Cell(unknown),)))
    return Table(
        "children_by_year_group",
        "Children taking part, by year group",
        "Year group",
        ("Children",),
        tuple(rows),
        Row("all", "All", (Cell(children.reached),)),
        empty="No child has come to a session in this period yet.",
    )
