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
import traceback
from dataclasses import replace
from typing import NoReturn

from inharmony.servers.embedded import Embedded
from inharmony.servers.folders import REPOSITORY, FolderHeldError, Folders, State
from inharmony.servers.refusal import ServersError
from inharmony.servers.supervise import GLANCE, on_end_signals

PATIENCE = 60.0  # seconds a command waits for servers that another one is starting or stopping
UNWANTED = 5.0  # seconds after which a keeper ends whom nobody has asked for anything
GRANTED = b"+"


class Lease:
    """The hold of this process on the servers of a keeper, until `give_back` or the end of the process."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
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


def borrow(folders: Folders, *, durable: bool) -> tuple[State, Lease | None]:
    """Returns the running servers of the folder, started by a keeper if nobody runs them; raises ServersError.

    There is no lease where a demonstration runs them: it goes on without us.
    """
    folders.create()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        state = folders.read_state()
        if state and state.lease is None:
            return state, None
        connection = _connect(state.lease) if state and state.lease else None
        if state and connection:
            return state, Lease(connection)
        if not folders.is_held():
            _start_keeper(folders, durable=durable)
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


def _start_keeper(folders: Folders, *, durable: bool) -> None:
    command = [sys.executable, "-m", "inharmony.servers", "keep", str(folders.data_dir)]
    started = subprocess.run(
        [*command, *([] if durable else ["--hasty"])], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if started.returncode != 0:
        raise ServersError(started.stderr.strip())


def keep(folders: Folders, *, durable: bool) -> None:
    """Returns when a process of its own runs the servers of the folder, or another supervisor does.

    That process, the keeper, ends when the last lease is gone. Raises ServersError when it cannot start them.
    """
    folders.create()
    answer, tell = os.pipe()
    if os.fork() == 0:
        os.close(answer)
        _become_keeper(folders, tell, durable=durable)
    os.close(tell)
    with os.fdopen(answer) as said:
        refusal = said.read()
    if refusal:
        raise ServersError(refusal)


def _become_keeper(folders: Folders, tell: int, *, durable: bool) -> NoReturn:
    os.setsid()  # it may outlive the command that began it, and Ctrl-C is not for it
    log = folders.open_log("keeper")
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in enumerate((nothing, log, log)):
        os.dup2(descriptor, number)
    try:
        _hold(folders, tell, durable=durable)
    except ServersError as error:
        os.write(tell, str(error).encode())
    except BaseException:  # noqa: BLE001 - whatever it is, the command that waits must hear of it
        traceback.print_exc()
        os.write(tell, f"The servers of {folders.data_dir} could not be kept: see {folders.log}/keeper.log".encode())
    finally:
        os._exit(0)


def _hold(folders: Folders, tell: int, *, durable: bool) -> None:
    last: socket.socket | None = None
    try:
        # Long enough for another command's glance at the lock to pass.
        with folders.held(patience=0.5):
            embedded = Embedded(folders, lambda line: print(line, flush=True), durable=durable)
            on_end_signals(embedded.supervisor.end_tending)
            try:
                embedded.start()
                last = _serve(embedded, tell)
            finally:
                embedded.supervisor.stop()
    except FolderHeldError:
        return
    if last:
        last.close()  # tells the last command that all has stopped


def _serve(embedded: Embedded, tell: int) -> socket.socket | None:
    """Tends the servers until the last lease is given back; returns its connection, still open."""
    folders, supervisor = embedded.folders, embedded.supervisor
    path = folders.sockets / "lease.sock"
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door, selectors.DefaultSelector() as selector:
        door.bind(str(path))
        door.listen(64)
        selector.register(door, selectors.EVENT_READ)
        folders.write_state(replace(embedded.state, lease=str(path)))
        os.close(tell)
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
