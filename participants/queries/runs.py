"""
Absences in a row: what a coordinator should notice before a child is gone.

One run is told from marks in the browser's order (a grid has them all); those that stand today are found in the
database, among thousands of children. A test holds the two to the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, Sum

from inharmony.accounts.models import User
from participants.models import ChildMonth, Membership
from participants.models.attendance import ATTENDED, Mark
from programmes.models import Ensemble

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


# who can have been away so often is known from the months; of those alone the marks are read, the latest first
STANDING = """
WITH likely (child, ensemble, absent) AS ({likely}), mark AS (
  SELECT likely.child, likely.ensemble, session.day, mark.mark,
         count(*) FILTER (WHERE mark.mark IN ('p', 'l')) OVER (
           PARTITION BY likely.child, likely.ensemble ORDER BY session.day DESC, session.starts_at DESC
         ) AS came_since
  FROM likely
  JOIN programmes_session AS session ON session.ensemble_id = likely.ensemble AND session.day BETWEEN %s AND %s
  JOIN participants_attendance AS mark ON mark.session_id = session.id AND mark.child_id = likely.child
)
SELECT child, ensemble, count(*), min(day) FROM mark WHERE came_since = 0 AND mark IN ('r', 'a')
GROUP BY child, ensemble HAVING count(*) >= %s ORDER BY count(*) DESC, min(day), child, ensemble
"""


def standing_runs(user: User, today: date, *, programme: int | None = None) -> list[Away]:
    """
    Returns the children who missed the last three sessions and more of an ensemble they are in, the longest away first.

    What `runs` calls the last run, of the marks since the month before last. Two statements; with a programme, of it.
    """
    since = _months_back(today)
    ensembles = Ensemble.objects.visible_to(user)
    if programme is not None:
        ensembles = ensembles.filter(programme=programme)
    inside = Membership.objects.visible_to(user).on(today).filter(ensemble__in=ensembles.values("pk"))
    months = ChildMonth.objects.visible_to(user).filter(month__gte=since, month__lte=today)
    months = months.filter(Q(absent__gt=0), ensemble__in=ensembles.values("pk"))
    likely = months.values_list("child_id", "ensemble_id").annotate(Sum("absent")).filter(absent__sum__gte=LONG)
    sql, values = likely.order_by().query.get_compiler(connection=connection, elide_empty=False).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(STANDING.format(likely=sql), [*values, since, today, LONG])
        found = [Away(*row) for row in cursor.fetchall()]
    members = set(inside.filter(child__in=[one.child_id for one in found]).values_list("child_id", "ensemble_id"))
    return [one for one in found if (one.child_id, one.ensemble_id) in members]


def _months_back(today: date) -> date:
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)
