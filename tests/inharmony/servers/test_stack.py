"""The whole portal as children of one process."""

import http.client
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from inharmony.servers.folders import Folders
from inharmony.servers.refusal import ServersError
from inharmony.servers.stack import Stack
from inharmony.servers.waiting import wait_for
from tests.inharmony.servers.conftest import processes_of, run_python
from tests.ports import free_port

PORTAL = """
import sys
from inharmony.servers.stack import Stack
from inharmony.servers.supervise import on_end_signals
stack = Stack(sys.argv[1], int(sys.argv[2]), durable=False)
on_end_signals(stack.supervisor.end_tending)
stack.open()
stack.serve()
print("ready", flush=True)
stack.supervisor.tend_until_stopped()
stack.stop()
"""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def portal(data_dir: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    process = run_python("-W", "error", "-c", PORTAL, str(data_dir), str(port))
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.communicate()


def pool_is_up(folders: Folders) -> bool:
    return (
        "celery@" in (folders.log / "worker.log").read_text()
        and sum("celery" in command and "worker" in command for command in processes_of(folders)) == 3
    )


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_killed_portal_leaves_no_server_worker_pool_child_or_lock(
    data_dir: Path, port: int, portal: "subprocess.Popen[str]"
) -> None:
    folders = Folders(data_dir)
    assert wait_for(lambda: pool_is_up(folders), seconds=15)
    state = folders.read_state()
    assert state
    assert (state.web_port, state.supervisor_pid) == (port, portal.pid)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == http.client.OK
    connection.close()
    portal.kill()
    assert wait_for(lambda: processes_of(folders) == [], seconds=5), processes_of(folders)
    assert not folders.is_held()
    assert not listens(port)


def test_portal_that_is_asked_to_end_ends_everything(
    data_dir: Path, port: int, portal: "subprocess.Popen[str]"
) -> None:
    portal.send_signal(signal.SIGTERM)
    assert portal.wait(20) == 0
    assert processes_of(Folders(data_dir)) == []
    assert not listens(port)


def test_busy_port_is_refused_with_another_one(data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ServersError, match=f"Port {port} cannot be used: .* make demo PORT={port + 1}"):
            Stack(data_dir, port).start()


def test_command_that_fails_is_shown_with_what_it_said(data_dir: Path) -> None:
    with pytest.raises(ServersError, match=r"`manage.py no_such_tune` failed:\n(.|\n)*Unknown command: 'no_such_tune'"):
        Stack(data_dir, 1, env={"DJANGO_SETTINGS_MODULE": "inharmony.settings.checks"}).manage("no_such_tune")
