"""
Workers, their children, beat, web and the broker are killed while reports are asked for: none is lost, none made twice.

Where web was killed before it answered, nothing was promised: the report may be there or not.
"""

import hashlib
import http.client
import os
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from evaluation.actions.shelf_keeping import destroy_strays
from inharmony.servers.child import LONGEST_DELAY
from inharmony.servers.waiting import wait_for
from schools.models import AcademicYear
from tests.factories import programmes
from tests.prove.stage import Outcome, Stage
from tests.stack import RunningStack
from tests.visitor import Visitor

LEAST = 8  # kills
CAMPAIGN = 45  # seconds of asking and killing before everything must come to rest
AWAY = 2 * LONGEST_DELAY  # seconds in which web is there again: what falls again and again is started after a while
RECOVERY = 120  # seconds after the last kill
UNFINISHED = "SELECT count(*) FROM evaluation_reportjob WHERE state NOT IN ('done', 'failed', 'stopped')"
JOBS = "SELECT id, state, message, file_name, file_hash, file_size FROM evaluation_reportjob"
MADE = "SELECT subject_id, count(*) FROM audit_auditevent WHERE act = 'report.made' GROUP BY subject_id HAVING count(*) > 1"


def prove(stage: Stage) -> Outcome:
    """Returns the number of kills; wrong is a report lost, failed, made twice or cut short, and a slow recovery."""
    outcome, counts, slowest = Outcome(), Counter(), 0.0
    cast = stage.cast
    askers = [(stage.stack.visitor_as(user), slug) for user, slug in ((cast.joanne, "liverpool"), (cast.omar, "leeds"))]
    ensembles = [programmes.ensemble(hub, "Asked for") for hub in (cast.liverpool, cast.leeds)]
    while not outcome.wrong and (stage.goes_on or counts["kills"] < LEAST):
        last = _campaign(stage, askers, ensembles, counts, outcome)
        left = last + RECOVERY - monotonic()
        rested = wait_for(lambda: not stage.stack.one(UNFINISHED), seconds=left)
        slowest = max(slowest, monotonic() - last)
        outcome.expect(rested, f"{stage.stack.one(UNFINISHED)} reports unfinished {RECOVERY} s after the last kill")
        _compare(stage, outcome, counts)
    outcome.counted = counts["kills"]
    kinds = ", ".join(f"{kind} {counts[kind]}" for kind in KILLS)
    outcome.words = (
        f"kills ({kinds}) while {counts['asked']} reports were asked for, {counts['unanswered']} of them without an answer; "
        f"at rest at most {slowest:.0f} s after the last kill; {counts['strays']} files that no report had were destroyed"
    )
    return outcome


def _campaign(stage: Stage, askers, ensembles, counts: Counter, outcome: Outcome) -> float:
    """Asks for a report every second or so, kills something every few seconds, and returns when it did so last."""
    last = monotonic()
    end = last + CAMPAIGN
    next_kill = monotonic() + stage.rng.uniform(0.5, 4)
    while monotonic() < end:
        which = stage.rng.randrange(len(askers))
        # something new to report: the same figures would be the same report
        programmes.session(ensembles[which], **moment(counts["asked"]))
        visitor, slug = askers[which]
        if not _ask(visitor, slug, counts, outcome):
            # as a person does who looks whether it is there again
            outcome.expect(wait_for(partial(_answers, visitor), seconds=AWAY), f"web was away for {AWAY} s")
        sleep(stage.rng.uniform(0.2, 1.5))
        if monotonic() > next_kill:
            kind = stage.rng.choice(list(KILLS))
            if KILLS[kind](stage):
                counts[kind] += 1
                counts["kills"] += 1
                last = monotonic()
            next_kill = monotonic() + stage.rng.uniform(1, 6)
    return last


def _answers(visitor: Visitor) -> bool:
    try:
        return visitor.get("/healthz").status == 200
    except (OSError, http.client.HTTPException):
        return False


def _ask(visitor: Visitor, slug: str, counts: Counter, outcome: Outcome) -> bool:
    """Returns whether it was answered."""
    fields = {"report": f"participation-{slug}", "year": str(AcademicYear.current())}
    counts["asked"] += 1
    try:
        answer = visitor.post("/reports/ask/", fields, form="/reports/")
    except (OSError, http.client.HTTPException):
        counts["unanswered"] += 1
        return False
    outcome.expect(answer.status == 302, f"asking was answered with {answer.status}")
    counts["promised"] += 1
    return True


def moment(number: int) -> dict[str, date | time]:
    """Returns day and time of a session that no other number has, from today backwards."""
    days, minute = divmod(number, 23 * 60)
    return {
        "day": timezone.localdate() - timedelta(days=days),
        "starts_at": time(minute // 60, minute % 60),
        "ends_at": time(23, 30),
    }


def _kill_worker(stage: Stage) -> bool:
    stage.stack["worker"].kill()
    return True


def _kill_child(stage: Stage) -> bool:
    """Kills one of the processes that the worker works in."""
    worker = stage.stack["worker"].pid
    children = (
        [int(pid) for pid in Path(f"/proc/{worker}/task/{worker}/children").read_text().split()] if worker else []
    )
    if not children:
        return False
    os.kill(stage.rng.choice(children), signal.SIGKILL)
    return True


def _kill_beat(stage: Stage) -> bool:
    stage.stack["beat"].kill()
    return True


def _kill_web(stage: Stage) -> bool:
    stage.stack["web"].kill()
    return True


def _kill_broker(stage: Stage) -> bool:
    """The queue is emptied with it: it keeps nothing."""
    stage.stack["valkey"].kill()
    return True


KILLS = {
    "worker": _kill_worker,
    "child": _kill_child,
    "beat": _kill_beat,
    "web": _kill_web,
    "broker": _kill_broker,
}


def _compare(stage: Stage, outcome: Outcome, counts: Counter) -> None:
    stack = stage.stack
    jobs = stack.rows(JOBS)
    promised = counts["promised"]
    outcome.expect(
        promised <= len(jobs) <= counts["asked"],
        f"{counts['asked']} asked for, {promised} promised, {len(jobs)} in the database",
    )
    # a kill of web takes away at most one answer of each who asks
    outcome.expect(counts["unanswered"] <= 2 * counts["web"], f"{counts['unanswered']} were not answered")
    for job in jobs:
        outcome.wrong.extend(faults(stack, job))
    twice = stack.rows(MADE)
    outcome.expect(not twice, f"made twice: {twice}")
    counts["strays"] += _swept(stack)
    stray = files_of(stack) - {name for *_, name, _, _ in stack.rows(JOBS)}
    outcome.expect(not stray, f"files that no report has: {sorted(stray)}")


def _swept(stack: RunningStack) -> int:
    """Destroys what killed workers left, as the portal does each hour, and returns how many files that were."""
    files = {**settings.STORAGES["default"], "OPTIONS": {"location": stack.folders.files}}
    with override_settings(STORAGES={**settings.STORAGES, "default": files}), stack.reached():
        return destroy_strays(settles=timedelta(0))


def files_of(stack: RunningStack) -> set[str]:
    """Returns the names of all files on the shelf, half ones among them."""
    return {str(path.relative_to(stack.folders.files)) for path in stack.folders.files.glob("reports/*")}


def faults(stack: RunningStack, job: tuple) -> Iterator[str]:
    """Yields what is wrong with a report at rest (a row of JOBS): not made, or its file lost or cut short."""
    pk, state, message, name, digest, size = job
    if state != "done":
        yield f"report {pk} is {state}: {message}"
        return
    path = stack.folders.files / name
    data = path.read_bytes() if path.is_file() else b""
    if not (len(data) == size and hashlib.sha256(data).hexdigest() == digest and data.startswith(b"%PDF-")):
        yield f"report {pk}: the file is not the one that was made ({len(data)} of {size} bytes)"
