"""Waiting until somebody else waits: for tests of what a lock lets through."""

import time

from django.db import connection

# not of pg_stat_activity: a transaction reads that once
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def until_somebody_waits() -> None:
    """Returns once another connection waits for a lock; raises AssertionError after ten seconds."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waited for a lock.")
