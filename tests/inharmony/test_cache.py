"""Without the shared cache each process counts for itself: guessing stays limited, and nobody is locked out."""

import socket
import time

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.test import override_settings

from inharmony.cache import SteadyCache
from tests.second_factors import enrol, sign_in


@pytest.fixture
def away():
    """A cache whose server refuses every connection."""
    cache = SteadyCache("redis://127.0.0.1:1", {})
    cache._memory.clear()
    return cache


def test_what_is_kept_meanwhile_is_found_by_the_same_process(away):
    assert away.get("tries", 0) == 0
    away.set("tries", 3)
    assert (away.add("tries", 9), away.get("tries"), away.incr("tries"), away.has_key("tries")) == (False, 3, 4, True)
    away.set_many({"a": 1, "b": 2})
    assert (away.get_many(["a", "b"]), away.touch("a"), away.delete("a"), away.get("a")) == (
        {"a": 1, "b": 2},
        True,
        True,
        None,
    )
    away.delete_many(["b"])
    away.clear()
    assert away.get("tries") is None


def test_a_server_that_is_away_is_asked_once_and_then_left_alone(away, caplog):
    for _ in range(20):
        away.get("x")
    assert len([line for line in caplog.messages if "does not answer" in line]) == 1


def test_a_server_that_hangs_holds_nobody_for_long():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        cache = SteadyCache(f"redis://127.0.0.1:{mute.getsockname()[1]}", {})
        began = time.monotonic()
        assert [cache.get("x") for _ in range(5)] == [None] * 5
        assert time.monotonic() - began < 4


def test_with_the_server_there_the_shared_one_is_used():
    caches["default"].set("seen-by-all", 1)
    other = SteadyCache(caches["default"]._servers, {"KEY_PREFIX": caches["default"].key_prefix})
    assert other.get("seen-by-all") == 1
    caches["default"].delete("seen-by-all")


@override_settings(CACHES={"default": {"BACKEND": "inharmony.cache.SteadyCache", "LOCATION": "redis://127.0.0.1:1"}})
def test_signing_in_works_and_guessing_is_limited_without_the_server(client, cast):
    for user in (cast.priya, cast.ruth):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        enrol(user)
    caches["default"].clear()
    assert sign_in(client, cast.priya)["Location"] == "/"
    client.post("/sign-out/")
    for number in range(8):
        client.post("/sign-in/", {"login": cast.ruth.email, "password": f"wrong words {number}"})
    page = client.post("/sign-in/", {"login": cast.ruth.email, "password": "three words apart"})
    assert "Wait five minutes" in page.content.decode()
