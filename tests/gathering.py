"""The cast, gathered once: databases in which it stands already, since building it takes longer than most tests."""

import pickle
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone
from time_machine import escape_hatch

from tests import databases
from tests.people import Cast, gather


@dataclass(frozen=True)
class Gathering:
    """The cast as it was gathered at one time."""

    source: str  # nobody is ever in it: copies are made of it
    database: str  # for all tests that roll back
    image: bytes

    def cast(self) -> Cast:
        """Returns the cast, objects of the test's own."""
        return pickle.loads(self.image)


@dataclass
class Gatherings:
    """One gathering for each day of the clock, and for each moment at which a test has stopped the clock before."""

    known: dict[date | datetime, Gathering] = field(default_factory=dict)

    def now(self) -> Gathering:
        """Returns the gathering of now, made when it is the first that is asked for."""
        moment = timezone.now() if escape_hatch.is_travelling() else timezone.localdate()
        if moment not in self.known:
            self.known[moment] = _make()
        return self.known[moment]

    def drop(self) -> None:
        """Drops all their databases."""
        for each in self.known.values():
            databases.drop(each.database)
            databases.drop(each.source)


def _make() -> Gathering:
    source = databases.make("cast")
    databases.spread_numbers(source)
    with databases.connected_as("web", source), transaction.atomic():
        cast = gather()
        connection.run_on_commit = []  # as in a test that rolls back, nobody hears of it
    return Gathering(source, databases.make("test", like=source), pickle.dumps(cast))
