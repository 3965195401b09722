"""What every proof stands on: a running portal, two hubs of people, chance that can be repeated, and a time to end."""

import time
from dataclasses import dataclass, field
from random import Random

from tests.people import Cast
from tests.stack import RunningStack


@dataclass
class Stage:
    """Handed to a proof. `until` is a moment of the monotonic clock; a proof also does what its least count asks."""

    stack: RunningStack
    cast: Cast
    rng: Random
    until: float

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.until


@dataclass
class Outcome:
    """What a proof counted, in the words of its line, and every thing that went wrong."""

    counted: int = 0
    words: str = ""
    wrong: list[str] = field(default_factory=list)

    def expect(self, truth: bool, otherwise: str) -> None:
        """Notes `otherwise` as wrong unless it is true."""
        if not truth:
            self.wrong.append(otherwise)
