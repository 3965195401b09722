"""Which servers count, and how each login reaches them."""

import pytest

from inharmony.servers import ensure
from inharmony.servers.addresses import Servers, from_state
from inharmony.servers.folders import State

EMBEDDED = State("/tmp/in harmony", 5432, "redis+socket:///tmp/v.sock", 1)
OUTSIDE = "postgresql://admin:p%40ss@db.example:6000/portal?sslmode=require"


def test_embedded_servers_are_reached_by_their_socket() -> None:
    servers = from_state(EMBEDDED)
    assert servers.database_url() == "postgresql://web@%2Ftmp%2Fin%20harmony:5432/inharmony"
    assert servers.database_url("owner", "other") == "postgresql://owner@%2Ftmp%2Fin%20harmony:5432/other"
    assert servers.admin_url() == "postgresql://postgres@%2Ftmp%2Fin%20harmony:5432/postgres"
    assert servers.cache_url == "unix:///tmp/v.sock"


def test_environment_wins_for_both_or_for_its_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", OUTSIDE)
    half = from_state(EMBEDDED)
    assert (half.outside_database, half.redis_url) == (OUTSIDE, "redis+socket:///tmp/v.sock")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example")
    assert ensure() == Servers("", 0, "redis://cache.example", OUTSIDE)
    assert ensure().cache_url == "redis://cache.example"


def test_each_login_has_its_own_password_at_an_outside_server(monkeypatch: pytest.MonkeyPatch) -> None:
    servers = Servers("", 0, "", OUTSIDE)
    monkeypatch.setenv("WORKER_DATABASE_PASSWORD", "a/b")
    assert servers.database_url("worker") == "postgresql://worker:a%2Fb@db.example:6000/portal?sslmode=require"
    assert servers.admin_url() == OUTSIDE
