"""Documents tell the truth: numbers in step, paths that exist, and the portal spoken of as a product."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda p: p.name)
def test_a_decision_is_numbered_dated_and_short(path):
    lines = path.read_text().splitlines()
    assert lines[0].startswith(f"# {int(path.name[:4])}. ")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d, (accepted|superseded by \d+)", lines[2])
    assert len(lines) <= 45


def test_decisions_are_numbered_without_gap():
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_every_path_a_document_names_is_there(path):
    known = (
        "inharmony",
        "schools",
        "programmes",
        "participants",
        "outcomes",
        "evaluation",
        "templates",
        "static",
        "tests",
        "docs",
    )
    named = re.findall(rf"`((?:{'|'.join(known)})/[\w./-]*)`", path.read_text())
    assert [name for name in named if not (ROOT / name.rstrip("/")).exists()] == []


def test_no_file_holds_an_absolute_path_of_a_machine():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    here = str(ROOT)
    holding = []
    for name in tracked.split("\0"):
        path = ROOT / name
        if name and path.is_file() and here in path.read_bytes().decode("utf-8", "ignore"):
            holding.append(name)
    assert holding == []
