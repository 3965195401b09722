import pytest
from django.db import connection

from inharmony.pages.public import new_edition
from tests import databases
from tests.clients import SignedInClient
from tests.people import Cast, gather
from tests.stack import empty_stack, stack

__all__ = ["empty_stack", "stack"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """One database for all tests that roll back, entered as `web`."""
    with django_db_blocker.unblock():
        name = databases.make()
    connection.close()
    connection.settings_dict.update(NAME=name, USER="web", CONN_MAX_AGE=0)
    yield
    with django_db_blocker.unblock():
        connection.close()
    databases.drop(name)


@pytest.fixture
def client() -> SignedInClient:
    """Somebody at a browser; `force_login` brings a second factor with it. No public page is kept from another test."""
    new_edition()
    return SignedInClient()


@pytest.fixture
def fresh_database(django_db_setup, django_db_blocker):
    """A database of the test's own, in which commits are real."""
    name = databases.make("fresh")
    with django_db_blocker.unblock(), databases.connected_as("web", name):
        yield name
    databases.drop(name)


@pytest.fixture
def cast(db) -> Cast:
    """The people of every story, two hubs side by side, and children on both sides of the wall."""
    return gather()


@pytest.fixture
def committed_cast(fresh_database) -> Cast:
    """The same people in a database where commits are real."""
    return gather()
