"""`make prove`, or `.venv/bin/python -m tests.prove [--seed N] [--minutes N] [--only NAME] [--record]`.

One line a proof, with its count. Every run draws a new seed and prints it; with the same seed the same things are tried,
in the order that the machine allows. Ends with 1 when a proof found something wrong, 2 when it could not run.
"""

import argparse
import os
import secrets
import sys
import time
from pathlib import Path
from random import Random

LONGEST = 45
# the last two plant hubs of their own and leave them changed
SHARES = {
    "leaks": 0.05,
    "saves": 0.05,
    "editors": 0.04,
    "network": 0.12,
    "waves": 0.08,
    "kills": 0.12,
    "restarts": 0.12,
    "photos": 0.12,
    "counts": 0.05,
    "attack": 0.20,
    "attack_pages": 0.10,
    "lists": 0.10,
    "likeness": 0.05,
    "hostile": 0.04,
    "fuzz": 0.12,
    "coverage": 0.10,
    "crawl": 0.22,
    "forge": 0.30,
}
NAMES = {
    "leaks": "Pages of two hubs in wild order show no foreign name",
    "saves": "Parallel identical saves of a register have one effect",
    "editors": "Two editors in any order overwrite nothing of each other unseen",
    "network": "A poor network loses no mark, doubles none and leaves no name in the browser",
    "waves": "A wave answered by thirty at once in each school class loses no answer and counts none twice",
    "kills": "Kills during reports lose none and make none twice",
    "restarts": "Restarts of the database during reports lose none that was promised and make none twice",
    "photos": "Reports fetched while families take consent back show no photo of a child who may not be shown",
    "lists": "Class lists come in wholly or not at all, once, and are undone without a trace",
    "counts": "Kept counts equal a recount after random changes",
    "attack": "A hostile statistician gets no child's number out of releases, alone or compared",
    "attack_pages": "What everybody can fetch of a release says one thing, and gives no child away",
    "likeness": "Known and unknown addresses are answered alike, and as fast",
    "hostile": "Hostile files are refused in plain words and nothing starts again",
    "fuzz": "Class lists changed by chance are read or refused, and nothing else",
    "coverage": "Of simulated programmes intervals hold the truth as often as they say, and nothing is found in nothing",
    "crawl": "Probes of every address by everybody show nothing foreign",
    "forge": "Forged requests change nothing foreign, and the trail tells the rest",
}


def main() -> int:
    wishes = _wishes()
    seed = wishes.seed if wishes.seed is not None else secrets.randbelow(10**9)
    minutes = min(wishes.minutes, LONGEST)
    print(f"seed {seed}, {minutes:g} minutes, data in {os.environ['DATA_DIR']}", flush=True)
    outcomes = _run(seed, minutes, [name for name in SHARES if name in (wishes.only or SHARES)])
    if any(outcome.wrong for outcome in outcomes.values()):
        return 1
    if wishes.record:
        from tests.prove.record import add

        add({NAMES[name]: outcome for name, outcome in outcomes.items()}, seed)
    return 0


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("PROVE_MINUTES", "20")))
    parser.add_argument("--only", action="append", choices=SHARES)
    parser.add_argument("--record", action="store_true", help="add the counts to docs/proofs.md")
    return parser.parse_args()


def _run(seed: int, minutes: float, names: list[str]):
    from django.conf import settings

    from tests.stack import begin

    stack = begin(settings.DATA_DIR / "stack", seeded=False)
    try:
        with stack.reached():
            return _prove_all(stack, seed, minutes, names)
    finally:
        stack.stop()


def _prove_all(stack, seed: int, minutes: float, names: list[str]):
    import importlib

    from tests.people import gather
    from tests.prove.stage import Stage

    cast, outcomes = gather(), {}
    whole = sum(SHARES[name] for name in names)
    for name in names:
        began = time.monotonic()
        until = began + minutes * 60 * SHARES[name] / whole
        stage = Stage(stack, cast, Random(f"{seed} {name}"), until)
        outcomes[name] = outcome = importlib.import_module(f"tests.prove.{name}").prove(stage)
        verdict = "WRONG" if outcome.wrong else "proven"
        print(f"{verdict}: {NAMES[name]}: {outcome.counted:,} {outcome.words} ({time.monotonic() - began:.0f} s)")
        for wrong in outcome.wrong[:20]:
            print(f"  {wrong}")
        sys.stdout.flush()
    return outcomes


if __name__ == "__main__":
    os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / ".data" / "prove"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    from inharmony.servers.refusal import ServersError

    django.setup()
    try:
        sys.exit(main())
    except ServersError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
