"""Do the kept counts still say what the rows say?"""

from dataclasses import dataclass

from django.db import connection

RECOUNT = """
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
"""


@dataclass(frozen=True)
class Drift:
    """How many cells (a programme on a day) were compared, and how many differ."""

    cells: int
    drift: int


def drift_of_operational_counts() -> Drift:
    """Returns the comparison of the operational counts with a recount of all sessions; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT)
        cells, drift = cursor.fetchone()
    return Drift(cells, drift)
