"""Forged requests by everybody: no foreign row is changed, and what is changed is told in the trail."""

from tests.crawler.forge import Forgery
from tests.prove.crawl import planted_in
from tests.prove.ledger import Books, nobody_else_at_work
from tests.prove.planted import OPENS, plan_of
from tests.prove.stage import Outcome, Stage
from tests.prove.teeth import grind
from tests.prove.traces import left_behind

LEAST = 1_000
MOST = 100  # findings, after which there is enough to mend
ACTS = 15  # addresses at which something must have been done, or nothing was tested


def prove(stage: Stage) -> Outcome:
    """Returns the number of forged requests; wrong is every foreign row changed, every entry missing, every trace."""
    outcome, stack = Outcome(), stage.stack
    bites = grind("teeth")
    outcome.wrong += bites.missed
    planted = planted_in(stack, "planted")
    plan = plan_of(stack, planted)
    books = Books(stack, planted)
    with nobody_else_at_work(stack):
        forgery = Forgery(plan, stage.rng, books.ledger)
        report = forgery.run(lambda: stage.goes_on and len(forgery.report.findings) < MOST, least=LEAST, thorough=True)
        outcome.wrong += [*map(str, report.findings), *left_behind(stack, plan)]
    books.close()
    did = sum(forgery.did.values())
    outcome.expect(len(forgery.did) >= ACTS, f"something was done at {dict(forgery.did)} only: nothing was tested")
    idle = [who for who in OPENS if report.signed_in[who] <= 9 * report.signed_out[who]]
    outcome.expect(not idle, f"{idle} were signed in for less than nine in ten of their requests: {report.signed_out}")
    outcome.counted = report.asked["forged"]
    ways = ", ".join(f"{way} {count:,}" for way, count in forgery.ways.most_common())
    outcome.words = (
        f"forged requests ({ways}); {did:,} changed own rows at {len(forgery.did)} addresses, each in the trail;"
        f" signed in as {report.people}; {bites.words}"
    )
    return outcome
