"""Marks of every register taken, made inside the database from who was expected. About nine in ten come."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from evaluation.demonstration.sessions import FORGOTTEN

# A child's own habit (from 0 up to 1) moves the border between coming and staying away; excused and late do not move.
MARKS = """
INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)
SELECT session_id, child_id, programme_id,
  CASE WHEN chance < 0.02 THEN 'e'
       WHEN chance < 0.06 THEN 'l'
       WHEN chance < 0.94 - 0.1 * habit * habit THEN 'p'
       WHEN chance < 0.975 - 0.04 * habit THEN 'r'
       ELSE 'a' END
FROM (
  SELECT meeting.id AS session_id, playing.child_id, playing.programme_id,
         pg_temp.chance(meeting.number * 1000003 + child_number, %(seed)s) AS chance,
         pg_temp.chance(child_number, %(seed)s + 1) AS habit
  FROM pg_temp.meeting JOIN pg_temp.playing USING (ensemble_id)
  WHERE day >= %(starts)s AND day < least(%(ends)s, %(today)s) AND meeting.chance >= %(forgotten)s
    AND day BETWEEN playing.starts_on AND coalesce(playing.ends_on, 'infinity')
) expected
ORDER BY session_id, child_id
"""


def write_marks(years: Sequence[int], today: date, seed: int) -> int:
    """Writes the marks of all registers taken, one academic year a statement; returns how many."""
    count = 0
    with connection.cursor() as cursor:
        for year in years:
            starts, ends = date(year, 9, 1), date(year + 1, 9, 1)
            cursor.execute(
                MARKS, {"starts": starts, "ends": ends, "today": today, "seed": seed, "forgotten": FORGOTTEN}
            )
            count += cursor.rowcount
    return count
