"""Real servers in folders of their own; none may be left when a test ends."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inharmony.servers.embedded import Embedded
from inharmony.servers.folders import REPOSITORY, Folders
from inharmony.servers.waiting import wait_for

OUTSIDE = ("DATABASE_URL", "REDIS_URL", "DATABASE_NAME", "DATA_DIR")

HOLDER = """
import sys
from inharmony.servers.embedded import Embedded
from inharmony.servers.folders import Folders
folders = Folders(sys.argv[1])
folders.create()
with folders.held(patience=0):
    embedded = Embedded(folders, print, durable=False)
    embedded.start()
    folders.write_state(embedded.state)
    print("ready", flush=True)
    embedded.supervisor.tend_until_stopped()
"""


@pytest.fixture(autouse=True)
def no_outside_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OUTSIDE:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty data folder that any user may enter; the test fails when a process is still at home in it."""
    folder = Path(tempfile.mkdtemp(prefix="servers-"))
    folder.chmod(0o755)
    folders = Folders(folder / "data")
    yield folders.data_dir
    left = wait_for(lambda: not processes_of(folders), seconds=5) or processes_of(folders)
    shutil.rmtree(folder)
    shutil.rmtree(folders.sockets, ignore_errors=True)
    assert left is True


@pytest.fixture(scope="session")
def running() -> Iterator[Embedded]:
    """One pair of servers for the tests that do not harm it."""
    folder = Path(tempfile.mkdtemp(prefix="servers-"))
    folders = Folders(folder)
    embedded = Embedded(folders, print, durable=False)
    with folders.held(patience=0):
        embedded.start()
        yield embedded
        embedded.supervisor.stop()
    shutil.rmtree(folder)
    shutil.rmtree(folders.sockets)


@pytest.fixture
def holder() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts a process of its own that runs the servers of a folder, and returns it when they answer."""
    started = []

    def start(folder: Path) -> subprocess.Popen[str]:
        process = run_python("-c", HOLDER, str(folder))
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def run_python(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=REPOSITORY,
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def processes_of(folders: Folders) -> list[str]:
    """Returns the command lines of live processes that work in the data folder, on its sockets, or for it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            home = str((process / "cwd").readlink())
            told = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue  # gone, or another user's
        places = (str(folders.data_dir), str(folders.sockets))
        here = any(place in command or home.startswith(place) for place in places)
        if int(process.name) != os.getpid() and (here or f"DATA_DIR={folders.data_dir}".encode() in told):
            found.append(command)
    return found
