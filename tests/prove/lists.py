"""Class lists: killed at any moment they are there wholly or not at all, twice at once they are one, undone they are gone."""

import hashlib
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from time import monotonic, sleep

from django.apps import apps
from django.db import connection
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import roster, roster_deciding, roster_undo
from participants.imports.roster import preview
from participants.models import Child, RosterImport, RosterRow
from programmes.models import Ensemble
from tests.factories import programmes
from tests.participants import lists
from tests.prove.stage import Outcome, Stage

LEAST_KILLS, LEAST_UNDONE, LEAST_TWICE = 25, 50, 10
LONGEST = 0.9  # seconds until a kill: longer than an import takes
FORENAMES = ("Ada", "Bo", "Cy", "Di", "Eve", "Finn", "Gus", "Hal", "Ivy", "Jo")
SURNAMES = ("Wren", "Finch", "Swift", "Teal", "Heron", "Swan", "Crane", "Robin")
CLASSES = ("4 Heron", "4 Swan", "5 Kite", "")
# what an import may leave behind when it is undone: itself, what the trail and history say, and who may see what
BESIDE = {"RosterImport", "RosterRow", "RosterSheet", "MembershipAct"}


def prove(stage: Stage) -> Outcome:
    """Returns the number of imports; wrong is one that is half there, there twice, or not wholly gone when undone."""
    outcome, counts = Outcome(), Counter()
    with scoped(stage.cast.liverpool_scope):
        for name in ("Heron Strings", "Swan Brass"):
            programmes.ensemble(stage.cast.liverpool, name, school=stage.cast.saltwharf)
    least = {"killed": LEAST_KILLS, "undone": LEAST_UNDONE, "twice": LEAST_TWICE}
    acts = {"killed": _killed, "undone": _undone, "twice": _twice}
    while not outcome.wrong and (stage.goes_on or any(counts[name] < many for name, many in least.items())):
        behind = [name for name, many in least.items() if counts[name] < many] or list(least)
        name = stage.rng.choice(behind)
        acts[name](stage, counts, outcome)
        counts[name] += 1
    outcome.counted = sum(counts[name] for name in least)
    outcome.words = (
        f"imports: {counts['killed']} killed at a random moment ({counts['whole']} were there wholly, {counts['none']} not"
        f" at all), {counts['undone']} of random lists undone ({counts['rows']} rows), {counts['twice']} sent twice at once"
    )
    return outcome


def _list(rng: Random, many: int, mark: str) -> bytes:
    """A list of random children: new ones, some who are here already, twins, and rows that cannot be read."""
    rows = []
    for _ in range(many):
        born = date(2016, 9, 1) + timedelta(days=rng.randrange(1000))
        written = f"{born:%d/%m/%Y}" if rng.random() > 0.05 else "31/02/2018"
        name = f"{rng.choice(FORENAMES)},{rng.choice(SURNAMES)}{mark}"
        rows.append(f"{name},{written},,{rng.choice('3456')},{rng.choice(CLASSES)},{rng.choice(('Y', 'N', ''))}")
    return lists.class_list(*rows)


def _send(stage: Stage, data: bytes) -> RosterImport:
    return lists.stage(stage.cast.ruth, data, school=stage.cast.saltwharf)


def _undone(stage: Stage, counts: Counter, outcome: Outcome) -> None:
    cast, rng = stage.cast, stage.rng
    with scoped(cast.liverpool_scope):
        before = _everything()
        known = list(Child.objects.filter(programme=cast.liverpool).order_by("?")[: rng.randrange(6)])
        data = _list(rng, rng.randrange(1, 25), "")
        for child in known:  # who is here, as they are or changed
            born = child.date_of_birth + timedelta(days=rng.choice([0, 0, 1]))
            row = f"{child.forename},{child.surname},{born:%d/%m/%Y},,{rng.choice('3456')},{rng.choice(CLASSES)},"
            data += f"{row}{rng.choice(('Y', 'N'))}\n".encode()
        staged = _send(stage, data)
        rows = RosterRow.objects.filter(roster_import=staged)
        said = {row.row: rng.choice(["same", "another", "", "out"]) for row in rows if row.row and rng.random() < 0.3}
        preview.decide(staged, said, by=cast.ruth)
        leavers = [row.child_id for row in rows.filter(outcome=RosterRow.Outcome.LEAVER) if rng.random() < 0.5]
        if leavers:
            preview.let_leave(staged, leavers, timezone.localdate(), by=cast.ruth)
        ensembles = list(Ensemble.objects.filter(school=cast.saltwharf))
        joins = [(name, rng.choice(ensembles).pk) for name in CLASSES[:2] if rng.random() < 0.5]
        roster_deciding.let_join(roster_import=staged, joins=joins, by=cast.ruth)
        staged.refresh_from_db()
        lists.accept(cast.ruth, staged)
        counts["rows"] += staged.counts["total"]
        done = roster_undo.undo(roster_import=staged, by=cast.ruth)
        after = _everything()
    outcome.expect(not done.kept, f"nobody changed anything, and {len(done.kept)} rows were left: {done.kept[:3]}")
    differing = [name for name in before if before[name] != after[name]]
    outcome.expect(not differing, f"undone, {', '.join(differing)} are not as they were")


def _everything() -> dict[str, list]:
    """Every row about children, as it stands."""
    models = [model for model in apps.get_app_config("participants").get_models() if _is_compared(model)]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def _is_compared(model) -> bool:
    return model.__name__ not in BESIDE and model.__name__ != "Identity" and not model.__name__.endswith("Change")


def _in_child(act: Callable[[], None]) -> int:
    """Starts an act in a process of its own, on a connection of its own; returns the process."""
    child = os.fork()
    if child:
        return child
    try:
        # the parent's connection is left alone: closing it here would end it there
        connection.connection = None
        connection.inc_thread_sharing()
        act()
    finally:
        os._exit(0)


def _killed(stage: Stage, counts: Counter, outcome: Outcome) -> None:
    cast = stage.cast
    mark = f"K{counts['killed']}"
    data = _list(stage.rng, 40, mark)
    shown = data.count(b"\n") - 1 - data.count(b"31/02")

    def bring_in() -> None:
        with scoped(cast.liverpool_scope):
            staged = _send(stage, data)
        with scoped(cast.liverpool_scope):
            lists.accept(cast.ruth, staged)

    child = _in_child(bring_in)
    sleep(stage.rng.uniform(0.02, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    _wait_for_rest(stage)
    with scoped(cast.liverpool_scope):
        states = list(RosterImport.objects.filter(file_hash=_hash(data)).values_list("state", flat=True))
        children = Child.objects.filter(surname__endswith=mark)
        made, enrolled = children.count(), children.filter(enrolments__placements__isnull=False).distinct().count()
        staged_rows = RosterRow.objects.filter(roster_import__file_hash=_hash(data), row__isnull=False).count()
    is_in = states == [RosterImport.State.ACCEPTED]
    counts["whole" if is_in else "none"] += 1
    outcome.expect(len(states) <= 1, f"killed once, the list stands {len(states)} times")
    outcome.expect(staged_rows in ({0} if not states else {shown + data.count(b"31/02")}), f"{staged_rows} rows staged")
    outcome.expect(made == enrolled, f"{made} children made, {enrolled} of them enrolled and placed")
    outcome.expect((made > 0) == is_in, f"the list is {states}, and {made} children of it are here")
    with scoped(cast.liverpool_scope):
        for left in RosterImport.objects.filter(file_hash=_hash(data), state=RosterImport.State.PREVIEW):
            roster.discard(roster_import=left, by=cast.ruth)


def _wait_for_rest(stage: Stage) -> None:
    """Until the server has noticed that the other side is gone, and rolled back."""
    end = monotonic() + 20
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND state IN ('active', 'idle in transaction') AND query NOT LIKE '%pg_stat_activity%'"
        " AND usename = 'web' AND xact_start IS NOT NULL"
    )
    while stage.stack.one(others) and monotonic() < end:
        sleep(0.02)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _twice(stage: Stage, counts: Counter, outcome: Outcome) -> None:
    cast = stage.cast
    mark = f"T{counts['twice']}"
    data = _list(stage.rng, 30, mark)
    starts, told = threading.Barrier(2), []

    def bring_in() -> None:
        try:
            with scoped(cast.liverpool_scope):
                staged = _send(stage, data)
            starts.wait(20)
            with scoped(cast.liverpool_scope):
                lists.accept(cast.ruth, staged)
            told.append("accepted")
        except roster.RosterRefusedError:
            told.append("refused")
        except Exception as error:
            told.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=bring_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scoped(cast.liverpool_scope):
        accepted = RosterImport.objects.filter(file_hash=_hash(data), state=RosterImport.State.ACCEPTED).count()
        rows = RosterRow.objects.filter(roster_import__file_hash=_hash(data), made_child__isnull=False)
        wanted = rows.filter(roster_import__state=RosterImport.State.ACCEPTED).count()
        made = Child.objects.filter(surname__endswith=mark).count()
    outcome.expect(sorted(told) == ["accepted", "refused"], f"sent twice at once: {told}")
    outcome.expect(accepted == 1, f"sent twice at once, accepted {accepted} times")
    outcome.expect(made == wanted, f"sent twice at once, {wanted} children are to be here and {made} are")
