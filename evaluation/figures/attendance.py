"""How often children came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from evaluation.figures import definitions
from evaluation.figures.figure import Completeness, Figure, per_cent
from evaluation.figures.table import Cell, Row, Table
from evaluation.figures.tallies import EnsembleTally, MarkTally, SessionTally


def attendance_rate(marks: MarkTally, completeness: Completeness, as_at: datetime) -> Figure:
    """Returns present and late as a share of all marks that could count, in whole per cent."""
    return Figure(
        definitions.ATTENDANCE,
        per_cent(marks.attended, marks.possible),
        as_at,
        completeness,
        numerator=marks.attended,
        denominator=marks.possible,
        note=of_marks(marks.attended, marks.possible),
    )


def of_marks(attended: int, possible: int) -> str:
    """Returns "27 of 30 marks that could count."."""
    return f"{attended:,} of {possible:,} marks that could count." if possible else "No marks yet."


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


def attendance_by_week(by_week: Mapping[date, SessionTally]) -> tuple[Week, ...]:
    """Returns the weeks in which a register was due, in order."""
    return tuple(
        Week(monday, tally.attended, tally.possible, tally.completeness)
        for monday, tally in sorted(by_week.items())
        if tally.due
    )


def attendance_by_ensemble(ensembles: Iterable[EnsembleTally]) -> Table:
    """Returns the attendance of each ensemble of which a register is due, with the registers it rests on."""
    rows = (
        Row(
            str(one.ensemble),
            one.name,
            (
                Cell(per_cent(one.sessions.attended, one.sessions.possible), "%"),
                Cell(one.sessions.held),
                Cell(one.sessions.due),
            ),
            href=reverse("participants:grid", args=[one.ensemble]),
        )
        for one in ensembles
        if one.sessions.due
    )
    return Table(
        "attendance_by_ensemble",
        "Ensemble by ensemble",
        "Ensemble",
        ("Attendance", "Taken", "Due"),
        tuple(rows),
        note="With the registers taken and due. Each name leads to its registers of the term.",
        empty="No register is due in this period yet.",
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
