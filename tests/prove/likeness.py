"""An address that has an account and one that has none are answered alike: same words, and as fast."""

import re
import time
from random import Random

from allauth.account.models import EmailAddress
from django.test import Client, override_settings

from inharmony.accounts.models import User
from tests.prove.stage import Outcome, Stage

LEAST = 600
# of two things alike it is 0.5; the promise is at most 0.55
MOST_AUC = 0.55
WORKS = {
    "sign-in": ("/sign-in/", lambda address: {"login": address, "password": "wrong words apart"}),
    "reset": ("/password/reset/", lambda address: {"email": address}),
}
CHANGING = re.compile(r'value="[\w-]{20,}"|[\w.-]+@hub\.example')


def prove(stage: Stage) -> Outcome:
    """Returns the number of tries; wrong is a difference in status or words, and times that tell the two apart."""
    outcome, taken = Outcome(), {(work, known): [] for work in WORKS for known in (True, False)}
    known = stage.cast.priya
    EmailAddress.objects.get_or_create(user=known, email=known.email, verified=True, primary=True)
    client = Client()
    with override_settings(ACCOUNT_RATE_LIMITS=False, EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        while not outcome.wrong and (stage.goes_on or outcome.counted < LEAST):
            _both(client, known, stage.rng, taken, outcome)
    for work in WORKS:
        auc = told_apart(taken[work, True], taken[work, False])
        outcome.expect(auc <= MOST_AUC, f"{work}: times tell known from unknown addresses apart, AUC {auc:.3f}")
        outcome.words += f"{work} AUC {auc:.3f}; "
    outcome.words = f"tries of known and unknown addresses ({outcome.words.rstrip('; ')})"
    return outcome


def _both(client: Client, known: User, rng: Random, taken, outcome: Outcome) -> None:
    for work, (path, fields) in WORKS.items():
        answers = {}
        # in either order: what comes second finds warmer caches
        for is_known in rng.sample([True, False], 2):
            address = known.email if is_known else f"nobody{rng.randrange(10**6)}@hub.example"
            began = time.perf_counter()
            answer = client.post(path, fields(address))
            taken[work, is_known].append(time.perf_counter() - began)
            answers[is_known] = (answer.status_code, answer.get("Location"), CHANGING.sub("", answer.content.decode()))
            outcome.counted += 1
        outcome.expect(answers[True] == answers[False], f"{work}: known and unknown addresses are answered differently")


def told_apart(some: list[float], others: list[float]) -> float:
    """Returns the area under the curve of guessing by time which of two an answer is: 0.5 is chance, 1 is sure."""
    ordered = sorted([(seconds, True) for seconds in some] + [(seconds, False) for seconds in others])
    ranks = sum(rank for rank, (_, is_some) in enumerate(ordered, 1) if is_some)
    auc = (ranks - len(some) * (len(some) + 1) / 2) / (len(some) * len(others))
    return max(auc, 1 - auc)
