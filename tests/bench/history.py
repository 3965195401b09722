"""Fifteen years of every hub: the demonstration's three, and the same again for every three years before them."""

import time

import psycopg

from tests.stack import RunningStack

YEARS, SEEDED = 15, 3
# whole weeks, so that a Tuesday stays a Tuesday
DAYS = 52 * 7
SESSIONS = """
INSERT INTO programmes_session (programme_id, ensemble_id, venue_id, tutor_id, day, starts_at, ends_at, kind,
  cancelled_at, cancel_reason, register_taken_at, register_taken_by_id, register_version, changed_at)
SELECT programme_id, ensemble_id, venue_id, tutor_id, day - %(back)s, starts_at, ends_at, kind,
  cancelled_at, cancel_reason, register_taken_at, register_taken_by_id, register_version, changed_at
FROM programmes_session WHERE NOT is_headcount AND day BETWEEN %(first)s AND %(last)s
ON CONFLICT DO NOTHING
"""
MARKS = """
INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)
SELECT past.id, child_id, past.programme_id, mark
FROM participants_attendance JOIN programmes_session AS now ON now.id = session_id
JOIN programmes_session AS past ON (past.ensemble_id, past.day, past.starts_at)
  = (now.ensemble_id, now.day - %(back)s, now.starts_at)
WHERE now.day BETWEEN %(first)s AND %(last)s
ORDER BY past.id, child_id
ON CONFLICT DO NOTHING
"""
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
        for times in range(1, YEARS // SEEDED):
            for statement in (SESSIONS, MARKS):
                admin.execute(statement, {"back": times * SEEDED * DAYS, "first": first, "last": last})
        admin.execute("VACUUM ANALYZE participants_attendance, programmes_session")
    began = time.perf_counter()
    stack.manage("rebuild_tallies")
    return time.perf_counter() - began
