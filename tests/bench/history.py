"""Fifteen years of one hub: the demonstration's three, and the same again for every three years before them."""

from tests.stack import RunningStack

YEARS, SEEDED = 15, 3
# whole weeks, so that a Tuesday stays a Tuesday
DAYS = 52 * 7
SESSIONS = """
INSERT INTO programmes_session (programme_id, ensemble_id, venue_id, tutor_id, day, starts_at, ends_at, kind,
  cancelled_at, cancel_reason, register_taken_at, register_taken_by_id, register_version, changed_at)
SELECT programme_id, ensemble_id, venue_id, tutor_id, day - %s, starts_at, ends_at, kind,
  cancelled_at, cancel_reason, register_taken_at, register_taken_by_id, register_version, changed_at
FROM programmes_session WHERE programme_id = %s AND day BETWEEN %s AND %s
ON CONFLICT DO NOTHING
"""
MARKS = """
INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)
SELECT past.id, child_id, past.programme_id, mark
FROM participants_attendance JOIN programmes_session AS now ON now.id = session_id
JOIN programmes_session AS past ON (past.ensemble_id, past.day, past.starts_at)
  = (now.ensemble_id, now.day - %s, now.starts_at)
WHERE now.programme_id = %s AND now.day BETWEEN %s AND %s
ON CONFLICT DO NOTHING
"""


def lengthen(stack: RunningStack, programme: int) -> int:
    """Gives a hub its earlier years, as the server's administrator; returns how many marks it then has."""
    ((first, last),) = stack.rows(
        "SELECT min(day), max(day) FROM programmes_session WHERE programme_id = %s", programme
    )
    for times in range(1, YEARS // SEEDED):
        for statement in (SESSIONS, MARKS):
            stack.rows(statement, times * SEEDED * DAYS, programme, first, last)
    return stack.one("SELECT count(*) FROM participants_attendance WHERE programme_id = %s", programme)
