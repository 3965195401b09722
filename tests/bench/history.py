"""
Fifteen years of every hub: the demonstration's three, and the same again for every three years before them.

The demonstration has 730,000 marks a year, the country a million: some ensembles of the earlier years meet twice a day.
"""

import time
from datetime import timedelta
from itertools import product

import psycopg

from tests.stack import RunningStack

YEARS, SEEDED = 15, 3
# whole weeks, so that a Tuesday stays a Tuesday
DAYS = 52 * 7
SESSIONS = """
INSERT INTO programmes_session (programme_id, ensemble_id, venue_id, tutor_id, day, starts_at, ends_at, kind,
  cancelled_at, cancel_reason, register_taken_at, register_taken_by_id, register_version, changed_at)
SELECT programme_id, ensemble_id, venue_id, tutor_id, day - %(back)s, starts_at + %(later)s, ends_at + %(later)s, kind,
  cancelled_at, cancel_reason, register_taken_at, register_taken_by_id, register_version, changed_at
FROM programmes_session
WHERE NOT is_headcount AND day BETWEEN %(first)s AND %(last)s AND ensemble_id %% %(every)s = 0
ON CONFLICT DO NOTHING
"""
MARKS = """
INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)
SELECT past.id, child_id, past.programme_id, mark
FROM participants_attendance JOIN programmes_session AS now ON now.id = session_id
JOIN programmes_session AS past ON (past.ensemble_id, past.day, past.starts_at)
  = (now.ensemble_id, now.day - %(back)s, now.starts_at + %(later)s)
WHERE now.day BETWEEN %(first)s AND %(last)s AND now.ensemble_id %% %(every)s = 0
ORDER BY past.id, child_id
ON CONFLICT DO NOTHING
"""
# how much later on its day a session is held again, and of every how many-th ensemble
COPIES = ((timedelta(0), 1), (timedelta(hours=4, minutes=7), 2))
# none of the twelve years has a trigger's help: they are counted at once when all are there
QUICKLY = "SET session_replication_role = replica"


def lengthen(stack: RunningStack) -> float:
    """
    Gives every hub its earlier years, as the server's administrator, and has all roll-ups counted anew; returns the
    seconds that took.
    """
    ((first, last),) = stack.rows("SELECT min(day), max(day) FROM programmes_session")
    with psycopg.connect(stack.servers.admin_url(stack.database), autocommit=True) as admin:
        admin.execute(QUICKLY)
        for times, (later, every) in product(range(1, YEARS // SEEDED), COPIES):
            values = {"back": times * SEEDED * DAYS, "first": first, "last": last, "later": later, "every": every}
            for statement in (SESSIONS, MARKS):
                admin.execute(statement, values)
        admin.execute("VACUUM ANALYZE participants_attendance, programmes_session")
    began = time.perf_counter()
    stack.manage("rebuild_tallies")
    return time.perf_counter() - began
