"""Of simulated programmes whose truth is known, intervals hold it as often as they say, and nothing is found in nothing."""

from math import sqrt

from tests.prove.stage import Outcome, Stage
from tests.simulated import Tally, coverage

LEAST = 2_000
A_ROUND = 200
LOW, HIGH = 0.93, 0.97
ERRS = 0.05


def prove(stage: Stage) -> Outcome:
    """Returns the number of programmes; wrong is an interval that holds the truth too seldom or too often, or an alarm."""
    outcome, programmes, whole = Outcome(), 0, dict[str, Tally]()
    while stage.goes_on or programmes < LEAST:
        found, _ = coverage(stage.rng.randrange(10**9), A_ROUND)
        programmes += A_ROUND
        for name, tally in found.items():
            _add(whole.setdefault(name, Tally()), tally)
    for name, tally in whole.items():
        held, alarms = tally.coverage, tally.alarms
        outcome.expect(LOW <= held <= HIGH, f"{name}: the interval holds the truth in {held:.2%}")
        # a count errs by chance itself: three standard errors
        most = ERRS + 3 * sqrt(ERRS * (1 - ERRS) / tally.still)
        outcome.expect(alarms <= most, f"{name}: a change is found in {alarms:.2%} of programmes without one")
        outcome.words += f"{name}: truth held in {held:.2%}, found in nothing {alarms:.2%} of {tally.still:,}; "
    outcome.counted = programmes
    outcome.words = f"simulated programmes ({outcome.words.removesuffix('; ')})"
    return outcome


def _add(whole: Tally, part: Tally) -> None:
    for name, value in vars(part).items():
        setattr(whole, name, getattr(whole, name) + value)
