"""A year's timetable of a hub's ensembles, put into the database in one act, with its entry and its commit."""

import datetime as dt
import time
from statistics import median

from inharmony.access.scope import scoped
from programmes.actions.timetable import add_sessions
from programmes.queries.timetable import Planned
from tests.bench.data import Orchestra
from tests.bench.measure import Measure, ms
from tests.factories import programmes

ENSEMBLES = 40
SESSIONS = 1500
ROUNDS = 5
FIRST = dt.date(2031, 9, 2)


def measure(orchestra: Orchestra) -> list[Measure]:
    """Returns the seconds of the act; each round is of another hour of the day, so that each writes every session."""
    with scoped(orchestra.scope):
        playing = [programmes.ensemble(orchestra.programme, f"Ensemble {number}") for number in range(ENSEMBLES)]
    taken = []
    for number in range(ROUNDS):
        planned = [
            Planned(ensemble, FIRST + dt.timedelta(weeks=week), time_of(number), time_of(number, 45))
            for week in range(-(-SESSIONS // ENSEMBLES))
            for ensemble in playing
        ][:SESSIONS]
        began = time.perf_counter()
        with scoped(orchestra.scope):
            made = add_sessions(programme=orchestra.programme, planned=planned, by=orchestra.manager)
        taken.append(time.perf_counter() - began)
        if len(made) != SESSIONS:
            raise RuntimeError("the timetable was not written whole: its time would mean nothing")
    words = f"{SESSIONS:,} sessions of {ENSEMBLES} ensembles; {ms(taken)}"
    return [Measure("timetable_year", median(taken), "s", 2, words)]


def time_of(number: int, minute: int = 0) -> dt.time:
    """Returns a time of day in the hour of a round."""
    return dt.time(9 + number, minute)
