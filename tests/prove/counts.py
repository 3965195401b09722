"""Counts kept by triggers equal a recount, after random statements on several connections at once."""

import threading
from collections import Counter
from datetime import date, time, timedelta
from random import Random

import psycopg
from psycopg import errors

from evaluation.queries.drift import RECOUNTS
from tests.factories import programmes
from tests.prove.stage import Outcome, Stage

LEAST = 3_000
A_ROUND = 100  # statements of each connection between two recounts
CONNECTIONS = 3
FIRST_DAY = date(2026, 3, 20)  # the clocks change in between
DAYS = 20

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
    "delete": f"DELETE FROM programmes_session s WHERE id IN ({SOME})"
    " AND NOT EXISTS (SELECT FROM participants_attendance WHERE session_id = s.id)",
    "mark": "INSERT INTO participants_attendance (session_id, child_id, programme_id, mark)"
    " SELECT s.id, c.id, c.programme_id, substr('plrae', 1 + (c.id + s.id + %(salt)s)::int %% 5, 1)"
    f" FROM programmes_session s JOIN participants_child c USING (programme_id) WHERE s.id IN ({SOME})"
    " AND hashint8(c.id + %(salt)s) %% 3 <> 0 ON CONFLICT (session_id, child_id) DO UPDATE SET mark = excluded.mark",
    "mark again": f"UPDATE participants_attendance SET mark = %(mark)s WHERE session_id IN ({SOME})",
    "take marks away": f"DELETE FROM participants_attendance WHERE session_id IN ({SOME})"
    " AND hashint8(child_id + %(salt)s) %% 2 = 0",
    "to another ensemble": "UPDATE programmes_session SET ensemble_id = %(ensemble)s WHERE id = ("
    "SELECT min(s.id) FROM programmes_session s JOIN programmes_ensemble e ON e.id = %(ensemble)s"
    f" AND e.programme_id = s.programme_id WHERE s.id IN ({SOME}))",
}
WEIGHTS = [4, 3, 2, 4, 2, 1, 2, 1, 1, 4, 2, 1, 1]


def prove(stage: Stage) -> Outcome:
    """Returns the number of statements; wrong is any day of a programme whose counts differ from a recount."""
    outcome, counts = Outcome(), Counter()
    cast = stage.cast
    hubs = (cast.liverpool, cast.leeds)
    # one that all of them write at once, and one each
    shared = [programmes.ensemble(hub, "Counted by all").pk for hub in hubs]
    own = [shared + [programmes.ensemble(hub, f"Counted {number}").pk for hub in hubs] for number in range(CONNECTIONS)]
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
        for kind, recount in RECOUNTS.items():
            compared, differing = stage.stack.rows(recount)[0]
            outcome.expect(not differing, f"after {counts['statements']} statements {differing} counts differ: {kind}")
            outcome.expect(compared, f"no count was compared: {kind}")
            counts["cells"] += compared
        counts["recounts"] += 1
    outcome.expect(counts["rows"] > counts["statements"], f"only {counts['rows']} sessions changed: nothing was tested")
    outcome.counted = counts["statements"]
    outcome.words = (
        f"statements on {CONNECTIONS} connections ({counts['rows']} sessions planned, moved, taken, cancelled, deleted, marks "
        f"written, changed, taken away; {counts['undone']} rolled back), {counts['recounts']} recounts of "
        f"{counts['cells']} counts in all"
    )
    return outcome


def _work(stage: Stage, rng: Random, own: list[int], counts: Counter, outcome: Outcome) -> None:
    url = stage.stack.servers.database_url("web", stage.stack.database)
    scope = f"{{{stage.cast.liverpool.pk},{stage.cast.leeds.pk}}}"
    done = Counter()
    try:
        with psycopg.connect(url, options=f"-c inharmony.programmes={scope}") as connection:
            for _ in range(A_ROUND):
                _one_transaction(connection, rng, own, stage.cast.joanne.pk, done)
    except psycopg.Error as error:
        outcome.wrong.append(repr(error))
    counts.update(done)


def _one_transaction(connection, rng: Random, own: list[int], user: int, done: Counter) -> None:
    """Does one to three statements and keeps them, or now and then does not."""
    names = rng.choices(list(STATEMENTS), weights=WEIGHTS, k=rng.choice([1, 1, 3]))
    try:
        for name in names:
            done["rows"] += connection.execute(STATEMENTS[name], _values(rng, own, user)).rowcount
            done["statements"] += 1
    except (errors.UniqueViolation, errors.ForeignKeyViolation, errors.DeadlockDetected):
        # a time that is taken; a session marked meanwhile; or two that wait for each other's days: one gives way, whole
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
        "mark": rng.choice("plrae"),
        "ensemble": rng.choice(own),
        "salt": rng.randrange(1_000_000),
        "many": rng.randrange(6),
        "day": FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
        "starts": time(hour, rng.randrange(60)),
        "ends": time(hour + rng.randrange(1, 3), rng.randrange(60)),
        "late": time(rng.randrange(19, 24), rng.randrange(60)),
    }
