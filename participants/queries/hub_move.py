"""Children who may have moved to another hub: found over all hubs by hashes, and the questions of one hub."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import connection
from django.db.models import Max, OuterRef, Subquery

from inharmony.accounts.models import User
from participants.models import Attendance, Enrolment, HubMove
from participants.models.attendance import ATTENDED
from participants.validators.identity import pair_hash
from programmes.models import Programme

# who is enrolled today and has a twin by both hashes in another programme; nobody at risk, on either side
_ENROLLED_TWICE = """
WITH enrolled AS (
  SELECT c.id AS child, c.programme_id AS programme, i.upn_hash, i.person_hash, e.starts_on AS counts_from,
    count(*) OVER (PARTITION BY i.upn_hash, i.person_hash) AS times
  FROM participants_identity i
  JOIN participants_child c ON c.id = i.child_id AND NOT c.is_at_risk
  JOIN participants_enrolment e ON e.child_id = c.id
    AND e.starts_on <= %(today)s AND (e.ends_on IS NULL OR e.ends_on >= %(today)s)
  WHERE i.upn_hash <> ''
)
SELECT e.child, e.programme, e.upn_hash || e.person_hash, e.counts_from,
  (SELECT min(starts_on) FROM participants_enrolment WHERE child_id = e.child),
  greatest(c.created_at, (SELECT max(pgh_created_at) FROM participants_childchange h WHERE h.child_id = e.child
    AND h.changed && ARRAY['forename', 'surname', 'date_of_birth', 'upn_hash']::varchar[])),
  EXISTS (SELECT FROM participants_attendance a WHERE a.child_id = e.child AND a.mark IN ('p', 'l'))
FROM enrolled e JOIN participants_child c ON c.id = e.child
WHERE e.times > 1
"""


@dataclass(frozen=True)
class Moved:
    """That a child of a programme may be in another since a day."""

    programme_id: int
    child_id: int
    pair: str
    counts_from: date


@dataclass(frozen=True)
class _Enrolled:
    """A child enrolled today: since when, since when under just this identity, and whether they ever came."""

    child_id: int
    programme_id: int
    counts_from: date
    first_on: date
    known_since: datetime
    has_come: bool


def moved_between_hubs(today: date) -> list[Moved]:
    """
    Returns who may have moved, once for the programme they were in first; needs the `figures` role.

    First is who was enrolled earlier and was in the portal under this very identity earlier: a day of entry is typed,
    and a record can be rewritten into somebody else's, so neither alone says who knew the child first. And the child
    has come there: a name that was only put on a list waits for nobody. See docs/decisions/0023.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ENROLLED_TWICE, {"today": today})
        rows = cursor.fetchall()
    alike: dict[str, list[_Enrolled]] = defaultdict(list)
    for child, programme, hashes, counts_from, *rest in rows:
        alike[hashes].append(_Enrolled(child, programme, counts_from, *rest))
    return sorted(_moved(alike.values()), key=lambda one: (one.programme_id, one.child_id))


def _moved(alike: Iterable[list[_Enrolled]]) -> Iterator[Moved]:
    for records in alike:
        for first, then in pairwise(sorted(records, key=lambda one: (one.first_on, one.child_id))):
            is_first = first.first_on < then.first_on and first.known_since < then.known_since
            if is_first and first.has_come and first.programme_id != then.programme_id:
                pair = pair_hash(first.child_id, then.child_id)
                yield Moved(first.programme_id, first.child_id, pair, then.counts_from)


def waiting_moves(programme: Programme, user: User) -> list[HubMove]:
    """Returns the questions of a hub that wait, with child, school of today (`school`) and the day last come."""
    stay = Enrolment.objects.visible_to(user).filter(child=OuterRef("child")).order_by("-starts_on")
    came = Attendance.objects.visible_to(user).filter(child=OuterRef("child"), mark__in=ATTENDED)
    last = came.order_by().values("child").annotate(last=Max("session__day")).values("last")
    found = HubMove.objects.visible_to(user).waiting().filter(programme=programme).select_related("child")
    return list(
        found.annotate(school=Subquery(stay.values("school__name")[:1]), last_came=Subquery(last[:1])).order_by(
            "counts_from", "child__sort_key", "pk"
        )
    )


def moves_waiting(programme: Programme, user: User) -> int:
    """Returns how many questions of a hub wait; where none does, which is nearly always, by the cheapest statement."""
    mine = HubMove.objects.visible_to(user).filter(programme=programme, state=HubMove.State.WAITING)
    return mine.waiting().count() if mine.exists() else 0


def answered_moves(programme: Programme, user: User) -> list[HubMove]:
    """Returns the last answers of a hub, the newest first."""
    answered = HubMove.objects.visible_to(user).filter(programme=programme, answered_at__isnull=False)
    return list(answered.select_related("child", "answered_by").order_by("-answered_at", "-pk")[:20])
