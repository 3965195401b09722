"""Databases for tests: the owner migrates one template; whoever must commit gets a copy of it, in hundredths of a second."""

import functools
import hashlib
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from inharmony.access.walls import walls_sql
from inharmony.servers import ensure
from inharmony.servers.provision import provision

_numbers = itertools.count(1)


def _mark() -> str:
    """Names the schema: every migration file and the walls, hashed."""
    digest = hashlib.sha256(walls_sql().encode())
    for path in sorted(Path(settings.BASE_DIR).glob("**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _admin(statement: str, *names: str) -> list[tuple]:
    with psycopg.connect(ensure().admin_url(), autocommit=True) as admin:
        cursor = admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        return cursor.fetchall() if cursor.description else []


@contextmanager
def connected_as(login: str, database: str) -> Iterator[None]:
    """Points Django's connection at a database as a login, and back."""
    before = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    servers = ensure()
    connection.close()
    password = os.environ.get(f"{login.upper()}_DATABASE_PASSWORD", "")
    # whoever stands in a running portal's database comes out of it, to the server that the tests' databases are on
    where = {"HOST": servers.postgres_socket, "PORT": str(servers.postgres_port)}
    connection.settings_dict.update(NAME=database, USER=login, PASSWORD=password, **where)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


@functools.cache
def template() -> str:
    """Returns the name of the migrated template, made once for each state of the migrations."""
    name = f"template_{_mark()}"
    with psycopg.connect(ensure().admin_url(), autocommit=True) as waiting:
        # two runs may begin at once on one server
        waiting.execute("SELECT pg_advisory_lock(hashtext('inharmony template'))")
        if _admin("SELECT 1 FROM pg_database WHERE datname = " + sql.Literal(name).as_string()):
            return name
        provision(ensure().admin_url(), "making_template")
        with connected_as("owner", "making_template"):
            call_command("migrate", verbosity=0)
        _admin("ALTER DATABASE making_template RENAME TO {}", name)
    return name


def make(prefix: str = "test", *, like: str | None = None) -> str:
    """Returns the name of a new database, a copy of the template or of one that nobody is in; drop it when done."""
    name = f"{prefix}_{os.getpid()}_{next(_numbers)}"
    # by files: pages through the log take three times as long, and what a test makes need not outlive the server
    _admin("CREATE DATABASE {} TEMPLATE {} OWNER owner STRATEGY FILE_COPY", name, like or template())
    _admin("REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
    _admin("GRANT CONNECT, TEMPORARY ON DATABASE {} TO web, worker, loader", name)
    return name


def drop(name: str) -> None:
    """Drops a database, whoever is still connected."""
    _admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def spread_numbers(name: str) -> None:
    """Gives each table of a database a range of numbers of its own, so that no row is found by another's number."""
    with psycopg.connect(ensure().admin_url(), dbname=name, autocommit=True) as admin:
        admin.execute(
            "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,"
            " 1000 * row_number() OVER (ORDER BY schemaname, sequencename) + coalesce(last_value, 0))"
            " FROM pg_sequences"
        )
