"""The whole portal on real servers: PostgreSQL, Valkey, web, worker and beat, as children of one process."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from inharmony.servers.addresses import DATABASE, Servers
from inharmony.servers.chart_script import chart_script_is_current
from inharmony.servers.child import Child, Program
from inharmony.servers.embedded import Embedded
from inharmony.servers.folders import REPOSITORY, Folders
from inharmony.servers.identity import Identity
from inharmony.servers.marks import fingerprint, read_marks, set_mark
from inharmony.servers.provision import provision
from inharmony.servers.refusal import ServersError

SETTINGS = "inharmony.settings.development"
PATIENCE = 20.0  # seconds to wait for a command that still uses the servers of this folder
# Migrating also brings up the walls, which follow from what the models declare.
MIGRATIONS = (
    "*/migrations/*.py",
    "inharmony/*/migrations/*.py",
    "*/models/*.py",
    "inharmony/*/models/*.py",
    "inharmony/audit/models.py",
    "inharmony/access/*.py",
    "requirements.lock",
)
QUIET = ("--without-gossip", "--without-mingle")  # it is the only worker: there are no neighbours to ask
STATIC = ("static/**/*", "inharmony/pages/storage.py", "requirements.lock")


class Stack:
    """The portal on `port` of this machine's loopback, with a data folder and a database of its own.

    `stack["valkey"]` is a child with `stop`, `start`, `kill`, `pause` and `resume`. Start it from a thread that lives
    as long as the stack. Every child ends with this process, also when it is killed.
    """

    def __init__(
        self,
        data_dir: Path | str | None,
        port: int,
        *,
        env: dict[str, str] | None = None,
        database: str | None = None,
        durable: bool = True,
        say: Callable[[str], None] = print,
    ) -> None:
        self.folders = Folders(data_dir)
        self.port = port
        self.url = f"http://localhost:{port}"
        self.database = database or os.environ.get("DATABASE_NAME") or DATABASE
        self.embedded = Embedded(self.folders, say, durable=durable)
        self.supervisor = self.embedded.supervisor
        self._say = say
        self._hold = contextlib.ExitStack()
        self.environment = os.environ | {
            "DATA_DIR": str(self.folders.data_dir),
            "DATABASE_NAME": self.database,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PORTAL_URL": self.url,
            "WEB_BIND": f"127.0.0.1:{port}",
            **(env or {}),
        }

    def __getitem__(self, name: str) -> Child:
        return self.supervisor.children[name]

    @property
    def servers(self) -> Servers:
        return self.embedded.servers

    def start(self) -> None:
        """Starts everything and returns when the portal answers; raises ServersError, leaving nothing behind."""
        try:
            self.open()
            self.migrate()
            self.build()
            self.serve()
        except BaseException:
            self.stop()
            raise
        self.supervisor.tend_beside()

    def open(self) -> None:
        """Holds the data folder and starts PostgreSQL and Valkey; manage.py finds them from now on."""
        _refuse_busy_port(self.port)
        found = self.folders.read_state()
        demonstration = bool(found and found.web_port)  # it will not end of itself: no use to wait
        self._hold.enter_context(self.folders.held(patience=1 if demonstration else PATIENCE))
        self.embedded.start(database=self.database)
        if self.servers.outside_database:
            provision(self.servers.admin_url(), self.database)
        self.folders.write_state(self.embedded.state)

    def manage(self, *arguments: str) -> str:
        """Runs a command of manage.py and returns what it printed; raises ServersError when it fails."""
        return self._run("manage.py", *arguments)

    def migrate(self) -> None:
        """Brings the tables up to this copy of the code, where they are not."""
        wanted = fingerprint(*MIGRATIONS)
        admin = self.servers.admin_url()
        if read_marks(admin, self.database).get("migrations") != wanted:
            self.manage("migrate", "--verbosity", "0")
            set_mark(admin, self.database, "migrations", wanted)

    def build(self) -> None:
        """Writes the chart script and gathers the static files, where they are not those of this copy."""
        if not chart_script_is_current(self.folders.built):
            self._run("-m", "inharmony.servers.chart_script", str(self.folders.built))
        note = self.folders.run / "static"
        wanted = fingerprint(*STATIC)
        if not note.exists() or note.read_text() != wanted:
            self.manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")
            note.write_text(wanted)

    def serve(self) -> None:
        """Starts web, worker and beat; returns when the pages are served."""
        celery = [sys.executable, "-m", "celery", "--app", "inharmony.celery"]
        schedule = str(self.folders.run / "beat")
        self._add("worker", [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", *QUIET], "worker")
        self._add("beat", [*celery, "beat", "--loglevel", "INFO", "--schedule", schedule, "--pidfile="], "worker")
        self._add("web", [sys.executable, "-m", "gunicorn", "-c", "python:inharmony.gunicorn", "inharmony.wsgi"], "web")
        self.supervisor.start("web", "worker", "beat")
        self.folders.write_state(replace(self.embedded.state, web_port=self.port))

    def stop(self) -> None:
        """Ends everything in order: web, beat, worker, Valkey, PostgreSQL; then lets go of the data folder."""
        self.supervisor.stop()
        self._hold.close()

    def _add(self, name: str, argv: list[str], login: str) -> None:
        program = Program(
            name=name,
            argv=argv,
            folder=REPOSITORY,
            environment=self.environment | {"DATABASE_LOGIN": login},
            ready_seconds=60,
        )
        self.supervisor.add(Child(program, self.folders, ready=self._answers if name == "web" else None))

    def _answers(self, _pid: int) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz", headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            Identity().launch([sys.executable, *arguments], REPOSITORY, signal.SIGKILL),
            cwd=REPOSITORY,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServersError(f"`{' '.join(arguments)}` failed:\n{done.stdout.strip()}")
        return done.stdout


def _refuse_busy_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ServersError(
                f"Port {port} cannot be used: {error.strerror}. Choose another one: make demo PORT={port + 1}"
            ) from error
