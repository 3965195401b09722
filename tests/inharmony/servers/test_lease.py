"""Commands without a demonstration share one pair of servers, for as long as one of them uses it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg

from inharmony.servers.addresses import from_state
from inharmony.servers.folders import Folders
from inharmony.servers.waiting import wait_for
from tests.inharmony.servers.conftest import processes_of, run_python

# Like manage.py: uses the servers until its input ends, then says what it saw and ends.
COMMAND = """
import sys
import psycopg
from inharmony.servers import ensure
url = ensure(durable=False).database_url("web")
print("ready", flush=True)
sys.stdin.read()
with psycopg.connect(url) as connection:
    print(connection.execute("SELECT current_user, pg_postmaster_start_time()::text").fetchone(), flush=True)
"""


def command(data_dir: Path) -> "subprocess.Popen[str]":
    return run_python("-W", "error", "-c", COMMAND, DATA_DIR=str(data_dir))


def ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout
    assert process.stdout.readline() == "ready\n"


def end(process: "subprocess.Popen[str]") -> str:
    """Lets the command end well and returns what it saw."""
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    return out.strip()


def test_two_commands_begun_at_once_share_servers_that_the_last_one_ends(data_dir: Path) -> None:
    folders = Folders(data_dir)
    first, second = command(data_dir), command(data_dir)
    ready(first)
    ready(second)
    seen = end(first)
    assert len(processes_of(folders)) > 2  # the second still uses them
    assert end(second) == seen
    # a command returns when its servers have stopped
    assert processes_of(folders) == []
    assert not folders.is_held()


def test_killed_command_leaves_no_server(data_dir: Path) -> None:
    process = command(data_dir)
    ready(process)
    process.kill()
    process.communicate()
    assert wait_for(lambda: processes_of(Folders(data_dir)) == [], seconds=10)


def test_killed_keeper_leaves_no_server_and_the_next_command_works(data_dir: Path) -> None:
    folders = Folders(data_dir)
    process = command(data_dir)
    ready(process)
    state = folders.read_state()
    assert state
    subprocess.run(["kill", "-9", str(state.supervisor_pid)], check=True)
    assert wait_for(lambda: not folders.is_held(), seconds=5)
    process.kill()
    process.communicate()
    following = command(data_dir)
    ready(following)
    assert end(following).startswith("('web', ")


def test_command_beside_running_servers_uses_them(
    data_dir: Path, holder: Callable[[Path], "subprocess.Popen[str]"]
) -> None:
    folders = Folders(data_dir)
    supervisor = holder(data_dir)
    process = command(data_dir)
    ready(process)
    state = folders.read_state()
    assert state
    assert state.supervisor_pid == supervisor.pid
    with psycopg.connect(from_state(state).database_url("web")) as connection:
        started = connection.execute("SELECT pg_postmaster_start_time()::text").fetchone()
    assert started
    assert end(process) == f"('web', '{started[0]}')"
    assert folders.is_held()  # it goes on without the command


def test_keeper_that_cannot_start_says_why(data_dir: Path) -> None:
    folders = Folders(data_dir)
    folders.create()
    folders.postgres.mkdir()
    (folders.postgres / "PG_VERSION").write_text("9\n")
    process = subprocess.run(
        ["env", f"DATA_DIR={data_dir}", *command_line()], capture_output=True, text=True, check=False, cwd=Path.cwd()
    )
    assert process.returncode == 1
    assert "was made by PostgreSQL 9" in process.stderr.splitlines()[-1]


def command_line() -> list[str]:
    import sys

    return [sys.executable, "-c", COMMAND]
