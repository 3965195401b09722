"""Whole countries, from their rows to what each role can fetch, say one thing everywhere and give no child away."""

from django.test import override_settings

from inharmony.servers import ensure
from tests import databases
from tests.attack.drive.whole import attack_whole
from tests.databases import connected_as
from tests.prove.stage import Outcome, Stage

LEAST = 3


def prove(stage: Stage) -> Outcome:
    """Returns the number of countries; wrong is what differs between two places, and what can be got out of them."""
    outcome, compared, documents, headlines, shown, attacked, answers = Outcome(), 0, 0, 0, 0, 0, 0
    while len(outcome.wrong) < 20 and (stage.goes_on or outcome.counted < LEAST):
        number = stage.rng.randrange(10**9)
        name = databases.make("attacked")
        try:
            with connected_as("web", name), override_settings(CACHES=_shared(name)):
                seen = attack_whole(number, name)
        finally:
            databases.drop(name)
        outcome.counted += 1
        outcome.wrong += [f"country {number}: {words}" for words in seen.wrong[:5]]
        compared, documents, attacked = (
            compared + seen.compared + seen.on_paper,
            documents + seen.documents,
            attacked + seen.found.tried,
        )
        headlines, shown, answers = headlines + seen.headlines, shown + seen.shown, answers + seen.answers
    outcome.words = (
        f"countries: {documents:,} pages, files and pictures with {compared:,} cells, {attacked:,} numbers attacked, {answers:,} of "
        f"answers; {100 * shown // max(headlines, 1)} % of {headlines:,} headline cells shown"
    )
    return outcome


def _shared(name: str) -> dict[str, dict[str, str]]:
    """The cache that a portal has, for one country alone: copied databases number their rows alike."""
    address = ensure().cache_url
    return {"default": {"BACKEND": "inharmony.cache.SteadyCache", "LOCATION": address, "KEY_PREFIX": name}}
