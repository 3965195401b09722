"""Fifty identical saves of one register at once: one effect, one entry in the trail, and no refusal."""

import threading
from datetime import time, timedelta

from django.utils import timezone

from inharmony.access.scope import scoped
from participants.models.attendance import Mark
from tests.factories import participants, programmes
from tests.factories.schools import LONG_AGO
from tests.prove.stage import Outcome, Stage
from tests.visitor import Visitor

AT_ONCE = 50
LEAST = 6  # rounds
LARGEST = 30
MARKS = [mark.value for mark in Mark]


def prove(stage: Stage) -> Outcome:
    """Returns the number of saves; wrong is any answer that is no redirect, and any mark, version or entry too many."""
    outcome, rounds = Outcome(), 0
    visitors = _visitors(stage)
    ensemble, children = _ensemble(stage)
    while not outcome.wrong and (stage.goes_on or rounds < LEAST):
        session = programmes.session(
            ensemble,
            day=timezone.localdate() - timedelta(days=rounds // 40),
            starts_at=time(6 + rounds % 40 // 4, 15 * (rounds % 4)),
            ends_at=time(23),
        )
        size = stage.rng.choice([1, 7, LARGEST])
        _resize(stage, ensemble, children, size)
        sent = {f"m{child.pk}": stage.rng.choice(MARKS) for child in children[:size]}
        statuses = _all_at_once(visitors, f"/sessions/{session.pk}/register/", {"version": "0", **sent})
        _compare(stage, outcome, session.pk, sent, statuses)
        rounds += 1
    outcome.counted = rounds * AT_ONCE
    outcome.words = f"saves, {AT_ONCE} at once of the same register, {rounds} times"
    return outcome


def _visitors(stage: Stage) -> list[Visitor]:
    """Two people, each at many tabs; every tab holds a form's token."""
    cookies = [stage.stack.visitor_as(user).cookies for user in (stage.cast.joanne, stage.cast.ruth)]
    visitors = [Visitor(stage.stack.port, cookies[number % 2]) for number in range(AT_ONCE)]
    for visitor in visitors:
        visitor.open(f"/sessions/{stage.cast.session.pk}/register/")
        visitor.close()
    return visitors


def _ensemble(stage: Stage):
    cast = stage.cast
    ensemble = programmes.ensemble(cast.liverpool, "Everybody", led_by=cast.strings.tutors.all())
    with scoped(cast.liverpool_scope):
        names = [(f"Child {number}", "Parallel") for number in range(LARGEST)]
        children = participants.children(cast.liverpool, cast.marigold, by=cast.joanne, names=names)
        participants.join(ensemble, children, by=cast.joanne, starts_on=LONG_AGO)
    return ensemble, children


def _resize(stage: Stage, ensemble, children, size: int) -> None:
    """Lets the first `size` children be members, and no others, by the server's administrator."""
    ids = [child.pk for child in children[:size]]
    stage.stack.rows(
        "UPDATE participants_membership SET ends_on = CASE WHEN child_id = ANY(%s) THEN NULL ELSE starts_on END"
        " WHERE ensemble_id = %s",
        ids,
        ensemble.pk,
    )


def _all_at_once(visitors: list[Visitor], path: str, fields: dict[str, str]) -> list[object]:
    answers: list[object] = [None] * len(visitors)
    gate = threading.Barrier(len(visitors))

    def save(number: int) -> None:
        gate.wait()
        try:
            answers[number] = visitors[number].post(path, fields).status
        except Exception as error:
            answers[number] = repr(error)
        finally:
            visitors[number].close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(len(visitors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _compare(stage: Stage, outcome: Outcome, session: int, sent: dict[str, str], statuses: list[object]) -> None:
    stack = stage.stack
    refused = [status for status in statuses if status != 302]
    outcome.expect(not refused, f"session {session}: answers {refused}")
    marks = dict(stack.rows("SELECT child_id, mark FROM participants_attendance WHERE session_id = %s", session))
    outcome.expect({f"m{child}": mark for child, mark in marks.items()} == sent, f"session {session}: marks {marks}")
    version = stack.one("SELECT register_version FROM programmes_session WHERE id = %s", session)
    outcome.expect(version == 1, f"session {session}: version {version}")
    taken = stack.one(
        "SELECT count(*) FROM audit_auditevent WHERE act LIKE 'register.%%' AND act <> 'register.viewed'"
        " AND subject_id = %s",
        session,
    )
    outcome.expect(taken == 1, f"session {session}: {taken} entries in the trail")
