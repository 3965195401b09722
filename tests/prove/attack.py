"""A hostile statistician gets no child's number out of what is released, of countries nobody chose."""

from tests.attack.drive.apart import attacked
from tests.attack.drive.campaign import Tally
from tests.prove.stage import Outcome, Stage

# a country takes seconds: over runs they add up
LEAST = 100


def prove(stage: Stage) -> Outcome:
    """Returns the number of countries attacked; wrong is each number that somebody is left with too few values for."""
    tally, outcome = Tally(), Outcome()

    def goes_on() -> bool:
        return len(outcome.wrong) < 20 and (stage.goes_on or tally.tables < LEAST)

    for number, one in attacked(lambda: stage.rng.randrange(10**9), goes_on):
        tally.add(one)
        outcome.wrong += [f"country {number}: {words}" for words in one.wrong[:5]]
    outcome.counted = tally.tables
    outcome.words = (
        f"countries: {tally.cells:,} numbers, {tally.hidden:,} of them hidden; {tally.found.tried:,} attacked, "
        f"{len(tally.found.recovered):,} recovered, {len(tally.found.leaks):,} left with fewer than five values, and "
        f"{len(tally.found.given):,} that an earlier release had shown so closely; "
        f"guesses were right {tally.guessed['right']:,} times of {tally.guessed['tried']:,}, two hubs together narrowed "
        f"{tally.guessed['together']:,}"
    )
    return outcome
