"""Makes what the owner of the tables cannot make: logins, roles, the database. Harmless to run again.

owner                 migrations: owns the database and all in it
web, worker, loader   own nothing, bypass nothing; take a role only by SET LOCAL ROLE
national              web, and worker for who asked: releases, the public record and one table of counts; no child
figures               worker and loader: every row
child_trail           web: of the trail, what names one child
backup                reads past the row rules, for copies kept elsewhere
"""

import os

import psycopg
from psycopg import sql

from inharmony.servers.refusal import ServersError

LOGINS = ("owner", "web", "worker", "loader")
ROLES = ("national", "figures", "backup", "child_trail")
GRANTED = (
    ("national", "web"),
    ("national", "worker"),
    ("figures", "worker"),
    ("figures", "loader"),
    ("child_trail", "web"),
)
# Rows for guarded tables are copied into a temporary table first.
COPYING = ("web", "worker", "loader", "figures")

Connection = psycopg.Connection[tuple[object, ...]]


def provision(admin_dsn: str, dbname: str = "inharmony") -> None:
    """Makes logins, roles, grants and the database `dbname`, as the administrator that `admin_dsn` connects.

    A login's password is set when <LOGIN>_DATABASE_PASSWORD is in the environment, else left as it is. Raises
    ServersError when the server refuses.
    """
    try:
        with psycopg.connect(admin_dsn, autocommit=True) as connection:
            # Roles belong to the whole server: one at a time.
            connection.execute("SELECT pg_advisory_lock(hashtext('inharmony provision'))")
            for login in LOGINS:
                _make_role(connection, login, inherits=login == "owner", bypasses=False, logs_in=True)
                _set_password(connection, login)
            for role in ROLES:
                _make_role(connection, role, inherits=True, bypasses=role == "backup", logs_in=False)
            for role, login in GRANTED:
                connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(login)))
            _make_database(connection, dbname)
        with psycopg.connect(admin_dsn, dbname=dbname, autocommit=True) as connection:
            _make_schema(connection)
    except psycopg.Error as error:
        raise ServersError(
            f"The database server refused to make the portal's logins or its database {dbname}: {str(error).strip()}. "
            "The connection must be that of a superuser, or of a login with CREATEROLE, CREATEDB and BYPASSRLS."
        ) from error


def _make_role(connection: Connection, role: str, *, inherits: bool, bypasses: bool, logs_in: bool) -> None:
    found = connection.execute(
        "SELECT rolcanlogin, rolinherit, rolbypassrls, rolsuper, rolcreatedb, rolcreaterole, rolreplication "
        "FROM pg_roles WHERE rolname = %s",
        [role],
    ).fetchone()
    if found == (logs_in, inherits, bypasses, False, False, False, False):
        return
    verb = "ALTER" if found else "CREATE"
    wishes = [
        "LOGIN" if logs_in else "NOLOGIN",
        "INHERIT" if inherits else "NOINHERIT",
        "BYPASSRLS" if bypasses else "NOBYPASSRLS",
        "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION",
    ]
    statement = sql.SQL("{} ROLE {} {}")
    connection.execute(statement.format(sql.SQL(verb), sql.Identifier(role), sql.SQL(" ".join(wishes))))


def _set_password(connection: Connection, login: str) -> None:
    password = os.environ.get(f"{login.upper()}_DATABASE_PASSWORD")
    if password:
        # Hashed here, so that no statement in a server's log holds the password.
        hashed = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(login), sql.Literal(hashed.decode()))
        )


def _make_database(connection: Connection, dbname: str) -> None:
    name = sql.Identifier(dbname)
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbname]).fetchone()
    if not found:
        superuser = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if superuser != (True,):
            connection.execute("GRANT owner TO CURRENT_USER")  # only a member may give away what it makes
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER owner TEMPLATE template0 ENCODING 'UTF8'").format(name))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO owner, web, worker, loader").format(name))
    copying = sql.SQL(", ").join(map(sql.Identifier, COPYING))
    connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(name, copying))


def _make_schema(connection: Connection) -> None:
    connection.execute("ALTER SCHEMA public OWNER TO owner")
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    # For constraints that forbid overlapping date ranges of the same child.
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
