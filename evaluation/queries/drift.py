"""Do the kept counts still say what the rows say? Counted here in other words than those that keep them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import connection
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from evaluation.disclosure.truth import Mean
from evaluation.figures.cells import Cells, Place, Said
from evaluation.figures.figure import rounded
from evaluation.figures.nation import Everybody, Marked
from evaluation.figures.period import Period
from evaluation.menu import tables
from evaluation.menu.tables import ALL
from evaluation.models import HubChange, KeptFigures
from evaluation.queries.kept import edition, version_of
from evaluation.queries.live import read
from evaluation.queries.operations import operations, weeks_of
from evaluation.queries.participation import rows_of, summed
from evaluation.queries.people import marked_everywhere
from programmes.models import Programme

RECOUNTS = {
    "a programme on a day": """
WITH counted AS (
  SELECT programme_id, day, count(*) AS planned, count(register_taken_at) AS held, count(cancelled_at) AS cancelled,
         sum((extract(epoch FROM ends_at - starts_at) / 60)::int) AS minutes_planned,
         coalesce(sum((extract(epoch FROM ends_at - starts_at) / 60)::int)
                  FILTER (WHERE register_taken_at IS NOT NULL), 0) AS minutes_held
  FROM programmes_session GROUP BY programme_id, day
)
SELECT count(*), count(*) FILTER (
  WHERE (coalesce(kept.planned, 0), coalesce(kept.held, 0), coalesce(kept.cancelled, 0),
         coalesce(kept.minutes_planned, 0), coalesce(kept.minutes_held, 0))
     IS DISTINCT FROM
        (coalesce(counted.planned, 0), coalesce(counted.held, 0), coalesce(counted.cancelled, 0),
         coalesce(counted.minutes_planned, 0), coalesce(counted.minutes_held, 0)))
FROM counted FULL JOIN programmes_operationalcount AS kept USING (programme_id, day)
""",
    "a register": """
WITH counted AS (
  SELECT session_id, programme_id, count(*) FILTER (WHERE mark = 'p') AS present,
         count(*) FILTER (WHERE mark = 'l') AS late, count(*) FILTER (WHERE mark = 'r') AS reason_known,
         count(*) FILTER (WHERE mark = 'a') AS no_reason, count(*) FILTER (WHERE mark = 'e') AS excused
  FROM participants_attendance GROUP BY session_id, programme_id
)
SELECT count(*), count(*) FILTER (WHERE kept IS NULL OR counted IS NULL OR
  (kept.programme_id, kept.present, kept.late, kept.reason_known, kept.no_reason, kept.excused) IS DISTINCT FROM
  (counted.programme_id, counted.present, counted.late, counted.reason_known, counted.no_reason, counted.excused))
FROM counted FULL JOIN participants_registertally AS kept USING (session_id)
""",
    "a child's month": """
WITH counted AS (
  SELECT child_id, ensemble_id, make_date(extract(year FROM day)::int, extract(month FROM day)::int, 1) AS month,
         attendance.programme_id, count(*) FILTER (WHERE mark IN ('p', 'l')) AS came,
         count(*) FILTER (WHERE mark IN ('a', 'r')) AS absent, count(*) FILTER (WHERE mark = 'e') AS excused,
         sum((extract(epoch FROM ends_at - starts_at) / 60)::int) AS offered,
         coalesce(sum((extract(epoch FROM ends_at - starts_at) / 60)::int) FILTER (WHERE mark IN ('p', 'l')), 0)
           AS received
  FROM participants_attendance AS attendance JOIN programmes_session AS session ON session.id = session_id
  GROUP BY child_id, ensemble_id, 3, attendance.programme_id
)
SELECT count(*), count(*) FILTER (WHERE kept IS NULL OR counted IS NULL OR
  (kept.programme_id, kept.came, kept.absent, kept.excused, kept.minutes_offered, kept.minutes_received)
  IS DISTINCT FROM
  (counted.programme_id, counted.came, counted.absent, counted.excused, counted.offered, counted.received))
FROM counted FULL JOIN participants_childmonth AS kept USING (child_id, ensemble_id, month)
""",
}


@dataclass(frozen=True)
class Drift:
    """How many cells were compared, how many differ, and of what kind those are."""

    cells: int
    drift: int
    kinds: tuple[str, ...] = ()

    def __add__(self, other: "Drift") -> "Drift":
        return Drift(self.cells + other.cells, self.drift + other.drift, (*self.kinds, *other.kinds))


def drift_of_kept_counts() -> Drift:
    """Returns the comparison of all kept counts with a recount of the rows; a statement for each kind of count."""
    cells, drift, kinds = 0, 0, []
    with connection.cursor() as cursor:
        for kind, recount in RECOUNTS.items():
            cursor.execute(recount)
            compared, differing = cursor.fetchone()
            cells += compared
            drift += differing
            if differing:
                kinds.append(kind)
    return Drift(cells, drift, tuple(kinds))


def drift_of_kept_figures(today: date) -> Drift:
    """
    Returns the comparison of the hubs' figures that would be shown as they were kept with a recount, child by child.

    In the `figures` role, which reads every mark and knows no child by name.
    """
    cells, drift, kinds = 0, 0, set[str]()
    shown = _still_shown(today).select_related("programme")
    for period, of_period in groupby(shown, lambda row: Period(row.year, row.starts_on, row.ends_on, row.term)):
        everywhere = marked_everywhere(period)
        for kept in of_period:
            pairs = list(_compared(kept, period, everywhere, today))
            differing = sum(one != other for one, other in pairs)
            if differing and version_of(kept.programme) != kept.version:
                # a register came in since: whoever looks next counts again
                continue
            cells += len(pairs)
            drift += differing
            if differing:
                kinds.add(f"figures of {kept.programme.short_name}")
    return Drift(cells, drift, tuple(sorted(kinds)))


def _still_shown(today: date) -> QuerySet[KeptFigures]:
    version = HubChange.objects.filter(programme=OuterRef("programme")).order_by().values("programme")
    sums = version.annotate(sum=Sum("changes")).values("sum")
    of_day = Q(counted_on=today) | Q(counted_on__gt=F("ends_on"), ends_on__lt=today)
    found = KeptFigures.objects.filter(of_day, edition=edition())
    found = found.annotate(now=Coalesce(Subquery(sums, output_field=BigIntegerField()), 0)).filter(version=F("now"))
    return found.order_by("year", "term", "starts_on", "ends_on", "programme", "kind")


def _compared(
    kept: KeptFigures, period: Period, everywhere: Iterable[Marked], today: date
) -> Iterator[tuple[object, object]]:
    if kept.kind == KeptFigures.Kind.SUMS:
        yield kept.figures, json.loads(json.dumps(summed(rows_of(kept.programme, period))))
        return
    told, counted = read(kept.figures), cells_of(kept.programme, period, everywhere, today)
    for table in {*told, *counted}:
        one, other = told.get(table, {}), counted.get(table, {})
        for place in {*one, *other}:
            yield one.get(place), other.get(place)


def cells_of(programme: Programme, period: Period, everywhere: Iterable[Marked], today: date) -> Cells:
    """
    Returns a hub's cells of the menu as the truth of the country counts them: child by child, from the marks.

    Two records that may be of one child are two, as they are to the hub until somebody says that they are one.
    """
    slug, slugs = programme.slug, {programme.pk: programme.slug}
    rows = [
        replace(row, upn_hash="", person_hash="", came_elsewhere_before=False)
        for row in everywhere
        if row.programme_id == programme.pk
    ]
    truth = Everybody(rows, slugs, weeks_of(period, slugs)).truth()
    cells: dict[str, Mapping[Place, Said]] = {
        tables.CHILDREN: {(ALL, ""): Said(truth.total.count)},
        tables.ATTENDANCE: {(ALL, ""): _mean(truth.attendance[slug], "1")},
        tables.INTENSITY: {
            (ALL, column): _mean(mean, "0.1") for (row, column), mean in truth.intensity.items() if row == slug
        },
    }
    for spread in truth.spreads:
        key = spread.dimension
        there = {category: of.count for category, of in spread.national.items() if of.count}
        cells[tables.by(key)] = {(category, ""): Said(count) for category, count in there.items()}
        cells[tables.attendance_by(key)] = {(each, ""): _mean(spread.attendance[each], "1") for each in there}
        cells[tables.hours_by(key)] = {(each, ""): _mean(spread.hours[each], "0.1") for each in there}
    for key, found in operations(period, slugs, today).items():
        cells[key] = {
            (ALL if row == slug else row, column): said
            for (row, column), said in found.items()
            if row == slug or key == tables.KINDS
        }
    return cells


def _mean(mean: Mean, to: str) -> Said:
    if mean.value is None:
        return Said()
    value = rounded(Decimal(mean.value), to)
    return Said(int(value) if to == "1" else value)
