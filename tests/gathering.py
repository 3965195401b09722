"""The cast, gathered once: databases in which it stands already, since building it takes longer than most tests."""

import pickle
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db import connection, transaction
from django.utils import timezone
from time_machine import escape_hatch

from evaluation.actions.release import cut_release
from tests import databases
from tests.factories import evaluation
from tests.factories.schools import this_year
from tests.people import Cast, gather


@dataclass
class Gathering:
    """The cast as it was gathered at one time."""

    source: str  # nobody is ever in it: copies are made of it
    database: str  # for all tests that roll back
    image: bytes

    def cast(self) -> Cast:
        """Returns the cast, objects of the test's own."""
        return pickle.loads(self.image)

    @cached_property
    def released(self) -> str:
        """The name of a database, to be copied, in which three hubs stand beside the cast and a release is out."""
        name = databases.make("released", like=self.source)
        with databases.connected_as("web", name):
            evaluation.country(self.cast())
        with databases.connected_as("worker", name):
            cut_release(academic_year=this_year(), by=None)
        return name

    def drop(self) -> None:
        """Drops its databases."""
        for name in (self.database, self.__dict__.get("released"), self.source):
            if name:
                databases.drop(name)


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
            each.drop()


def _make() -> Gathering:
    source = databases.make("cast")
    databases.spread_numbers(source)
    with databases.connected_as("web", source), transaction.atomic():
        cast = gather()
        connection.run_on_commit = []  # as in a test that rolls back, nobody hears of it
    return Gathering(source, databases.make("test", like=source), pickle.dumps(cast))
