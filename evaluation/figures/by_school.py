"""What happens at each school: of ensembles that meet there, and of those that belong to no one school."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from evaluation.figures.figure import per_cent
from evaluation.figures.table import Cell, Row, Table
from evaluation.figures.tallies import CAME, COUNTS, due
from inharmony.pages.dates import weekday
from participants.models import Attendance
from programmes.models import Session

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


def missing_registers(sessions: QuerySet[Session], today: date) -> tuple[MissingRegisters, ...]:
    """Returns the registers missing by school, most first; one statement."""
    rows = (
        sessions.filter(due(today), register_taken_at__isnull=True)
        .values("ensemble__school", "ensemble__school__name")
        .annotate(count=Count("pk"), since=Min("day"))
        .order_by("-count", "ensemble__school__name")
    )
    return tuple(
        MissingRegisters(row["ensemble__school__name"] or NO_ONE_SCHOOL, row["count"], row["since"]) for row in rows
    )


def by_school(attendance: QuerySet[Attendance], sessions: QuerySet[Session], today: date) -> Table:
    """
    Returns children, sessions, registers and attendance of each school; two statements.

    A child who came at two schools stands in both rows, so rows may add to more than the children of the programme. A
    session of several ensembles stands in one row, that of the ensemble it was planned for, with all its children.
    """
    marks = {
        row["session__ensemble__school"]: row
        for row in attendance.values("session__ensemble__school")
        .annotate(
            reached=Count("child", distinct=True, filter=CAME),
            attended=Count("child", filter=CAME),
            possible=Count("child", filter=COUNTS),
        )
        .order_by()
    }
    registers = (
        sessions.filter(due(today))
        .values("ensemble__school", "ensemble__school__name")
        .annotate(taken=Count("register_taken_at"), due=Count("pk"))
        .order_by("ensemble__school__name", "ensemble__school")
    )
    none = {"reached": 0, "attended": 0, "possible": 0}
    rows = []
    for row in registers:
        mark = marks.get(row["ensemble__school"], none)
        rows.append(
            Row(
                str(row["ensemble__school"] or "none"),
                row["ensemble__school__name"] or NO_ONE_SCHOOL,
                (
                    Cell(mark["reached"]),
                    Cell(row["taken"]),
                    Cell(row["due"]),
                    Cell(per_cent(mark["attended"], mark["possible"]), "%"),
                ),
            )
        )
    return Table(
        "by_school",
        "School by school",
        "Where the ensemble meets",
        ("Children", "Registers taken", "Registers due", "Attendance"),
        tuple(rows),
        note="A child who came at two schools is counted at each, so the rows may add to more than the children of the "
        "programme.",
        empty="No session has taken place in this period yet.",
    )
