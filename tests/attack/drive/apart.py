"""Attacks in processes of their own: each sets the portal up for itself, so this module imports nothing before."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any


def attacked(draw: Callable[[], int], goes_on: Callable[[], bool]) -> Iterator[tuple[int, Any]]:
    """Returns countries by number with the tally of each, a process a core, as long as it goes on."""
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn"), begin) as pool:
        waiting: list[tuple[int, Future]] = []
        while goes_on() or waiting:
            while goes_on() and len(waiting) < 2 * cores:
                number = draw()
                waiting.append((number, pool.submit(attack, number)))
            number, found = waiting.pop(0)
            yield number, found.result()


def begin() -> None:
    """Sets the portal up."""
    import django

    django.setup()


def attack(number: int) -> Any:
    """Returns the tally of a country."""
    from tests.attack.drive import campaign

    return campaign.attack(number)
