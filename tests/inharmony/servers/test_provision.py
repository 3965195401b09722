"""Logins, roles and the database, as the walls need them."""

import psycopg
import pytest
from psycopg import sql

from inharmony.servers.embedded import Embedded
from inharmony.servers.provision import provision
from inharmony.servers.refusal import ServersError

ROLES = """
    SELECT rolname, rolcanlogin, rolinherit, rolsuper OR rolcreatedb OR rolcreaterole, rolbypassrls
    FROM pg_roles WHERE rolname IN ('owner', 'web', 'worker', 'loader', 'national', 'figures', 'backup', 'child_trail')
    ORDER BY rolname
"""
GRANTS = """
    SELECT role.rolname, member.rolname FROM pg_auth_members m
    JOIN pg_roles role ON role.oid = m.roleid JOIN pg_roles member ON member.oid = m.member
    WHERE role.rolname IN ('owner', 'national', 'figures', 'backup', 'child_trail') ORDER BY 1, 2
"""
DATABASE = "SELECT datacl::text, pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'walls'"
SCHEMA = "SELECT pg_get_userbyid(nspowner), nspacl::text FROM pg_namespace WHERE nspname = 'public'"


def state(embedded: Embedded) -> list[list[tuple[object, ...]]]:
    with psycopg.connect(embedded.servers.admin_url("walls")) as connection:
        return [connection.execute(query).fetchall() for query in (ROLES, GRANTS, DATABASE, SCHEMA)]


def connect(embedded: Embedded, login: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(embedded.servers.database_url(login, "walls"), autocommit=True)


@pytest.fixture
def walls(running: Embedded) -> Embedded:
    provision(running.servers.admin_url(), "walls")
    return running


def test_logins_own_nothing_and_bypass_nothing(walls: Embedded) -> None:
    roles, grants, *_ = state(walls)
    assert roles == [
        ("backup", False, True, False, True),
        ("child_trail", False, True, False, False),
        ("figures", False, True, False, False),
        ("loader", True, False, False, False),
        ("national", False, True, False, False),
        ("owner", True, True, False, False),
        ("web", True, False, False, False),
        ("worker", True, False, False, False),
    ]
    assert grants == [
        ("child_trail", "web"),
        ("figures", "loader"),
        ("figures", "worker"),
        ("national", "web"),
        ("national", "worker"),
    ]


def test_provision_twice_is_the_same(walls: Embedded) -> None:
    before = state(walls)
    provision(walls.servers.admin_url(), "walls")
    assert state(walls) == before


def test_provision_mends_a_login_that_was_given_too_much(walls: Embedded) -> None:
    before = state(walls)
    with psycopg.connect(walls.servers.admin_url()) as connection:
        connection.execute("ALTER ROLE web BYPASSRLS INHERIT CREATEROLE")
    provision(walls.servers.admin_url(), "walls")
    assert state(walls) == before


@pytest.mark.parametrize("login", ["web", "worker", "loader"])
def test_login_makes_no_table_but_a_temporary_one(walls: Embedded, login: str) -> None:
    with connect(walls, login) as connection:
        connection.execute("CREATE TEMPORARY TABLE rows_to_copy (number int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.own (number int)")


@pytest.mark.parametrize(
    ("login", "role", "allowed"),
    [
        ("web", "national", True),
        ("web", "figures", False),
        ("web", "child_trail", True),
        ("worker", "child_trail", False),
        ("web", "owner", False),
        ("worker", "figures", True),
        ("worker", "national", True),
        ("loader", "figures", True),
        ("loader", "backup", False),
    ],
)
def test_login_takes_only_its_own_role(walls: Embedded, login: str, role: str, allowed: bool) -> None:
    with connect(walls, login) as connection, connection.transaction(force_rollback=True):
        take = sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role))
        if allowed:
            connection.execute(take)
            assert connection.execute("SELECT current_user").fetchone() == (role,)
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(take)


def test_web_has_nothing_of_a_role_it_has_not_taken(walls: Embedded) -> None:
    with connect(walls, "owner") as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS counts (number int)")
        connection.execute("GRANT SELECT ON counts TO national")
    with connect(walls, "web") as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM counts")
        with connection.transaction():
            connection.execute("SET LOCAL ROLE national")
            assert connection.execute("SELECT * FROM counts").fetchall() == []
    with connect(walls, "owner") as connection:
        connection.execute("DROP TABLE counts")


def test_date_ranges_of_one_child_can_be_kept_apart(walls: Embedded) -> None:
    with connect(walls, "owner") as connection, connection.transaction(force_rollback=True):
        connection.execute(
            "CREATE TABLE stay (child int, days daterange, EXCLUDE USING gist (child WITH =, days WITH &&))"
        )
        connection.execute("INSERT INTO stay VALUES (1, '[2026-09-01,2027-01-01)')")
        with pytest.raises(psycopg.errors.ExclusionViolation), connection.transaction():
            connection.execute("INSERT INTO stay VALUES (1, '[2026-12-01,2027-02-01)')")


def test_password_is_set_from_the_environment_and_never_sent_in_clear(
    walls: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_DATABASE_PASSWORD", "crotchet quaver minim")
    provision(walls.servers.admin_url(), "walls")
    with psycopg.connect(walls.servers.admin_url()) as connection:
        found = dict(connection.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin").fetchall())
    assert str(found["web"]).startswith("SCRAM-SHA-256$")
    assert found["worker"] is None


def test_server_that_refuses_is_named_with_the_right_it_wants(walls: Embedded) -> None:
    with pytest.raises(ServersError, match="must be that of a superuser, or of a login with CREATEROLE"):
        provision(walls.servers.database_url("web", "walls"), "another")
