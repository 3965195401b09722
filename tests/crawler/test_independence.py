"""The crawler knows nothing of what it probes: neither Django nor an app, neither by import nor by a path of one."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = sorted(path for path in HERE.glob("*.py") if not path.stem.startswith("test_"))
KNOWN = {"tests.crawler", "pypdf"}


def imported(source: str) -> set[str]:
    """Returns what a module imports, and what it has imported by name."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {
            "__import__",
            "import_module",
        }:
            names.add(ast.unparse(node.args[0]))
    return names


def strangers(source: str) -> list[str]:
    """Returns the imports that are neither of the standard library nor among those the crawler may have."""
    return sorted(
        name
        for name in imported(source)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == known or name.startswith(f"{known}.") for known in KNOWN)
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_of_the_crawler_imports_the_standard_library_and_its_own(path):
    assert strangers(path.read_text()) == []


@pytest.mark.parametrize(
    "line",
    [
        "import django",
        "from django.db import connection",
        "from participants.models import Child",
        "def f():\n    from inharmony.access import walls",
        "import importlib\nimportlib.import_module('evaluation')",
        "from tests.people import gather",
        "from ..people import gather",
    ],
)
def test_a_stranger_among_the_imports_is_seen(line):
    assert len(strangers(line)) == 1


def test_the_crawler_runs_in_a_process_that_has_loaded_nothing_of_the_portal():
    names = ", ".join(f"tests.crawler.{path.stem}" for path in MODULES if path.stem != "__init__")
    portal = ("django", "inharmony", "schools", "programmes", "participants", "outcomes", "evaluation")
    code = f"import sys, {names}; print([name for name in sys.modules if name.partition('.')[0] in {portal}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
