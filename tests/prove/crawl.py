"""Every address, by everybody, of own, foreign and absent objects: no planted text is seen by who may not see it."""

from functools import cache
from random import Random

from tests.crawler.alike import compare
from tests.crawler.crawl import Crawler
from tests.crawler.report import Report
from tests.prove.planted import OPENS, Planted, plan_of, plant_all, sign_in
from tests.prove.stage import Outcome, Stage
from tests.prove.teeth import grind
from tests.prove.traces import forget, left_behind
from tests.stack import RunningStack

ROUNDS = 5  # of asking for a foreign and an absent object of each address, as each person
# who must have been shown what, or nothing was tested
SHOWN = (*(f"{role} {hub}" for hub in "AB" for role in ("administrator", "manager")), "coordinator A", "lead A")


@cache
def planted_in(stack: RunningStack, seed: str) -> Planted:
    """Returns the two hubs planted in a running stack, once."""
    forget(stack)
    return plant_all(stack, Random(seed))


def prove(stage: Stage) -> Outcome:
    """Returns the number of probes; wrong is every leak, every page reached, every error, every telling difference."""
    outcome, report, stack = Outcome(), Report(), stage.stack
    bites = grind("teeth")
    outcome.wrong += bites.missed
    planted = planted_in(stack, "planted")
    plan = plan_of(stack, planted)
    twins = compare(plan, stage.rng, report, lambda: False, rounds=ROUNDS)
    crawler = Crawler(plan, stage.rng, report, lambda name: sign_in(stack, planted, name))
    crawler.run(crawler.matrix(), lambda: stage.goes_on and len(report.findings) < 100)
    outcome.wrong += [*map(str, report.findings), *left_behind(stack, plan)]
    for who in SHOWN:
        outcome.expect(report.seen[(who, "name")] > 0, f"{who} was shown no name of their own: nothing was tested")
    outcome.expect(
        not report.signed_out and report.signed_in.keys() >= OPENS.keys(), f"signed out after {report.signed_out}"
    )
    outcome.expect(report.media["application/pdf"] > 0, "no PDF was read: nothing was tested")
    outcome.counted = report.total
    name, apart = twins.furthest
    outcome.words = (
        f"probes of {len(plan.addresses)} addresses by {len(plan.principals)} people for {len(plan.canaries)} planted texts;"
        f" foreign and absent alike in {twins.pairs} pairs, {twins.apart * 1000:+.1f} ms apart in the median"
        f" (at most {apart * 1000:+.1f} ms, {name}); "
        f"signed in as {report.people}; {bites.words}"
    )
    return outcome
