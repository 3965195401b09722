"""Do the kept counts still say what the rows say? Counted here in other words than those that keep them."""

from dataclasses import dataclass

from django.db import connection

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
