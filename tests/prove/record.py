"""`docs/proofs.md`: what has been proven over all runs, added up."""

from datetime import date
from pathlib import Path

from tests.containers import ROOT
from tests.prove.stage import Outcome

FILE = ROOT / "docs" / "proofs.md"
HEAD = """\
# What has been proven, over all runs

`make prove` runs each proof with new chance every time; `.venv/bin/python -m tests.prove --record` adds its counts here.
A run that finds anything wrong is not recorded: it is mended first, and a test of its own keeps it mended.
Probes and forged requests are sent by a crawler that knows nothing of the code, and that must first find what was broken on
purpose ([why](decisions/0015-independent-crawler.md)).

| Proof | Counted in all | Runs | Last run | Last seed |
|---|---|---|---|---|
"""


def add(outcomes: dict[str, Outcome], seed: int, path: Path = FILE, today: date | None = None) -> None:
    """Adds a run's counts to the totals of the file; makes the file when there is none."""
    rows = read(path)
    for name, outcome in outcomes.items():
        total, runs = rows.get(name, (0, 0, "", 0))[:2]
        rows[name] = (total + outcome.counted, runs + 1, str(today or date.today()), seed)
    lines = [f"| {name} | {total:,} | {runs} | {day} | {last} |" for name, (total, runs, day, last) in rows.items()]
    path.write_text(HEAD + "\n".join(lines) + "\n")


def read(path: Path = FILE) -> dict[str, tuple[int, int, str, int]]:
    """Returns total, runs, last day and last seed of each proof."""
    if not path.exists():
        return {}
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in path.read_text().splitlines()
        if line.startswith("|") and line.count("|") == 6
    ]
    return {
        name: (int(total.replace(",", "")), int(runs), day, int(seed)) for name, total, runs, day, seed in cells[2:]
    }
