"""Counting again all that is kept as counts, from marks and sessions: what to do when `check_figures` finds a drift."""

import time
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import LockNotAvailable

MINUTES = "(extract(epoch FROM ends_at - starts_at) / 60)::int"
# what triggers keep by differences, in one pass over all rows
REGISTERS = """
SELECT session_id, programme_id, count(*) FILTER (WHERE mark = 'p'), count(*) FILTER (WHERE mark = 'l'),
       count(*) FILTER (WHERE mark = 'r'), count(*) FILTER (WHERE mark = 'a'), count(*) FILTER (WHERE mark = 'e')
FROM participants_attendance GROUP BY session_id, programme_id
"""
MONTHS = f"""
SELECT child_id, ensemble_id, month, mark.programme_id, count(*) FILTER (WHERE mark IN ('p', 'l')),
       count(*) FILTER (WHERE mark IN ('r', 'a')), count(*) FILTER (WHERE mark = 'e'), sum(minutes),
       coalesce(sum(minutes) FILTER (WHERE mark IN ('p', 'l')), 0)
FROM participants_attendance AS mark
JOIN (SELECT id, ensemble_id, date_trunc('month', day)::date AS month, {MINUTES} AS minutes FROM programmes_session)
  AS session ON session.id = session_id
GROUP BY child_id, ensemble_id, month, mark.programme_id
"""  # noqa: S608 - written above
DAYS = f"""
SELECT programme_id, day, count(*), count(register_taken_at), count(cancelled_at), sum({MINUTES}),
       coalesce(sum({MINUTES}) FILTER (WHERE register_taken_at IS NOT NULL), 0)
FROM programmes_session GROUP BY programme_id, day
"""  # noqa: S608 - written above
# table and columns, and what is written into them; the tables are empty before
INTO = (
    (
        "participants_registertally",
        "session_id, programme_id, present, late, reason_known, no_reason, excused",
        REGISTERS,
    ),
    (
        "participants_childmonth",
        "child_id, ensemble_id, month, programme_id, came, absent, excused, minutes_offered, minutes_received",
        MONTHS,
    ),
    (
        "programmes_operationalcount",
        "programme_id, day, planned, held, cancelled, minutes_planned, minutes_held",
        DAYS,
    ),
)
# counted by itself several processes count, which an INSERT has not; written in the order of the key, which is faster
COUNT = "CREATE TEMPORARY TABLE counted ({columns}) ON COMMIT DROP AS {counts}"
WRITE = "INSERT INTO {table} ({columns}) SELECT {columns} FROM counted ORDER BY 1, 2, 3"
WALLED = ("participants_attendance", "participants_registertally", "participants_childmonth")
COUNTS = tuple(table for table, *_ in INTO)
# sessions first, as whoever takes a register does
LOCK = f"LOCK TABLE {', '.join(dict.fromkeys(('programmes_session', *WALLED, *COUNTS)))} IN ACCESS EXCLUSIVE MODE"
# less than PostgreSQL waits before it ends somebody for a deadlock (1 s): who reads or saves is never the one who ends
PATIENCE = "SET LOCAL lock_timeout = '500ms'"
ENDLESS = "SET LOCAL lock_timeout = 0"
TRIES, PAUSE = 120, 0.25
# the months of fifteen years are added up in memory; the planner takes a child's months for as many as their marks, and
# would have one process read them all
PLANNED = (
    "SET LOCAL work_mem = '256MB'",
    "SET LOCAL hash_mem_multiplier = 4",
    "SET LOCAL parallel_setup_cost = 0",
    "SET LOCAL parallel_tuple_cost = 0",
)


class BusyError(Exception):
    """Somebody read or saved all the while."""


@dataclass(frozen=True)
class Rebuilt:
    """How many counts were made again, of each kind."""

    registers: int
    months: int
    days: int


def rebuild_tallies() -> Rebuilt:
    """
    Returns what was counted again, in one transaction; as `owner`, the one login that may write counts by hand.

    The walls hold for the owner too while they are forced, so they are not, inside this transaction and for nobody
    else; whoever reads or saves a register waits until it ends. What was kept of hubs is counted anew by who looks.
    Raises BusyError where for a minute and a half there is always somebody who reads or saves.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor)
        for table in WALLED:
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        for statement in PLANNED:
            cursor.execute(statement)
        cursor.execute(f"TRUNCATE {', '.join(COUNTS)}")
        counted = []
        for table, columns, counts in INTO:
            cursor.execute(COUNT.format(columns=columns, counts=counts))
            cursor.execute(WRITE.format(table=table, columns=columns))
            counted.append(cursor.rowcount)
            cursor.execute("DROP TABLE counted")
        cursor.execute("INSERT INTO evaluation_hubchange (programme_id) SELECT id FROM programmes_programme")
        for table in WALLED:
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    return Rebuilt(*counted)


def _lock(cursor: CursorWrapper) -> None:
    """Takes all tables or none, and gives way to whoever holds one of them and waits for another."""
    cursor.execute(PATIENCE)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                cursor.execute(LOCK)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            time.sleep(PAUSE)
        else:
            cursor.execute(ENDLESS)
            return
    raise BusyError(
        "Nothing was counted: somebody read or saved registers all the while. Try again when it is quieter."
    )
