"""Operational counts kept by triggers equal a recount, after random statements on several connections at once."""

import threading
from collections import Counter
from datetime import date, time, timedelta
from random import Random

import psycopg
from psycopg import errors

from tests.factories import programmes
from tests.prove.stage import Outcome, Stage

LEAST = 3_000
A_ROUND = 100  # statements of each connection between two recounts
CONNECTIONS = 3
FIRST_DAY = date(2026, 3, 20)  # the clocks change in between
DAYS = 20

DIFFERING = """
WITH recount AS (
  SELECT programme_id, day, count(*) AS planned, count(register_taken_at) AS held, count(cancelled_at) AS cancelled,
         sum(minutes) AS minutes_planned, sum(minutes) FILTER (WHERE register_taken_at IS NOT NULL) AS minutes_held
  FROM (SELECT *, (date_part('hour', ends_at) - date_part('hour', starts_at)) * 60
               + date_part('minute', ends_at) - date_part('minute', starts_at) AS minutes
        FROM programmes_session) AS sessions
  GROUP BY programme_id, day
)
SELECT programme_id, day FROM recount FULL JOIN programmes_operationalcount AS kept USING (programme_id, day)
WHERE (coalesce(recount.planned, 0), coalesce(recount.held, 0), coalesce(recount.cancelled, 0),
       coalesce(recount.minutes_planned, 0), coalesce(recount.minutes_held, 0))
   IS DISTINCT FROM
      (coalesce(kept.planned, 0), coalesce(kept.held, 0), coalesce(kept.cancelled, 0),
       coalesce(kept.minutes_planned, 0), coalesce(kept.minutes_held, 0))
"""
SOME = "SELECT id FROM programmes_session WHERE ensemble_id = ANY(%(own)s) AND hashint8(id + %(salt)s) %% 4 = 0"
OPEN = "cancelled_at IS NULL AND register_taken_at IS NULL"
STATEMENTS = {
    "plan": "INSERT INTO programmes_session (programme_id, ensemble_id, day, starts_at, ends_at, kind, cancel_reason,"
    " register_version) SELECT e.programme_id, e.id, %(day)s + n %% 3, %(starts)s, %(ends)s, 'curricular', '', 0"
    " FROM programmes_ensemble e, generate_series(0, %(many)s) AS n WHERE e.id = ANY(%(own)s) ON CONFLICT DO NOTHING",
    "move": f"UPDATE programmes_session SET day = %(day)s, starts_at = %(starts)s, ends_at = %(ends)s"
    f" WHERE id = (SELECT min(id) FROM ({SOME}) AS chosen)",
    "lengthen": f"UPDATE programmes_session SET ends_at = %(late)s WHERE id IN ({SOME})",
    "take": "UPDATE programmes_session SET register_taken_at = now(), register_taken_by_id = %(user)s,"
    f" register_version = register_version + 1 WHERE {OPEN} AND id IN ({SOME})",
    "correct": "UPDATE programmes_session SET register_version = register_version + 1"
    f" WHERE register_taken_at IS NOT NULL AND id IN ({SOME})",
    "take back": "UPDATE programmes_session SET register_taken_at = NULL, register_taken_by_id = NULL,"
    f" register_version = 0 WHERE id IN ({SOME})",
    "cancel": "UPDATE programmes_session SET cancelled_at = now(), cancel_reason = 'no_room'"
    f" WHERE {OPEN} AND id IN ({SOME})",
    "restore": f"UPDATE programmes_session SET cancelled_at = NULL, cancel_reason = '' WHERE id IN ({SOME})",
    "delete": f"DELETE FROM programmes_session WHERE id IN ({SOME})",
}


def prove(stage: Stage) -> Outcome:
    """Returns the number of statements; wrong is any day of a programme whose counts differ from a recount."""
    outcome, counts = Outcome(), Counter()
    cast = stage.cast
    own = [
        [programmes.ensemble(hub, f"Counted {number}").pk for hub in (cast.liverpool, cast.leeds)]
        for number in range(CONNECTIONS)
    ]
    # many days in one transaction, in any order, as no act does it: two of those may wait for each other
    stage.stack.rows(f"ALTER DATABASE {stage.stack.database} SET deadlock_timeout = '20ms'")
    while not outcome.wrong and (stage.goes_on or counts["statements"] < LEAST):
        threads = [
            threading.Thread(target=_work, args=(stage, Random(stage.rng.random()), ensembles, counts, outcome))
            for ensembles in own
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        differing = stage.stack.rows(DIFFERING)
        outcome.expect(not differing, f"after {counts['statements']} statements the counts differ: {differing[:5]}")
        counts["recounts"] += 1
    outcome.expect(counts["rows"] > counts["statements"], f"only {counts['rows']} sessions changed: nothing was tested")
    days = stage.stack.one("SELECT count(*) FROM programmes_operationalcount")
    outcome.counted = counts["statements"]
    outcome.words = (
        f"statements on {CONNECTIONS} connections ({counts['rows']} sessions planned, moved, taken, cancelled, deleted; "
        f"{counts['undone']} rolled back), {counts['recounts']} recounts of {days} days"
    )
    return outcome


def _work(stage: Stage, rng: Random, own: list[int], counts: Counter, outcome: Outcome) -> None:
    url = stage.stack.servers.database_url("web", stage.stack.database)
    done = Counter()
    try:
        with psycopg.connect(url) as connection:
            for _ in range(A_ROUND):
                _one_transaction(connection, rng, own, stage.cast.joanne.pk, done)
    except psycopg.Error as error:
        outcome.wrong.append(repr(error))
    counts.update(done)


def _one_transaction(connection, rng: Random, own: list[int], user: int, done: Counter) -> None:
    """Does one to three statements and keeps them, or now and then does not."""
    names = rng.choices(list(STATEMENTS), weights=[4, 3, 2, 4, 2, 1, 2, 1, 1], k=rng.choice([1, 1, 3]))
    try:
        for name in names:
            done["rows"] += connection.execute(STATEMENTS[name], _values(rng, own, user)).rowcount
            done["statements"] += 1
    except (errors.UniqueViolation, errors.DeadlockDetected):
        # a time that is taken; or two that wait for each other's days: one gives way, whole
        connection.rollback()
        done["undone"] += 1
        return
    if rng.random() < 0.15:
        connection.rollback()
        done["undone"] += 1
    else:
        connection.commit()


def _values(rng: Random, own: list[int], user: int) -> dict[str, object]:
    hour = rng.randrange(6, 16)
    return {
        "own": own,
        "user": user,
        "salt": rng.randrange(1_000_000),
        "many": rng.randrange(6),
        "day": FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
        "starts": time(hour, rng.randrange(60)),
        "ends": time(hour + rng.randrange(1, 3), rng.randrange(60)),
        "late": time(rng.randrange(19, 24), rng.randrange(60)),
    }
