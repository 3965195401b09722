"""
What the country sees live: operational counts.

Everything here reads only tables that the `national` role may read; none of them holds a child.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from evaluation.figures import definitions
from evaluation.figures import sessions as of_sessions
from evaluation.figures.figure import Figure
from evaluation.figures.period import Period
from evaluation.figures.table import Cell, Row, Table
from evaluation.figures.tallies import SessionTally
from evaluation.menu.tables import ALL
from programmes.models import OperationalCount, Partnership, Programme, ProgrammeStatus

RUNNING = (ProgrammeStatus.Status.PILOT, ProgrammeStatus.Status.RUNNING, ProgrammeStatus.Status.DISPUTED)


@dataclass(frozen=True)
class Operations:
    """What is counted live of a period without counting a child: figures of the country, and programmes beside it."""

    period: Period
    as_at: datetime
    figures: tuple[Figure, ...]
    table: Table


def operations(period: Period) -> Operations:
    """Returns what is counted live of the period; three statements, whatever the number of programmes."""
    as_at = timezone.now()
    programmes = list(programmes_of(period))
    tallies = tallies_by_programme(period, timezone.localtime(as_at).date())
    partners = set(_partnerships(period).values_list("programme", "school"))
    schools = Counter(programme for programme, _ in partners)
    of_all = len({school for _, school in partners})
    total = added(tallies.values())
    figures = (
        of_sessions.sessions_held(total, as_at),
        of_sessions.hours_held(total, as_at),
        of_sessions.registers_taken(total, as_at),
        Figure(definitions.SCHOOLS, of_all, as_at, note="With a partnership in the period."),
        Figure(definitions.PROGRAMMES, len(programmes), as_at, note="Running in the period."),
    )
    return Operations(period, as_at, figures, _operations(programmes, tallies, schools, total, of_all))


def programmes_of(period: Period) -> QuerySet[Programme]:
    """Returns the programmes that ran on a day of the period."""
    in_force = Q(statuses__ends_on__isnull=True) | Q(statuses__ends_on__gte=period.starts_on)
    return Programme.objects.filter(
        in_force, statuses__status__in=RUNNING, statuses__starts_on__lte=period.ends_on
    ).distinct()


def tallies_by_programme(period: Period, today: date) -> dict[int, SessionTally]:
    """Returns each programme's tally of sessions by its id, from the operational counts; one statement."""
    past = Q(day__lt=today)
    rows = (
        OperationalCount.objects.filter(day__range=(period.starts_on, period.ends_on))
        .values("programme")
        .annotate(
            all=Sum("planned"),
            taken=Sum("held"),
            off=Sum("cancelled"),
            # due: before today and not cancelled; of today, once taken (as figures.tallies.due)
            before=Sum("planned", filter=past, default=0) - Sum("cancelled", filter=past, default=0),
            not_before=Sum("held", filter=~past, default=0),
            minutes=Sum("minutes_held"),
        )
        .order_by()
    )
    return {
        row["programme"]: SessionTally(
            row["all"],
            row["taken"],
            row["off"],
            row["before"] + row["not_before"],
            timedelta(minutes=row["minutes"]),
        )
        for row in rows
    }


def added(tallies: Iterable[SessionTally]) -> SessionTally:
    """Returns the sum of tallies."""
    total = SessionTally()
    for tally in tallies:
        total = SessionTally(
            total.planned + tally.planned,
            total.held + tally.held,
            total.cancelled + tally.cancelled,
            total.due + tally.due,
            total.length + tally.length,
        )
    return total


def _partnerships(period: Period) -> QuerySet[Partnership]:
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
    return Partnership.objects.filter(in_force, starts_on__lte=period.ends_on)


def _operations(
    programmes: list[Programme],
    tallies: Mapping[int, SessionTally],
    schools: Mapping[int, int],
    total: SessionTally,
    partners: int,
) -> Table:
    return Table(
        "operations",
        "Sessions, hours and schools, by programme",
        "Programme",
        ("Sessions held", "Hours", "Partner schools", "Registers taken"),
        tuple(
            Row(p.slug, p.short_name, _operation_cells(tallies.get(p.pk, SessionTally()), schools.get(p.pk, 0)))
            for p in programmes
        ),
        Row(ALL, "All", _operation_cells(total, partners)),
        empty="No programme ran in this period.",
    )


def _operation_cells(tally: SessionTally, schools: int) -> tuple[Cell, ...]:
    complete = Cell(tally.completeness.percent, "%") if tally.due else Cell()
    return (Cell(tally.held), Cell(of_sessions.hours(tally.length)), Cell(schools), complete)
