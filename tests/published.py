"""Published files that lie beside the repository on some machines. Read in place, never copied; absent elsewhere."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


def published(name: str) -> Path:
    """Returns the path of a published file such as `rosters/nhs_class_valid.csv`, or skips the test."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"the published file {name} is not on this machine (looked in ../shared/data)")
    return path
