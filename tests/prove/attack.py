"""A hostile statistician gets no child's number out of what is released, of countries nobody chose."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from tests.prove.stage import Outcome, Stage

# a country takes seconds: over runs they add up
LEAST = 100


def prove(stage: Stage) -> Outcome:
    """Returns the number of countries attacked; wrong is each number that somebody is left with too few values for."""
    from tests.attack.drive.campaign import Tally

    tally, outcome = Tally(), Outcome()
    for number, one in _attacked(stage, lambda: len(outcome.wrong) < 20 and (stage.goes_on or tally.tables < LEAST)):
        tally.add(one)
        outcome.wrong += [f"country {number}: {words}" for words in one.wrong[:5]]
    outcome.counted = tally.tables
    outcome.words = (
        f"countries: {tally.cells:,} numbers, {tally.hidden:,} of them hidden; {tally.found.tried:,} attacked, "
        f"{len(tally.found.recovered):,} recovered, {len(tally.found.leaks):,} left with fewer than five values; "
        f"guesses were right {tally.guessed['right']:,} times of {tally.guessed['tried']:,}, two hubs together narrowed "
        f"{tally.guessed['together']:,}"
    )
    return outcome


def _attacked(stage: Stage, goes_on) -> Iterator[tuple]:
    """Returns countries by number with what was found of each, a process a core, as long as it goes on."""
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"), _begin) as pool:
        waiting: list[tuple[int, Future]] = []
        while goes_on() or waiting:
            while goes_on() and len(waiting) < 2 * cores:
                number = stage.rng.randrange(10**9)
                waiting.append((number, pool.submit(_attack, number)))
            number, found = waiting.pop(0)
            yield number, found.result()


def _begin() -> None:
    import django

    django.setup()


def _attack(number: int):
    from tests.attack.drive.campaign import attack

    return attack(number)
