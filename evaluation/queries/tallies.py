"""
The sums a hub's figures are made of: a statement each, whatever the period holds.

Marks are not added up here: the database keeps what they add up to (`participants.models.tally`).
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from evaluation.figures.period import Period, whole_year
from evaluation.figures.tallies import ChildSums, EnsembleTally, FieldTally, SessionSums, SessionTally
from participants.models import Attendance, Child, ChildMonth, Enrolment, Placement, Playing
from programmes.models import Session

COLUMNS = (
    "day",
    "starts_at",
    "ends_at",
    "register_taken_at",
    "cancelled_at",
    "cancel_reason",
    "ensemble_id",
    "ensemble__name",
    "ensemble__school_id",
    "ensemble__school__name",
    "tally__present",
    "tally__late",
    "tally__reason_known",
    "tally__no_reason",
    "tally__excused",
)
MONTH_COLUMNS = ("child_id", "ensemble_id", "came", "absent", "excused", "minutes_offered", "minutes_received")
MARK_COLUMNS = ("child_id", "session__ensemble_id", "mark", "session__starts_at", "session__ends_at")
# a session of today is missing from tomorrow on; until then it is still to come
SESSIONS = """
WITH session AS (
  SELECT day, date_trunc('week', day)::date AS week, ends_at - starts_at AS length, cancel_reason,
         ensemble, ensemble_name, school, school_name,
         taken IS NOT NULL AS held, cancelled IS NOT NULL AS cancelled,
         taken IS NOT NULL OR cancelled IS NULL AND day < %s AS due,
         present + late AS came, present + late + reason_known + no_reason AS possible,
         present + late + reason_known + no_reason + excused AS listed
  FROM ({sessions}) AS seen (day, starts_at, ends_at, taken, cancelled, cancel_reason, ensemble, ensemble_name, school,
                             school_name, present, late, reason_known, no_reason, excused)
)
SELECT grouping(week, ensemble, cancel_reason), week, ensemble, ensemble_name, school, school_name, cancel_reason,
       count(*), count(*) FILTER (WHERE held), count(*) FILTER (WHERE cancelled), count(*) FILTER (WHERE due),
       coalesce(sum(length) FILTER (WHERE held), '0'),
       coalesce(sum(came), 0)::int, coalesce(sum(possible), 0)::int,
       coalesce(sum(listed * length), '0'), coalesce(sum(came * length), '0'),
       count(DISTINCT week) FILTER (WHERE listed > 0), min(day) FILTER (WHERE due AND NOT held)
FROM session
GROUP BY GROUPING SETS ((), (week), (ensemble, ensemble_name, school, school_name), (cancel_reason))
ORDER BY ensemble_name, ensemble
"""
# which of week, ensemble and reason a row is not told apart by, as `grouping` numbers them
ALL, BY_WEEK, BY_ENSEMBLE, BY_REASON = 7, 3, 5, 6


def session_sums(sessions: QuerySet[Session], today: date) -> SessionSums:
    """Returns the sums of the sessions given, and of their registers; one statement."""
    seen, values = _compiled(sessions.order_by().values_list(*COLUMNS))
    total, weeks, ensembles, cancelled = SessionTally(), {}, [], {}
    for by, week, ensemble, name, school, school_name, reason, *sums in _rows(
        SESSIONS.format(sessions=seen), [today, *values]
    ):
        tally = SessionTally(*sums)
        if by == ALL:
            total = tally
        elif by == BY_WEEK:
            weeks[week] = tally
        elif by == BY_ENSEMBLE:
            ensembles.append(EnsembleTally(ensemble, name, school, school_name or "", tally))
        elif reason:
            cancelled[reason] = tally.cancelled
    return SessionSums(total, weeks, tuple(ensembles), cancelled)


def written_sums(sums: SessionSums) -> dict[str, Any]:
    """Returns the sums as JSON has them."""
    return {
        "all": _written(sums.all),
        "weeks": [[monday.isoformat(), _written(tally)] for monday, tally in sorted(sums.by_week.items())],
        "ensembles": [
            [one.ensemble, one.name, one.school, one.school_name, _written(one.sessions)] for one in sums.by_ensemble
        ],
        "cancelled": dict(sums.cancelled),
    }


def read_sums(kept: Mapping[str, Any]) -> SessionSums:
    """Returns the sums that `written_sums` wrote."""
    return SessionSums(
        _read(kept["all"]),
        {date.fromisoformat(monday): _read(tally) for monday, tally in kept["weeks"]},
        tuple(EnsembleTally(pk, name, school, at, _read(tally)) for pk, name, school, at, tally in kept["ensembles"]),
        kept["cancelled"],
    )


LENGTHS = frozenset({"length", "offered", "received"})


def _written(tally: SessionTally) -> dict[str, Any]:
    kept = {name: value for name, value in vars(tally).items() if value}
    for name in LENGTHS & kept.keys():
        kept[name] = round(kept[name].total_seconds())
    return kept | ({"since": tally.since.isoformat()} if tally.since else {})


def _read(kept: Mapping[str, Any]) -> SessionTally:
    tally = dict(kept)
    for name in LENGTHS & kept.keys():
        tally[name] = timedelta(seconds=tally[name])
    if "since" in kept:
        tally["since"] = date.fromisoformat(kept["since"])
    return SessionTally(**tally)


@dataclass(frozen=True)
class Days:
    """A period as calendar months that count whole, and the days by which they are too few (1) or too many (-1)."""

    months: tuple[date, date] | None
    edges: tuple[tuple[int, date, date], ...]


def days_of(period: Period) -> Days:
    """Returns the days of a period such that as few as can be are read mark by mark."""
    first, last = _first_of(period.starts_on), _first_of(period.ends_on)
    if first == last:
        return Days(None, ((1, period.starts_on, period.ends_on),))
    edges = []
    if before := (period.starts_on - first).days:
        end = _last_of(first)
        if before <= (end - period.starts_on).days:
            edges.append((-1, first, period.starts_on - timedelta(days=1)))
        else:
            edges.append((1, period.starts_on, end))
            first = end + timedelta(days=1)
    if after := (_last_of(last) - period.ends_on).days:
        if after <= (period.ends_on - last).days:
            edges.append((-1, period.ends_on + timedelta(days=1), _last_of(last)))
        else:
            edges.append((1, last, period.ends_on))
            last = _first_of(last - timedelta(days=1))
    return Days((first, last) if first <= last else None, tuple(edges))


def _first_of(day: date) -> date:
    return day.replace(day=1)


def _last_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


# of a part of the period: a child, an ensemble, times they came, could have come and were listed, minutes
MONTHS = """
  SELECT child, ensemble, came, came + absent, came + absent + excused, offered, received
  FROM ({months}) AS seen (child, ensemble, came, absent, excused, offered, received)
"""
EDGE = """
  SELECT child, ensemble, sign * came::int, sign * (mark <> 'e')::int, sign, sign * minutes,
         sign * came::int * minutes
  FROM (SELECT child, ensemble, mark, mark IN ('p', 'l') AS came, %s AS sign,
               (extract(epoch FROM ends_at - starts_at) / 60)::int AS minutes
        FROM ({marks}) AS seen (child, ensemble, mark, starts_at, ends_at)) AS edge
"""
PARTS = "({}) AS parts (child, ensemble, came, possible, listed, offered, received)"
CHILDREN = """
WITH part AS (
  SELECT child, ensemble, sum(came) > 0 AS came FROM {parts}
  GROUP BY child, ensemble HAVING sum(listed) > 0
), each AS (
  SELECT child, bool_or(came) AS came FROM part GROUP BY child
), placed AS (
  SELECT DISTINCT ON (child) child, year_group FROM ({placements}) AS seen (child, year_group, starts_on, id)
  ORDER BY child, starts_on DESC, id DESC
)
SELECT 'all', NULL, NULL, count(*), count(*) FILTER (WHERE came) FROM each
UNION ALL
SELECT 'school', e.school_id, NULL, 0, count(DISTINCT child)
FROM part JOIN programmes_ensemble AS e ON e.id = ensemble WHERE came GROUP BY e.school_id
UNION ALL
SELECT 'year group', NULL, year_group, 0, count(*) FROM each JOIN placed USING (child) WHERE came GROUP BY year_group
"""


def child_sums(
    months: QuerySet[ChildMonth], attendance: QuerySet[Attendance], placements: QuerySet[Placement], period: Period
) -> ChildSums:
    """Returns the children on a register of the period, each once; one statement. The rows given are of any time."""
    parts, values = _parts(months, attendance, days_of(period))
    year = placements.filter(academic_year_id=period.year).order_by()
    placed, more = _compiled(year.values_list("child_id", "year_group", "enrolment__starts_on", "pk"))
    listed, reached, schools, groups = 0, 0, {}, {}
    for kind, school, group, first, count in _rows(CHILDREN.format(parts=parts, placements=placed), [*values, *more]):
        if kind == "all":
            listed, reached = first, count
        elif kind == "school":
            schools[school] = count
        else:
            groups[group] = count
    return ChildSums(listed, reached, schools, groups)


def written_children(sums: ChildSums) -> dict[str, Any]:
    """Returns the sums as JSON has them."""
    return {
        "listed": sums.listed,
        "reached": sums.reached,
        "schools": sorted(sums.by_school.items(), key=str),
        "year_groups": dict(sums.by_year_group),
    }


def read_children(kept: Mapping[str, Any]) -> ChildSums:
    """Returns the sums that `written_children` wrote."""
    schools = {school: count for school, count in kept["schools"]}  # noqa: C416 - pairs of JSON are lists
    return ChildSums(kept["listed"], kept["reached"], schools, kept["year_groups"])


# what children are told apart by, as the database has it (`evaluation.menu.categories` says what it is counted as)
FIELDS = (
    "year_group",
    "sex",
    "is_pupil_premium",
    "sen",
    "is_eal",
    "ethnicity",
    "home_decile",
    "instrument",
    "came_before",
    "has_left",
)
# all of them, as `grouping` numbers those that a row is not told apart by
EVERY_FIELD = 2 ** len(FIELDS) - 1
FIELD_TALLIES = """
WITH part AS (
  SELECT child, sum(came) AS came, sum(possible) AS possible, sum(offered) AS offered, sum(received) AS received
  FROM {parts} GROUP BY child HAVING sum(listed) > 0
), placed AS (
  SELECT DISTINCT ON (child) child, year_group FROM ({placements}) AS seen (child, year_group, starts_on, id)
  ORDER BY child, starts_on DESC, id DESC
), playing AS (
  SELECT DISTINCT ON (child) child, instrument FROM ({playings}) AS seen (child, instrument, starts_on, id)
  ORDER BY child, starts_on DESC, id DESC
), told AS (
  SELECT coalesce(year_group, '') AS year_group, sex, is_pupil_premium, sen, is_eal, ethnicity, home_decile,
         coalesce(instrument, '') AS instrument,
         before.came IS NOT NULL AS came_before,
         NOT EXISTS (SELECT FROM ({going_on}) AS seen (child) WHERE seen.child = part.child)
           AND EXISTS (SELECT FROM ({ended}) AS seen (child) WHERE seen.child = part.child) AS has_left,
         part.came, possible, offered, received
  FROM part
  -- child by child, one look each: as a set, every earlier month of the hub would be read for it
  LEFT JOIN LATERAL (
    SELECT true AS came FROM ({earlier}) AS seen (child) WHERE seen.child = part.child LIMIT 1
  ) AS before ON true
  JOIN ({children}) AS each (child, sex, is_pupil_premium, sen, is_eal, ethnicity, home_decile) USING (child)
  LEFT JOIN placed USING (child) LEFT JOIN playing USING (child)
)
SELECT grouping({fields}), {fields}, count(*), count(*) FILTER (WHERE came > 0),
       coalesce(sum(came), 0)::int, coalesce(sum(possible), 0)::int,
       coalesce(sum(offered), 0)::int, coalesce(sum(received), 0)::int
FROM told GROUP BY GROUPING SETS ((), {sets})
"""


@dataclass(frozen=True)
class ChildRows:
    """The rows that children are told apart by: of one programme, of any time, as far as they may be seen."""

    months: QuerySet[ChildMonth]
    attendance: QuerySet[Attendance]
    children: QuerySet[Child]
    placements: QuerySet[Placement]
    playings: QuerySet[Playing]
    enrolments: QuerySet[Enrolment]


def field_tallies(rows: ChildRows, period: Period) -> tuple[FieldTally, Mapping[str, Mapping[Any, FieldTally]]]:
    """Returns the children on a register of the period: all, and by each of `FIELDS` and its value; one statement."""
    year = rows.placements.filter(academic_year_id=period.year)
    played = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
    playings = rows.playings.filter(played, starts_on__lte=period.ends_on)
    earlier = rows.months.filter(came__gt=0, month__lt=whole_year(period.year).starts_on)
    going_on = rows.enrolments.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=period.ends_on))
    ended = rows.enrolments.filter(ends_on__range=(period.starts_on, period.ends_on))
    fields = ("sex", "is_pupil_premium", "sen", "is_eal", "ethnicity", "home_decile")
    # in the order in which the statement names them
    named = {"parts": _parts(rows.months, rows.attendance, days_of(period))} | {
        name: _compiled(of.order_by().values_list(*columns))
        for name, of, columns in (
            ("placements", year, ("child_id", "year_group", "enrolment__starts_on", "pk")),
            ("playings", playings, ("child_id", "instrument", "starts_on", "pk")),
            ("going_on", going_on, ("child_id",)),
            ("ended", ended, ("child_id",)),
            ("earlier", earlier, ("child_id",)),
            ("children", rows.children, ("pk", *fields)),
        )
    }
    values = [value for _, own in named.values() for value in own]
    whole, by_field = FieldTally(), {field: dict[Any, FieldTally]() for field in FIELDS}
    statement = FIELD_TALLIES.format(
        **{name: sql for name, (sql, _) in named.items()}, fields=", ".join(FIELDS), sets=f"({'), ('.join(FIELDS)})"
    )
    for by, *row in _rows(statement, values):
        tally = FieldTally(*row[len(FIELDS) :])
        if by == EVERY_FIELD:
            whole = tally
        else:
            # the one bit that is not set is the field's
            field = next(n for n in range(len(FIELDS)) if not by >> (len(FIELDS) - 1 - n) & 1)
            by_field[FIELDS[field]][row[field]] = tally
    return whole, by_field


def _parts(months: QuerySet[ChildMonth], attendance: QuerySet[Attendance], days: Days) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if days.months:
        inside = months.filter(month__range=days.months).order_by()
        sql, own = _compiled(inside.values_list(*MONTH_COLUMNS))
        parts.append(MONTHS.format(months=sql))
        values += own
    for sign, first, last in days.edges:
        marks = attendance.filter(session__day__range=(first, last)).order_by()
        sql, own = _compiled(marks.values_list(*MARK_COLUMNS))
        parts.append(EDGE.format(marks=sql))
        values += [sign, *own]
    return PARTS.format(" UNION ALL ".join(parts)), values


def _compiled(rows: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    """Who may see stays one queryset, and the statement counts from it; where nothing may be seen it counts nothing."""
    sql, values = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, list(values)


def _rows(statement: str, values: list[Any]) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()
