"""The whole portal, running: web, worker, beat, Valkey and PostgreSQL, in a data folder and a database of its own.

Its secrets are those of this process, so that a session made here is good there.
"""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from inharmony.accounts.models import User
from inharmony.servers import ensure
from inharmony.servers.binaries import find_postgres
from inharmony.servers.marks import fingerprint, read_marks, set_mark
from inharmony.servers.provision import provision
from inharmony.servers.stack import MIGRATIONS, Stack
from tests import databases
from tests.clients import SignedInClient
from tests.ports import free_port
from tests.visitor import Visitor

SEED = ("seed_demo", "--scale", "small", "--years", "3", "--seed", "1")
SEEDED_BY = (*MIGRATIONS, "*/management/commands/*.py", "evaluation/demonstration/*.py")
KEPT = "kept"  # the database that copies are made of
COPY = "portal"


class RunningStack(Stack):
    """A stack with what tests ask of it."""

    def keep(self, *, seeded: bool, seed: Sequence[str] = SEED) -> None:
        """Migrates the kept database, and seeds it, unless the code as it is has done so already."""
        wanted = {"migrations": fingerprint(*MIGRATIONS)} | (
            {"seed": f"{fingerprint(*SEEDED_BY)} {seed}"} if seeded else {}
        )
        admin = self.servers.admin_url()
        if read_marks(admin, KEPT) == wanted:
            return
        self._administer("DROP DATABASE {} WITH (FORCE)", KEPT)
        provision(admin, KEPT)
        self._bring_template()
        self.migrate()
        if seeded:
            self.manage("load_programme_record")
            self.manage("load_towns")
            self.manage(*seed)
            with psycopg.connect(self.servers.admin_url(KEPT), autocommit=True) as admin_connection:
                admin_connection.execute("ANALYZE")
        for name, value in wanted.items():
            set_mark(admin, KEPT, name, value)

    def _bring_template(self) -> None:
        """Takes the tables over from the tests' own migrated template: to migrate once more takes half a minute."""
        programs = find_postgres().folder
        template = databases.template()
        dump = [programs / "pg_dump", "--format", "custom", ensure().admin_url(template)]
        restore = [programs / "pg_restore", "--exit-on-error", "--dbname", self.servers.admin_url(KEPT)]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
            subprocess.run(restore, stdin=dumping.stdout, check=True)
        assert dumping.returncode == 0
        set_mark(self.servers.admin_url(), KEPT, "migrations", fingerprint(*MIGRATIONS))

    def use_copy(self) -> None:
        """Makes a copy of the kept database and has everything started from now on use it."""
        self.database = self.environment["DATABASE_NAME"] = COPY
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", COPY)
        self._administer("CREATE DATABASE {} TEMPLATE {} OWNER owner", COPY, KEPT)
        provision(self.servers.admin_url(), COPY)

    def _administer(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.servers.admin_url(), autocommit=True) as admin:
            admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def rows(self, statement: str, *values: object) -> list[tuple]:
        """Returns the rows of a statement, run as the server's administrator, to whom no wall applies."""
        with psycopg.connect(self.servers.admin_url(self.database), autocommit=True) as admin:
            cursor = admin.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def one(self, statement: str, *values: object) -> object:
        """Returns the only value of a statement."""
        ((value,),) = self.rows(statement, *values)
        return value

    def visitor(self, email: str = "") -> Visitor:
        """Returns somebody at a browser, signed in when an address of the demonstration is named."""
        return Visitor(self.port).sign_in(email) if email else Visitor(self.port)

    def visitor_as(self, user: User, *, second_factor: bool = True) -> Visitor:
        """Returns somebody at a browser, signed in as any person; inside `reached` only."""
        client = SignedInClient()
        client.force_login(user, second_factor=second_factor)
        return Visitor(self.port, {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})

    @contextmanager
    def reached(self, login: str = "web") -> Iterator[None]:
        """Points Django's connection of this thread at the stack's database as a login, and back."""
        before = {key: connection.settings_dict[key] for key in ("NAME", "USER", "HOST", "PORT")}
        connection.close()
        connection.settings_dict.update(
            NAME=self.database,
            USER=login,
            HOST=self.servers.postgres_socket,
            PORT=str(self.servers.postgres_port),
        )
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(before)


def begin(folder: Path, *, seeded: bool, durable: bool = False, seed: Sequence[str] = SEED) -> RunningStack:
    """Returns a running stack on a free port, in a fresh copy of the empty or the seeded database; stop it."""
    keep_secrets(folder)
    stack = RunningStack(folder, free_port(), env={"DEMO": "1"}, database=KEPT, durable=durable, say=_silent)
    try:
        stack.open()
        stack.keep(seeded=seeded, seed=seed)
        stack.use_copy()
        stack.build()
        stack.serve()
    except BaseException:
        stack.stop()
        raise
    stack.supervisor.tend_beside()
    return stack


def keep_secrets(folder: Path) -> None:
    """Writes this process's secrets where the stack looks for its own."""
    run = folder / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("SECRET_KEY", "IDENTITY_KEY"):
        path = run / name.lower()
        path.write_text(getattr(settings, name))
        path.chmod(0o600)


def _silent(_line: str) -> None:
    """What falls is found in the logs of the stack's data folder."""


@pytest.fixture(scope="session")
def stack(database) -> Iterator[RunningStack]:
    """The demonstration, running: its accounts, its three years, and no change by an earlier run."""
    running = begin(settings.DATA_DIR / "stack", seeded=True)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def empty_stack(database) -> Iterator[RunningStack]:
    """The portal, running, with tables and nothing in them."""
    running = begin(settings.DATA_DIR / "empty-stack", seeded=False)
    yield running
    running.stop()
