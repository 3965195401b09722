"""PostgreSQL and Valkey of one data folder under one supervisor, provisioned."""

import os
from collections.abc import Callable

from inharmony.servers.addresses import DATABASE, Servers, from_state
from inharmony.servers.folders import Folders, State
from inharmony.servers.postgres import PORT, postgres_child
from inharmony.servers.provision import provision
from inharmony.servers.supervise import Supervisor
from inharmony.servers.valkey import socket_of, valkey_child


class Embedded:
    """The two servers. Used inside `folders.held(...)`; whoever holds the folder starts and stops them."""

    def __init__(self, folders: Folders, say: Callable[[str], None], *, durable: bool = True) -> None:
        folders.create()
        self.folders = folders
        self.supervisor = Supervisor(say)
        self._durable = durable

    @property
    def state(self) -> State:
        """Returns where the servers are, once started."""
        return State(
            postgres_socket=str(self.folders.sockets),
            postgres_port=PORT,
            redis_url=f"redis+socket://{socket_of(self.folders)}",
            supervisor_pid=os.getpid(),
        )

    @property
    def servers(self) -> Servers:
        return from_state(self.state)

    def start(self, *, database: str | None = None) -> None:
        """Starts what the environment does not name, and provisions the database; raises ServersError."""
        names = []
        if not os.environ.get("DATABASE_URL"):
            self.supervisor.add(postgres_child(self.folders, durable=self._durable))
            names.append("postgres")
        if not os.environ.get("REDIS_URL"):
            self.supervisor.add(valkey_child(self.folders))
            names.append("valkey")
        self.supervisor.start(*names)
        if "postgres" in names:
            provision(self.servers.admin_url(), database or os.environ.get("DATABASE_NAME") or DATABASE)
