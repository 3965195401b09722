"""Valkey of one data folder: Celery's broker and the cache. It keeps nothing over a restart, on purpose."""

import socket
from pathlib import Path

from inharmony.servers.binaries import find_valkey
from inharmony.servers.child import Child, Program
from inharmony.servers.folders import Folders


def socket_of(folders: Folders) -> Path:
    return folders.sockets / "valkey.sock"


def valkey_child(folders: Folders) -> Child:
    """Returns Valkey of the data folder, ready to be started. Raises ServersError where there is no program."""
    path = socket_of(folders)
    settings = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(folders.valkey),
        # The database is the queue of record: what the broker forgets is sent again.
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    argv = [str(find_valkey())]
    for name, value in settings.items():
        argv += [f"--{name}", value]
    program = Program(name="valkey", argv=argv, folder=folders.valkey, ready_seconds=15, socket=path)
    return Child(program, folders, ready=lambda _: _answers(path))


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
