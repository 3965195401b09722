"""Figures at the size of the country: what they cost to read, to keep, to count anew and to release."""

import time
from collections.abc import Callable
from statistics import median

import psycopg
from django.utils import timezone

from evaluation.actions.release import cut_release
from evaluation.figures.period import whole_year
from evaluation.queries.live import live
from inharmony.access.scope import scoped
from schools.models import AcademicYear
from tests.bench.data import SIZE, Orchestra
from tests.bench.floors import bare_insert
from tests.bench.measure import Measure, interleaved, ms
from tests.stack import RunningStack

ROUNDS = 60
TARGETS = {"dashboard_speedup": 500, "rollup_upkeep": 0.8, "rollup_rebuild": 30, "release_year": 180}
# what a page would ask that keeps nothing: attendance and children of every programme by month, over all years
PLAIN = """
SELECT session.programme_id, date_trunc('month', day), count(*), count(*) FILTER (WHERE mark IN ('p', 'l')),
       count(DISTINCT child_id) FILTER (WHERE mark IN ('p', 'l'))
FROM participants_attendance JOIN programmes_session AS session ON session.id = session_id
GROUP BY 1, 2
"""
# of a register that is taken: its marks, its session, and that something changed
ROLL_UPS = {
    "participants_attendance": ("tally_added", "note_added"),
    "programmes_session": ("count_changed", "note_changed"),
}
TAKE = (
    "UPDATE programmes_session SET register_taken_at = now(), register_taken_by_id = %s, register_version = 1"
    " WHERE id = %s"
)


def measure(stack: RunningStack, orchestra: Orchestra, rebuilt: float) -> list[Measure]:
    """Returns the measures; `rebuilt` are the seconds in which all roll-ups were counted anew."""
    marks = stack.one("SELECT count(*) FROM participants_attendance")
    words = f"{marks:,} marks, the command as a whole"
    return [
        _speedup(stack, orchestra),
        _upkeep(stack, orchestra),
        Measure("rollup_rebuild", rebuilt, "s", TARGETS["rollup_rebuild"], words),
        _release(stack),
    ]


def _speedup(stack: RunningStack, orchestra: Orchestra) -> Measure:
    """As a ratio that is met from below."""
    period = whole_year(AcademicYear.year_of(orchestra.today))
    change = "INSERT INTO evaluation_hubchange (programme_id) VALUES (%s)"

    def timed() -> float:
        began = time.perf_counter()
        with scoped(orchestra.scope):
            live(orchestra.programme, period, orchestra.manager)
        return time.perf_counter() - began

    def changed() -> float:
        stack.rows(change, orchestra.programme.pk)
        return timed()

    taken = interleaved({"changed": changed, "kept": timed}, ROUNDS)
    began = time.perf_counter()
    stack.rows(PLAIN)
    plain = time.perf_counter() - began
    kept, counted = median(taken["kept"]), median(taken["changed"])
    words = (
        f"plain group-by of all years {plain:.1f} s, {plain / kept:,.0f} x; counted anew after a change "
        f"{ms(taken['changed'])}, {plain / counted:,.0f} x"
    )
    aim = TARGETS["dashboard_speedup"]
    return Measure("dashboard_speedup", aim * kept / plain, f"of a {aim}th of plain", 1, words)


def _upkeep(stack: RunningStack, orchestra: Orchestra) -> Measure:
    """What the triggers add to a saved register, with and without them in turn, in blocks: switching takes a lock."""
    children = [child.pk for child in orchestra.children]
    web = psycopg.connect(
        stack.servers.database_url("web", stack.database),
        options=f"-c inharmony.programmes={{{orchestra.programme.pk}}}",
        autocommit=True,
    )
    bare = bare_insert(stack)
    statement = "INSERT INTO participants_attendance (session_id, child_id, programme_id, mark) VALUES " + ", ".join(
        ["(%s, %s, %s, 'p')"] * SIZE
    )
    blocks, each = 6, 15
    with scoped(orchestra.scope):
        sessions = iter([one.pk for one in orchestra.sessions(2 * blocks * each, first_day=1000)])

    def save() -> float:
        session = next(sessions)
        rows = [value for child in children for value in (session, child, orchestra.programme.pk)]
        began = time.perf_counter()
        with web.transaction():
            web.execute(TAKE, [orchestra.manager.pk, session], prepare=True)
            web.execute(statement, rows, prepare=True)
        return time.perf_counter() - began

    taken: dict[str, list[float]] = {"with": [], "without": [], "bare": []}
    for _ in range(blocks):
        for way, does in (("with", "ENABLE"), ("without", "DISABLE")):
            _switch(stack, does)
            try:
                _block(taken[way], save, each)
            finally:
                _switch(stack, "ENABLE")
        _block(taken["bare"], bare, each)
    web.close()
    more = median(taken["with"]) - median(taken["without"])
    words = ", ".join(f"{way} {ms(seconds)}" for way, seconds in taken.items())
    # the orchestra's registers without counts are no drift of the portal's
    stack.manage("rebuild_tallies")
    return Measure("rollup_upkeep", more / median(taken["bare"]), "x bare INSERT, p50", TARGETS["rollup_upkeep"], words)


def _switch(stack: RunningStack, does: str) -> None:
    for table, triggers in ROLL_UPS.items():
        for trigger in triggers:
            stack.rows(f"ALTER TABLE {table} {does} TRIGGER {trigger}")


def _block(taken: list[float], act: Callable[[], float], many: int) -> None:
    """The first of a block plan anew."""
    taken += [act() for _ in range(many)][5:]


def _release(stack: RunningStack) -> Measure:
    """The last whole year, gate included."""
    year = AcademicYear(year=AcademicYear.year_of(timezone.localdate()) - 1)
    with stack.reached("worker"):
        began = time.perf_counter()
        release = cut_release(academic_year=year, by=None)
        taken = time.perf_counter() - began
        words = f"{release}: {release.cells.count():,} cells, {release.cells.exclude(symbol='').count():,} hidden"
    return Measure("release_year", taken, "s", TARGETS["release_year"], words)
