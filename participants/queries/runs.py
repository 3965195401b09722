"""Absences in a row: what a coordinator should notice before a child is gone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import connection
from django.db.models import QuerySet

from inharmony.accounts.models import User
from participants.models import Attendance, Membership
from participants.models.attendance import ATTENDED, Mark
from programmes.models import Ensemble, Joining, Session

# as many as are worth a word
LONG = 3
# calendar months looked back on, this one among them: long enough for three sessions round any holiday
MONTHS = 3


@dataclass(frozen=True)
class Run:
    """Absences in a row, by their places among the marks given, and whether the child has not come since."""

    places: tuple[int, ...]
    is_last: bool


def runs(marks: Sequence[Mark | None]) -> list[Run]:
    """
    Returns the runs of three absences and more among a child's marks, in time order.

    Excused is passed over, and so is a session without a mark: neither says that the child came, or stayed away.
    """
    found: list[Run] = []
    open_: list[int] = []
    for place, mark in enumerate(marks):
        if mark in ATTENDED:
            found += _long(open_, is_last=False)
            open_ = []
        elif mark in {Mark.REASON_KNOWN, Mark.NO_REASON}:
            open_.append(place)
    return found + _long(open_, is_last=True)


def _long(places: list[int], *, is_last: bool) -> list[Run]:
    return [Run(tuple(places), is_last)] if len(places) >= LONG else []


@dataclass(frozen=True)
class Away:
    """A child who has not come to an ensemble since some day, and how many sessions they missed."""

    child_id: int
    ensemble_id: int
    times: int
    since: date


TAKEN = "day BETWEEN %s AND %s AND register_taken_at IS NOT NULL AND NOT is_headcount"
# whoever came to one of the last sessions that an ensemble played in is not away
LIKELY = """
WITH member (child, ensemble) AS ({members}), latest AS (
  SELECT playing.ensemble, session.id
  FROM (SELECT DISTINCT ensemble FROM member) AS playing CROSS JOIN LATERAL (
    SELECT id FROM (
      -- its own and those it joins, each by an index of its own
      (SELECT id, day, starts_at FROM programmes_session
       WHERE ensemble_id = playing.ensemble AND {taken} ORDER BY day DESC, starts_at DESC LIMIT {long})
      UNION ALL
      (SELECT session.id, day, starts_at FROM programmes_joining AS joining
       JOIN programmes_session AS session ON session.id = joining.session_id
       WHERE joining.ensemble_id = playing.ensemble AND {taken} ORDER BY day DESC, starts_at DESC LIMIT {long})
    ) AS played ORDER BY day DESC, starts_at DESC LIMIT {long}
  ) AS session
)
SELECT child, ensemble FROM member WHERE ensemble IN (SELECT ensemble FROM latest)
EXCEPT
SELECT came.child_id, latest.ensemble
FROM latest CROSS JOIN LATERAL (
  -- register by register: taken for many, the planner would read every mark there is
  SELECT child_id FROM participants_attendance WHERE session_id = latest.id AND mark IN ('p', 'l') OFFSET 0
) AS came
"""


def standing_runs(user: User, today: date, *, programme: int | None = None) -> list[Away]:
    """
    Returns the children who missed the last three sessions and more of an ensemble they are in, the longest away first.

    Their last run among the marks since the month before last; a mark in a session of several ensembles is one of each
    of them. Three statements; with a programme, of it alone.
    """
    ensembles = Ensemble.objects.visible_to(user)
    if programme is not None:
        ensembles = ensembles.filter(programme=programme)
    members = Membership.objects.visible_to(user).on(today).filter(ensemble__in=ensembles.values("pk"))
    days = (_months_back(today), today)
    likely = _likely(members, days)
    if not likely:
        return []
    told = _told(likely, user, days)
    found = [_away(*pair, told[pair]) for pair in likely if pair in told]
    return sorted((one for one in found if one), key=lambda one: (-one.times, one.since, one.child_id))


def _told(
    pairs: Collection[tuple[int, int]], user: User, days: tuple[date, date]
) -> dict[tuple[int, int], list[tuple[date, Mark]]]:
    """Returns the marks of children in time order, by child and ensemble that played, of the ensembles of the pairs."""
    ensembles = {ensemble for _, ensemble in pairs}
    own = Session.objects.visible_to(user).filter(ensemble__in=ensembles, day__range=days)
    joined = Joining.objects.filter(ensemble__in=ensembles, session__day__range=days)
    played = own.values_list("pk", "ensemble", "day", "starts_at").union(
        joined.values_list("session", "ensemble", "session__day", "session__starts_at")
    )
    by_session: dict[int, list[int]] = defaultdict(list)
    when: dict[int, tuple[date, time]] = {}
    for session, ensemble, day, starts_at in played:
        by_session[session].append(ensemble)
        when[session] = day, starts_at
    # register by register, by the one index that has both: a child has years of marks
    marks = Attendance.objects.visible_to(user).filter(session__in=by_session, child__in={child for child, _ in pairs})
    told: dict[tuple[int, int], list[tuple[date, Mark]]] = defaultdict(list)
    found = marks.values_list("child_id", "session_id", "mark")
    for child, session, mark in sorted(found, key=lambda one: (when[one[1]], one[1])):
        for ensemble in by_session[session]:
            told[child, ensemble].append((when[session][0], Mark(mark)))
    return told


def children_away(found: Iterable[Away]) -> int:
    """Returns how many children that is: one may be away from two ensembles."""
    return len({one.child_id for one in found})


def _likely(members: QuerySet[Membership], days: tuple[date, date]) -> set[tuple[int, int]]:
    pairs = members.order_by().values_list("child_id", "ensemble_id")
    sql, values = pairs.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(LIKELY.format(members=sql, taken=TAKEN, long=LONG), [*values, *days, *days])
        return set(cursor.fetchall())


def _away(child: int, ensemble: int, told: list[tuple[date, Mark]]) -> Away | None:
    last = next((run for run in runs([mark for _, mark in told]) if run.is_last), None)
    return Away(child, ensemble, len(last.places), told[last.places[0]][0]) if last else None


def _months_back(today: date) -> date:
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
