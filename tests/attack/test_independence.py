"""The hostile statistician knows nothing of the portal: neither Django nor an app, neither by import nor by a path of one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler.test_independence import imported

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = sorted(path for path in HERE.glob("*.py") if not path.stem.startswith("test_"))
KNOWN = {f"tests.attack.{path.stem}" for path in MODULES} | {
    "numpy",
    "scipy",
    "scipy.optimize",
    "scipy.sparse",
    "pypdf",
}


def strangers(source: str) -> list[str]:
    """Returns the imports that are neither of the standard library nor among those that the harness may have."""
    return sorted(
        name for name in imported(source) if name.partition(".")[0] not in sys.stdlib_module_names and name not in KNOWN
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_of_the_harness_imports_the_standard_library_the_solver_and_its_own(path):
    assert strangers(path.read_text()) == []


@pytest.mark.parametrize(
    "line",
    [
        "import django",
        "from evaluation.disclosure.rules import round_to_base",
        "from inharmony.public.exports import fields",
        "def f():\n    from participants.models import Child",
        "import importlib\nimportlib.import_module('schools')",
        "from tests.attack.drive.memory import released",
        "from tests.factories import participants",
        "from .drive import memory",
    ],
)
def test_a_stranger_among_the_imports_is_seen(line):
    assert len(strangers(line)) == 1


def test_the_harness_runs_in_a_process_that_has_loaded_nothing_of_the_portal():
    names = ", ".join(f"tests.attack.{path.stem}" for path in MODULES if path.stem != "__init__")
    portal = ("django", "inharmony", "schools", "programmes", "participants", "outcomes", "evaluation")
    code = f"import sys, {names}; print([name for name in sys.modules if name.partition('.')[0] in {portal}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
