"""Waiting for a thing of the outside world, with an end."""

import time
from collections.abc import Callable


def wait_for(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Returns True as soon as the condition holds, False when it does not within the time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
