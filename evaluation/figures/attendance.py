"""How often children came."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek

from evaluation.figures import definitions
from evaluation.figures.figure import Completeness, Figure, per_cent
from evaluation.figures.table import Cell, Row, Table
from evaluation.figures.tallies import CAME, COUNTS, MarkTally, due
from participants.models import Attendance
from programmes.models import Session


def attendance_rate(marks: MarkTally, completeness: Completeness, as_at: datetime) -> Figure:
    """Returns present and late as a share of all marks that could count, in whole per cent."""
    note = f"{marks.attended:,} of {marks.possible:,} marks that could count." if marks.possible else "No marks yet."
    return Figure(
        definitions.ATTENDANCE,
        per_cent(marks.attended, marks.possible),
        as_at,
        completeness,
        numerator=marks.attended,
        denominator=marks.possible,
        note=note,
    )


@dataclass(frozen=True)
class Week:
    """One week, Monday to Sunday: its marks and its registers."""

    starts_on: date
    attended: int
    possible: int
    completeness: Completeness

    @property
    def percent(self) -> int | None:
        """Attendance in whole per cent; None where no mark could count."""
        return per_cent(self.attended, self.possible)

    @property
    def is_complete(self) -> bool:
        """Whether no register of the week is missing."""
        return self.completeness.taken == self.completeness.due


def attendance_by_week(attendance: QuerySet[Attendance], sessions: QuerySet[Session], today: date) -> tuple[Week, ...]:
    """Returns the weeks in which a register was due, in order; two statements."""
    marks = {
        row["week"]: row
        for row in attendance.values(week=TruncWeek("session__day"))
        .annotate(attended=Count("child", filter=CAME), possible=Count("child", filter=COUNTS))
        .order_by()
    }
    registers = (
        sessions.filter(due(today))
        .values(week=TruncWeek("day"))
        .annotate(taken=Count("register_taken_at"), due=Count("pk"))
        .order_by("week")
    )
    none = {"attended": 0, "possible": 0}
    return tuple(
        Week(
            row["week"],
            marks.get(row["week"], none)["attended"],
            marks.get(row["week"], none)["possible"],
            Completeness(row["taken"], row["due"]),
        )
        for row in registers
    )


def weeks_table(weeks: tuple[Week, ...]) -> Table:
    """Returns the weeks as a table: the same numbers as the chart, with their base and their registers."""
    rows = tuple(
        Row(
            week.starts_on.isoformat(),
            f"{week.starts_on.day} {week.starts_on:%B %Y}",
            (
                Cell(week.percent, "%"),
                Cell(week.attended),
                Cell(week.possible),
                Cell(week.completeness.taken),
                Cell(week.completeness.due),
            ),
        )
        for week in weeks
    )
    return Table(
        "attendance_by_week",
        "Attendance, week by week",
        "Week from",
        ("Attendance", "Came", "Could have come", "Registers taken", "Registers due"),
        rows,
        note="Came: marks of present and late. Could have come: all marks but excused.",
        empty="No register is due in this period yet.",
    )
