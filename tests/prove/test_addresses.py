"""Every address of the portal is in the crawler's plan, and each of its parameters stands for something."""

import pytest

from tests.architecture import test_urls
from tests.crawler.filling import parameters_of
from tests.crawler.plan import Address
from tests.prove.addresses import BY_LINK, NAMED, SHOWS, Entry, NoNounError, entries, noun_of

ENTRIES = entries()


def test_every_entry_of_the_resolver_is_probed_and_so_are_those_of_the_demonstration():
    names = [entry.name for entry in ENTRIES]
    resolved = [name for name, *_ in test_urls.ADDRESSES]
    assert [name for name in names if not name.startswith("demonstration:")] == resolved
    assert {"demonstration:sign-in", "demonstration:outbox"} <= set(names)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_parameter_of_an_address_stands_for_something(entry):
    for parameter in parameters_of(Address(entry.name, entry.route)):
        assert noun_of(entry, parameter)


def test_a_parameter_nobody_has_explained_says_where_to():
    with pytest.raises(
        NoNounError, match=r"bands:band \(bands/<int:pk>/\) has the parameter pk.*“bands”.*addresses\.py"
    ):
        noun_of(Entry("bands:band", "bands/<int:pk>/", False), "pk")


def test_what_is_said_of_an_address_is_said_of_one_that_is_there():
    assert {*BY_LINK, *SHOWS, *(name for name, _ in NAMED)} <= {entry.name for entry in ENTRIES}


def test_open_addresses_are_those_that_say_so():
    assert {entry.name for entry in ENTRIES if entry.is_open} == {
        *test_urls.OPEN,
        "demonstration:sign-in",
        "demonstration:outbox",
    }
