"""What an operator must give, and what happens when it is missing: tried in a process of its own."""

import os
import subprocess
import sys

import pytest

from tests.containers import ROOT

GIVEN = {
    "PATH": os.environ["PATH"],
    "DJANGO_SETTINGS_MODULE": "inharmony.settings.production",
    "SECRET_KEY": "Kd7_xQ2-" * 8,
    "IDENTITY_KEY": "for this test",
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgresql://web:secret@localhost/none",
    "REDIS_URL": "redis://:secret@localhost:6379/0",
}


def manage(*arguments, **environment):
    """Returns the exit code and the words of a command."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_djangos_own_list_for_the_internet_has_no_complaint():
    code, said = manage("check", "--deploy", "--fail-level", "WARNING", **GIVEN)
    assert (code, said.strip()) == (0, "System check identified no issues (0 silenced).")


@pytest.mark.parametrize("name", ["SECRET_KEY", "IDENTITY_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"])
def test_a_missing_or_empty_variable_is_named(name):
    without = {key: value for key, value in GIVEN.items() if key != name}
    for environment in (without, GIVEN | {name: ""}):
        code, said = manage("check", **environment)
        assert code != 0
        assert f"The environment variable {name} is not set." in said
