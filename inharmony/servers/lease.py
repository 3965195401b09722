"""Servers for commands that run without a demonstration.

The first command starts a keeper, a process that holds the data folder and runs its servers. Each command holds a
connection to the keeper, a lease; when the last lease is gone, however its holder ended, the keeper stops the servers
and ends. So two commands may begin at once and end in any order, and a killed one leaves nothing behind.
"""

import contextlib
import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from inharmony.servers.embedded import Embedded
from inharmony.servers.folders import REPOSITORY, FolderHeldError, Folders, State
from inharmony.servers.refusal import ServersError
from inharmony.servers.supervise import GLANCE, on_end_signals

PATIENCE = 60.0  # seconds a command waits for servers that another one is starting or stopping
UNWANTED = 15.0  # seconds after which a keeper ends whom nobody has asked for anything
GRANTED = b"+"


class Lease:
    """The hold of this process on the servers of a keeper, until `give_back` or the end of the process."""

    def __init__(self, connection: socket.socket, keeper: subprocess.Popen[bytes] | None) -> None:
        self._connection = connection
        self._keeper = keeper
        self._process = os.getpid()

    def give_back(self) -> None:
        """Ends the hold; returns when the servers have stopped, or at once when others still use them."""
        if os.getpid() != self._process:
            return  # a forked child: its parent gives back
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_WR)
            self._connection.settimeout(PATIENCE)
            self._connection.recv(1)
        self._connection.close()
        if self._keeper and self._keeper.stderr:
            self._keeper.stderr.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._keeper.wait(GLANCE)


def borrow(folders: Folders, *, durable: bool) -> tuple[State, Lease | None]:
    """Returns the running servers of the folder, started by a keeper if nobody runs them; raises ServersError.

    There is no lease where a demonstration runs them: it goes on without us.
    """
    folders.create()
    deadline = time.monotonic() + PATIENCE
    keeper: subprocess.Popen[bytes] | None = None
    while time.monotonic() < deadline:
        state = folders.read_state()
        if state and state.lease is None:
            return state, None
        connection = _connect(state.lease) if state and state.lease else None
        if state and connection:
            return state, Lease(connection, keeper)
        if keeper is None or _has_ended(keeper):
            keeper = None if folders.is_held() else _start_keeper(folders, durable=durable)
        time.sleep(0.02)
    raise ServersError(f"The servers of {folders.data_dir} did not come up. Look into {folders.log}.")


def _connect(path: str) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(PATIENCE)
        connection.connect(path)
        if connection.recv(1) == GRANTED:
            return connection
    except OSError:
        pass  # a keeper that has just ended: the caller tries again
    connection.close()
    return None


def _start_keeper(folders: Folders, *, durable: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "inharmony.servers", "keep", str(folders.data_dir)]
    return subprocess.Popen(
        [*command, *([] if durable else ["--hasty"])],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,  # it may outlive this command, and Ctrl-C is not for it
    )


def _has_ended(keeper: subprocess.Popen[bytes]) -> bool:
    if keeper.poll() is None:
        return False
    said = keeper.stderr.read().decode(errors="replace").strip() if keeper.stderr else ""
    if keeper.stderr:
        keeper.stderr.close()
    if keeper.returncode != 0:
        raise ServersError(said or f"The servers' keeper ended with code {keeper.returncode}.")
    return True


def keep(folders: Folders, say: Callable[[str], None], *, durable: bool) -> None:
    """Runs the servers of the folder until the last lease is gone; returns at once when the folder is held."""
    folders.create()
    last: socket.socket | None = None
    try:
        # Long enough for another command's glance at the lock to pass.
        with folders.held(patience=0.5):
            embedded = Embedded(folders, say, durable=durable)
            on_end_signals(embedded.supervisor.end_tending)
            try:
                embedded.start()
                last = _serve(embedded)
            finally:
                embedded.supervisor.stop()
    except FolderHeldError:
        return
    if last:
        last.close()  # tells the last command that all has stopped


def _serve(embedded: Embedded) -> socket.socket | None:
    """Tends the servers until the last lease is given back; returns its connection, still open."""
    folders, supervisor = embedded.folders, embedded.supervisor
    path = folders.sockets / "lease.sock"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door, selectors.DefaultSelector() as selector:
        door.bind(str(path))
        door.listen(64)
        selector.register(door, selectors.EVENT_READ)
        folders.write_state(replace(embedded.state, lease=str(path)))
        leases: set[socket.socket] = set()
        unwanted_at = time.monotonic() + UNWANTED
        while not supervisor.is_over and (leases or time.monotonic() < unwanted_at):
            for key, _ in selector.select(GLANCE):
                if key.fileobj is door:
                    _grant(door, leases, selector)
                elif isinstance(key.fileobj, socket.socket):
                    selector.unregister(key.fileobj)
                    leases.discard(key.fileobj)
                    if not leases:
                        return key.fileobj
                    key.fileobj.close()
            supervisor.tend()
    return None


def _grant(door: socket.socket, leases: set[socket.socket], selector: selectors.BaseSelector) -> None:
    connection, _ = door.accept()
    with contextlib.suppress(OSError):
        connection.sendall(GRANTED)
    leases.add(connection)
    selector.register(connection, selectors.EVENT_READ)
