"""
A hub's own numbers of now, exact, in the places of the menu: what its pages, files and reports are made of.

Behind both walls: every row is one that the person sees, in a scope that lets it through.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone

from evaluation.figures.cells import Cells, Place, Said, Source
from evaluation.figures.figure import per_cent
from evaluation.figures.intensity import a_week
from evaluation.figures.nation import HOURS
from evaluation.figures.period import Period
from evaluation.figures.tallies import FieldTally
from evaluation.menu import tables
from evaluation.menu.categories import READINGS
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL
from evaluation.models import KeptFigures
from evaluation.queries.kept import kept_or_counted, years_kept_or_counted
from evaluation.queries.operations import OperationalRows, operations
from evaluation.queries.people import MINUTES
from evaluation.queries.seen import seen
from evaluation.queries.tallies import ChildRows, field_tallies
from inharmony.access import scope
from inharmony.accounts.models import User
from participants.models import Attendance, Child, ChildMonth, Enrolment, Placement, Playing
from programmes.models import Income, Partnership, Programme, Session

LENGTH = F("ends_at") - F("starts_at")
CAME = F("tally__present") + F("tally__late")
LISTED = CAME + F("tally__reason_known") + F("tally__no_reason") + F("tally__excused")
IN_SCHOOL = Q(kind=Session.Kind.CURRICULAR)


def live(programme: Programme, period: Period, user: User | None) -> Source:
    """
    Returns the hub's cells of the menu as they are now, itself as row `all`: of what the person sees.

    Without a person (a draft by the portal, the operator's command) the scope alone narrows them.
    """
    as_at = timezone.now()
    today = timezone.localtime(as_at).date()
    if _sees_whole(programme, user):
        kept = kept_or_counted(
            programme, period, KeptFigures.Kind.CELLS, today, lambda: written(counted(programme, period, user, today))
        )
        cells = read(kept)
    else:
        # not of the whole hub: nobody else's to read
        cells = counted(programme, period, user, today)
    return _source(programme, period, as_at, cells)


def live_years(programme: Programme, years: Sequence[Period], user: User | None) -> list[Source]:
    """Returns the hub's cells of several whole years, in their order, each as `live`; one statement where kept."""
    as_at = timezone.now()
    today = timezone.localtime(as_at).date()
    if not _sees_whole(programme, user):
        return [_source(programme, year, as_at, counted(programme, year, user, today)) for year in years]
    kept = years_kept_or_counted(
        programme,
        years,
        KeptFigures.Kind.CELLS,
        today,
        lambda year: written(counted(programme, year, user, today)),
    )
    return [_source(programme, year, as_at, read(cells)) for year, cells in zip(years, kept, strict=True)]


def _sees_whole(programme: Programme, user: User | None) -> bool:
    return scope.reads_whole(programme.pk) if user is None else programme.pk in user.reach.whole_programmes


def _source(programme: Programme, period: Period, as_at: datetime, cells: Cells) -> Source:
    return Source(
        period, f"{programme.short_name}, live", as_at, is_exact=True, cells=cells, is_demonstration=settings.DEMO
    )


def counted(programme: Programme, period: Period, user: User | None, today: date) -> Cells:
    """Returns the cells as they are on a day, counted from the rows; nine statements."""
    children, rows = _child_rows(programme, user), _operational_rows(programme, user)
    whole, by_field = field_tallies(children, period)
    sums = _sums(rows.of(period, [programme.pk]).sessions)
    found = {**_children(whole, by_field, sums["weeks"]), **_marks(sums, whole.listed)}
    hub = operations(period, {programme.pk: programme.slug}, today, rows)
    found |= {key: _own(cells, programme.slug) for key, cells in hub.items()}
    # in the menu's order
    return {key: found[key] for key in tables.TABLES if key in found}


def written(cells: Cells) -> list[list[Any]]:
    """Returns cells as JSON has them: table, row, column, number (with places as text) and symbol."""
    return [
        [table, row, column, str(value) if isinstance(value, Decimal) else value, symbol]
        for table, places in cells.items()
        for (row, column), (value, symbol) in places.items()
    ] + [[table] for table, places in cells.items() if not places]


def read(rows: list[list[Any]]) -> Cells:
    """Returns the cells that `written` wrote, in the menu's order."""
    found: dict[str, dict[Place, Said]] = {}
    for table, *cell in rows:
        places = found.setdefault(table, {})
        if cell:
            row, column, value, symbol = cell
            places[row, column] = Said(Decimal(value) if isinstance(value, str) else value, symbol)
    return {key: found[key] for key in tables.TABLES if key in found}


def _child_rows(programme: Programme, user: User | None) -> ChildRows:
    models = (ChildMonth, Attendance, Child, Placement, Playing, Enrolment)
    return ChildRows(*(_seen(model.objects, user, programme) for model in models))


def _operational_rows(programme: Programme, user: User | None) -> OperationalRows:
    models = (Session, Partnership, Income)
    return OperationalRows(*(_seen(model.objects, user, programme) for model in models))


def _seen(rows: Any, user: User | None, programme: Programme) -> QuerySet[Any]:
    of_hub: QuerySet[Any] = seen(rows.all(), user).filter(programme=programme)
    return of_hub


def _sums(sessions: QuerySet[Session]) -> Mapping[str, Any]:
    """What the registers of the sessions add up to, in school time and in all, and the weeks they are of."""

    def length(times: Any, only: Q | None = None) -> Sum:
        return Sum(ExpressionWrapper(times * LENGTH, DurationField()), default=timedelta(), filter=only)

    sums: Mapping[str, Any] = sessions.filter(tally__isnull=False).aggregate(
        attended=Sum(CAME, default=0),
        possible=Sum(LISTED - F("tally__excused"), default=0),
        weeks=Count(TruncWeek("day"), distinct=True),
        offered=length(LISTED),
        offered_in=length(LISTED, IN_SCHOOL),
        received=length(CAME),
        received_in=length(CAME, IN_SCHOOL),
    )
    return sums


def _children(
    whole: FieldTally, by_field: Mapping[str, Mapping[Any, FieldTally]], weeks: int
) -> dict[str, dict[Place, Said]]:
    """The children, in all and by dimension: of each category that a child who came is in."""
    found: dict[str, dict[Place, Said]] = {tables.CHILDREN: {(ALL, ""): Said(whole.reached)}}
    for key, dimension in DIMENSIONS.items():
        field, read = READINGS[key]
        sums: dict[str, FieldTally] = {}
        for value, tally in by_field[field].items():
            category = read(value)
            sums[category] = sums.get(category, FieldTally()) + tally
        there = {category: sums[category] for category in dimension.categories if category in sums}
        there = {category: tally for category, tally in there.items() if tally.reached}
        found[tables.by(key)] = {(category, ""): Said(tally.reached) for category, tally in there.items()}
        found[tables.attendance_by(key)] = {
            (category, ""): Said(per_cent(tally.attended, tally.possible)) for category, tally in there.items()
        }
        found[tables.hours_by(key)] = {
            (category, ""): Said(a_week(timedelta(minutes=tally.received), tally.listed, weeks))
            for category, tally in there.items()
        }
    return found


def _marks(sums: Mapping[str, Any], listed: int) -> dict[str, dict[Place, Said]]:
    minutes = {key: round(sums[key].total_seconds()) // 60 for key in MINUTES}
    return {
        tables.ATTENDANCE: {(ALL, ""): Said(per_cent(sums["attended"], sums["possible"]))},
        tables.INTENSITY: {
            (ALL, column): Said(a_week(timedelta(minutes=of(minutes)), listed, sums["weeks"]))
            for column, of in HOURS.items()
        },
    }


def _own(cells: Mapping[Place, Said], slug: str) -> dict[Place, Said]:
    """Of a hub counted alone, what it is in all; kinds of ensembles are rows of their own."""
    return {(row, column): said for (row, column), said in cells.items() if row != slug}
