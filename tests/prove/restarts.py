"""
PostgreSQL is restarted while reports are asked for and made: what was acknowledged is made, once and whole.

Acknowledged is what was answered with the list of reports. Where the database was gone the answer is an error, and
nothing was promised: the report may be there or not. The server runs as in life for this proof: the stack's own
settings throw away what was last committed when it stops at once.
"""

import http.client
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random
from time import monotonic, sleep

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from inharmony.servers.postgres import postgres_child
from inharmony.servers.waiting import wait_for
from programmes.models import Ensemble
from schools.models import AcademicYear
from tests.factories import programmes
from tests.prove.kills import JOBS, MADE, RECOVERY, UNFINISHED, faults, files_of, moment
from tests.prove.stage import Outcome, Stage
from tests.stack import RunningStack
from tests.visitor import Visitor

LEAST = 20  # restarts
CAMPAIGN = 45  # seconds of asking and restarting before everything must come to rest
LONGEST_AWAY = 2  # seconds between the stop and the start
PATIENCE = 60  # seconds in which a database that was started must answer
# to the server: end connections and write down what is committed; or end at once, as a crash would
STOPS = {"orderly": signal.SIGINT, "at once": signal.SIGQUIT}
GONE = (OperationalError, InterfaceError, psycopg.OperationalError)
OF_A_HUB = "SELECT id FROM evaluation_reportjob WHERE programme_id = %s"
MADE_SINCE = "SELECT count(*) FROM evaluation_reportjob WHERE programme_id = %s AND state = 'done' AND finished_at > %s"


@dataclass
class Asker:
    """Somebody who asks for one report after another of a hub, each of something new, and notes what was promised."""

    stack: RunningStack
    visitor: Visitor
    ensemble: Ensemble
    rng: Random
    known: set[int] = field(default_factory=set)
    acknowledged: set[int] = field(default_factory=set)
    counts: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def ask_until(self, end: float) -> None:
        """Asks every few seconds; whatever goes wrong is noted, for this runs in a thread."""
        try:
            with self.stack.reached():
                while monotonic() < end and not self.wrong:
                    self._ask()
                    sleep(self.rng.uniform(2, 6))
        except Exception as error:
            self.wrong.append(f"{self.ensemble.programme}: {error!r}")

    def _ask(self) -> None:
        _when_it_answers(self._hold_session)
        since = timezone.now()
        promised = self._post()
        new = self._reports() - self.known
        self.known |= new
        if not promised:
            return
        self.counts["acknowledged"] += 1
        self.acknowledged |= new
        # the one that was asked for before may have been made with the new session in it: then it is the answer
        if not new and not _when_it_answers(lambda: self.stack.one(MADE_SINCE, self.ensemble.programme_id, since)):
            self.wrong.append(f"{self.ensemble.programme}: asked for, acknowledged, and no report is there")

    def _hold_session(self) -> None:
        """Adds something new to report: the same figures would be the same report."""
        self.counts["sessions"] += 1
        programmes.session(self.ensemble, **moment(self.counts["sessions"]))

    def _post(self) -> bool:
        """Returns whether a report was promised."""
        fields = {"report": f"participation-{self.ensemble.programme.slug}", "year": str(AcademicYear.current())}
        self.counts["asked"] += 1
        try:
            answer = self.visitor.post("/reports/ask/", fields)
        except (OSError, http.client.HTTPException) as error:
            self.wrong.append(f"asking was not answered: {error!r}")
            return False
        place = answer.headers.get("Location", "")
        if answer.status < 500 and (answer.status, place) != (302, "/reports/"):
            self.wrong.append(f"asking was answered with {answer.status} {place}")
        return answer.status == 302

    def _reports(self) -> set[int]:
        rows = _when_it_answers(lambda: self.stack.rows(OF_A_HUB, self.ensemble.programme_id))
        return {pk for (pk,) in rows}


def _when_it_answers(act):
    """Returns what an act on the database returns, tried until the database is there; raises what it raised last."""
    end = monotonic() + PATIENCE
    while True:
        try:
            return act()
        except GONE:
            connection.close()
            if monotonic() > end:
                raise
            sleep(0.05)


def prove(stage: Stage) -> Outcome:
    """Returns the number of restarts; wrong is an acknowledged report that is not made, or twice, or cut short."""
    outcome, counts, slowest = Outcome(), Counter(), 0.0
    askers = _askers(stage)
    before = files_of(stage.stack)
    connection.close()
    with _durable(stage.stack):
        while not outcome.wrong and (stage.goes_on or counts["restarts"] < LEAST):
            last = _campaign(stage, askers, counts)
            rested = wait_for(lambda: not stage.stack.one(UNFINISHED), seconds=last + RECOVERY - monotonic())
            slowest = max(slowest, monotonic() - last)
            outcome.expect(
                rested, f"{stage.stack.one(UNFINISHED)} reports unfinished {RECOVERY} s after the last restart"
            )
            _compare(stage.stack, askers, before, outcome)
    asked, promised = (sum(asker.counts[what] for asker in askers) for what in ("asked", "acknowledged"))
    outcome.counted = counts["restarts"]
    kinds = ", ".join(f"{kind} {counts[kind]}" for kind in STOPS)
    outcome.words = (
        f"restarts ({kinds}) while {asked} reports were asked for and {promised} acknowledged; "
        f"at rest at most {slowest:.0f} s after the last restart"
    )
    return outcome


def _askers(stage: Stage) -> list[Asker]:
    cast, askers = stage.cast, []
    for user, hub in ((cast.joanne, cast.liverpool), (cast.omar, cast.leeds)):
        visitor = stage.stack.visitor_as(user)
        visitor.open("/reports/")
        asker = Asker(stage.stack, visitor, programmes.ensemble(hub, "Asked for again"), Random(stage.rng.random()))
        asker.known = {pk for (pk,) in stage.stack.rows(OF_A_HUB, hub.pk)}
        askers.append(asker)
    return askers


@contextmanager
def _durable(stack: RunningStack) -> Iterator[None]:
    """Runs PostgreSQL on the same data as in life, and as it was before when the block is left."""
    hasty = stack["postgres"]
    hasty.stop()
    _begin(stack, postgres_child(stack.folders, durable=True))
    try:
        yield
    finally:
        stack["postgres"].stop()
        _begin(stack, hasty)


def _begin(stack: RunningStack, server) -> None:
    stack.supervisor.children["postgres"] = server
    server.start()
    server.wait_until_ready()


def _campaign(stage: Stage, askers: list[Asker], counts: Counter) -> float:
    """Restarts the server again and again while everybody asks; returns when it did so last."""
    last = monotonic()
    end = last + CAMPAIGN
    threads = [threading.Thread(target=asker.ask_until, args=(end,), daemon=True) for asker in askers]
    for thread in threads:
        thread.start()
    while monotonic() < end:
        sleep(stage.rng.uniform(1, 3))
        kind = stage.rng.choice(list(STOPS))
        _restart(stage, STOPS[kind])
        counts[kind] += 1
        counts["restarts"] += 1
        last = monotonic()
    for thread in threads:
        thread.join()
    return last


def _restart(stage: Stage, how: signal.Signals) -> None:
    """Stops the server in that way and starts it again a moment later on the same socket and data."""
    server = stage.stack["postgres"]
    server.program = replace(server.program, stop_signal=how)
    server.stop()
    sleep(stage.rng.uniform(0, LONGEST_AWAY))
    server.start()
    server.wait_until_ready()


def _compare(stack: RunningStack, askers: list[Asker], before: set[str], outcome: Outcome) -> None:
    jobs = {job[0]: job for job in stack.rows(JOBS)}
    known = set().union(*(asker.known for asker in askers))
    for asker in askers:
        outcome.wrong.extend(asker.wrong)
        lost = asker.acknowledged - set(jobs)
        outcome.expect(not lost, f"{asker.ensemble.programme}: acknowledged and gone: {sorted(lost)}")
    for pk in sorted(known & set(jobs)):
        outcome.wrong.extend(faults(stack, jobs[pk]))
    twice = stack.rows(MADE)
    outcome.expect(not twice, f"made twice: {twice}")
    stray = files_of(stack) - before - {name for *_, name, _, _ in jobs.values()}
    outcome.expect(not stray, f"files that no report has: {sorted(stray)}")
