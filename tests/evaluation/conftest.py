import pytest
import time_machine

from tests import machinery
from tests.clients import SignedInClient

# a Tuesday in term, before noon in London
NOW = "2026-11-17 10:42:00+00:00"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def open_as():
    """Returns the answer a person gets at an address."""

    def open_page(person, address, **query):
        client = SignedInClient()
        client.force_login(person)
        return client.get(address, query)

    return open_page


@pytest.fixture
def no_pango():
    """The system libraries that set text are not on this machine."""
    with machinery.without_pango():
        yield


@pytest.fixture
def no_broker():
    """Nobody answers at the broker's address."""
    with machinery.without_broker():
        yield


@pytest.fixture
def shelf(settings, tmp_path):
    """The folder finished reports lie in, empty."""
    default = settings.STORAGES["default"]
    location = {**default["OPTIONS"], "location": tmp_path}
    settings.STORAGES = {**settings.STORAGES, "default": {**default, "OPTIONS": location}}
    return tmp_path / "reports"


@pytest.fixture
def queue():
    """The messages waiting at the broker, each as its task's name and arguments; empty at first."""
    with machinery.queue() as waiting:
        yield waiting
