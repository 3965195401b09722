"""What happens at each school: of ensembles that meet there, and of those that belong to no one school."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.figures.figure import per_cent
from evaluation.figures.table import Cell, Row, Table
from evaluation.figures.tallies import EnsembleTally, SessionTally
from inharmony.pages.dates import weekday

NO_ONE_SCHOOL = "Ensembles of no one school"


@dataclass(frozen=True)
class MissingRegisters:
    """Registers due and not taken at one school, and since when."""

    school: str
    count: int
    since: date

    @property
    def title(self) -> str:
        """Returns "13 registers not taken"."""
        return f"{self.count:,} register{'' if self.count == 1 else 's'} not taken"

    @property
    def words(self) -> str:
        """Where, and since when."""
        return f"{self.school}, since {weekday(self.since)}."


def missing_registers(ensembles: Iterable[EnsembleTally]) -> tuple[MissingRegisters, ...]:
    """Returns the registers missing by school, most first."""
    # two schools may bear one name
    found: dict[tuple[int | None, str], list[SessionTally]] = {}
    for one in ensembles:
        if one.sessions.missing:
            found.setdefault((one.school, one.school_name or NO_ONE_SCHOOL), []).append(one.sessions)
    rows = (
        MissingRegisters(
            school, sum(each.missing for each in tallies), min(each.since for each in tallies if each.since)
        )
        for (_, school), tallies in found.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.count, row.school)))


def by_school(ensembles: Iterable[EnsembleTally], reached: Mapping[int | None, int]) -> Table:
    """
    Returns children, registers and attendance of each school of which a register is due, in the order of their names.

    A child who came at two schools stands in both rows, so rows may add to more than the children of the programme. A
    session of several ensembles stands in one row, that of the ensemble it was planned for, with all its children.
    """
    schools: dict[tuple[str, int | None], list[SessionTally]] = {}
    for one in ensembles:
        if one.sessions.due:
            schools.setdefault((one.school_name, one.school), []).append(one.sessions)
    # those of no one school last
    order = sorted(schools.items(), key=lambda item: (item[0][1] is None, item[0]))
    return Table(
        "by_school",
        "School by school",
        "Where the ensemble meets",
        ("Children", "Registers taken", "Registers due", "Attendance"),
        tuple(_row(name, school, tallies, reached) for (name, school), tallies in order),
        note="A child who came at two schools is counted at each, so the rows may add to more than the children of the "
        "programme.",
        empty="No session has taken place in this period yet.",
    )


def _row(name: str, school: int | None, tallies: Sequence[SessionTally], reached: Mapping[int | None, int]) -> Row:
    attended, possible = (sum(each.attended for each in tallies), sum(each.possible for each in tallies))
    return Row(
        str(school or "none"),
        name or NO_ONE_SCHOOL,
        (
            Cell(reached.get(school, 0)),
            Cell(sum(each.held for each in tallies)),
            Cell(sum(each.due for each in tallies)),
            Cell(per_cent(attended, possible), "%"),
        ),
    )
