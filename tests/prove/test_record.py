"""The totals of `docs/proofs.md`."""

from datetime import date

from tests.prove.record import FILE, add, read
from tests.prove.stage import Outcome

DAY = date(2026, 11, 22)


def test_counts_of_runs_are_added_up(tmp_path):
    path = tmp_path / "proofs.md"
    add({"No leak": Outcome(2000)}, 7, path, DAY)
    add({"No leak": Outcome(500), "No loss": Outcome(12)}, 8, path, DAY)
    assert read(path) == {"No leak": (2500, 2, "2026-11-22", 8), "No loss": (12, 1, "2026-11-22", 8)}
    assert "| No leak | 2,500 | 2 | 2026-11-22 | 8 |" in path.read_text()


def test_the_file_of_the_repository_can_be_added_to(tmp_path):
    copy = tmp_path / "proofs.md"
    if FILE.exists():
        copy.write_text(FILE.read_text())
    before = read(copy)
    add({"Another": Outcome(1)}, 1, copy, DAY)
    assert read(copy) == before | {"Another": (1, 1, "2026-11-22", 1)}
