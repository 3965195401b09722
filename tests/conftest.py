import os
import uuid

import pytest
from django.core.cache import caches
from django.db import connection
from hypothesis import HealthCheck, settings

from inharmony.servers.addresses import from_environment
from tests import databases
from tests.clients import SignedInClient
from tests.gathering import Gatherings
from tests.people import Cast
from tests.stack import empty_stack, stack

__all__ = ["empty_stack", "stack"]

# a machine that has other work to do makes examples slowly; that is no fault of what is tested
settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared machine")

MOST = 4  # processes: each has servers and a browser of its own, 1.5 GB in all
RUNNING = {"empty_stack", "stack"}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Returns how many processes `make test` runs in: one a core, one alone on servers of the environment."""
    return 1 if from_environment() else min(len(os.sched_getaffinity(0)), MOST)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items) -> None:
    """Puts first what drives a running portal: it takes longest, and one process then does it all."""
    items.sort(key=lambda item: not RUNNING.intersection(item.fixturenames))


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    """
    Gives each test a shared cache with nothing in it, in every thread.

    A test's rows are taken back and copied databases number theirs alike, which no portal does: what was kept of them,
    pages or releases, is nobody's.
    """
    prefix = uuid.uuid4().hex
    monkeypatch.setitem(caches.settings["default"], "KEY_PREFIX", prefix)
    monkeypatch.setattr(caches["default"], "key_prefix", prefix)


@pytest.fixture(scope="session")
def database(django_db_blocker):
    """One database for all tests that roll back and want it empty, entered as `web`."""
    with django_db_blocker.unblock():
        name = databases.make()
    connection.close()
    connection.settings_dict.update(NAME=name, USER="web", CONN_MAX_AGE=0)
    yield name
    with django_db_blocker.unblock():
        connection.close()
    databases.drop(name)


@pytest.fixture(scope="session")
def gatherings(database, django_db_blocker):
    """The databases for tests that roll back and want the cast in it."""
    made = Gatherings()
    yield made
    with django_db_blocker.unblock():
        connection.close()
    made.drop()


@pytest.fixture
def gathering(gatherings, django_db_blocker):
    """The cast as it stands in databases already, gathered at the time that the test begins with."""
    with django_db_blocker.unblock():
        return gatherings.now()


@pytest.fixture
def django_db_setup(request, database):
    """Enters the database of the test: that of the cast when the cast is asked for."""
    name = request.getfixturevalue("gathering").database if "cast" in request.fixturenames else database
    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict.update(NAME=name)


@pytest.fixture
def client() -> SignedInClient:
    """Somebody at a browser; `force_login` brings a second factor with it."""
    return SignedInClient()


@pytest.fixture
def fresh_database(request, django_db_setup, django_db_blocker):
    """A database of the test's own, in which commits are real; the cast and a release are in it when asked for."""
    like = None
    if "committed_cast" in request.fixturenames:
        gathering = request.getfixturevalue("gathering")
        with django_db_blocker.unblock():
            like = gathering.released if "released" in request.fixturenames else gathering.source
    name = databases.make("fresh", like=like)
    with django_db_blocker.unblock(), databases.connected_as("web", name):
        yield name
    databases.drop(name)


@pytest.fixture
def cast(db, gathering) -> Cast:
    """The people of every story, two hubs side by side, and children on both sides of the wall."""
    assert connection.settings_dict["NAME"] == gathering.database, "the cast is not among the test's fixtures"
    return gathering.cast()


@pytest.fixture
def committed_cast(fresh_database, gathering) -> Cast:
    """The same people in a database where commits are real."""
    return gathering.cast()


@pytest.fixture
def released(committed_cast) -> Cast:
    """The same, with three hubs of known sizes (`factories.evaluation.country`) and a release of this year."""
    return committed_cast
