"""A hostile statistician gets no child's number out of what is released, of countries nobody chose."""

from tests.attack.drive.campaign import Tally, attack
from tests.prove.stage import Outcome, Stage

LEAST = 1_000


def prove(stage: Stage) -> Outcome:
    """Returns the number of countries attacked; wrong is each number that somebody is left with too few values for."""
    tally, outcome = Tally(), Outcome()
    while len(outcome.wrong) < 20 and (stage.goes_on or tally.tables < LEAST):
        number = stage.rng.randrange(10**9)
        one = attack(number)
        tally.add(one)
        outcome.wrong += [f"country {number}: {words}" for words in one.wrong[:5]]
    outcome.counted = tally.tables
    outcome.words = (
        f"countries: {tally.cells:,} numbers, {tally.hidden:,} of them hidden; {tally.found.tried:,} attacked, 0 recovered,"
        f" each left {'five values or more' if not outcome.wrong else 'too few'}; guesses were right {tally.guessed['right']:,} times"
        f" of {tally.guessed['tried']:,}, two hubs together narrowed {tally.guessed['together']:,}"
    )
    return outcome
