from contextlib import contextmanager
from datetime import date

import pytest

from evaluation.demonstration.scale import Scale, SchoolPlan
from evaluation.demonstration.seeding import seed
from tests import databases

# a Tuesday in term
TODAY = date(2026, 11, 17)
TINY = Scale(
    {"liverpool": SchoolPlan(2, (4, 5), 2), "leeds": SchoolPlan(1, (4, 5), 1)}, class_size=(6, 9), schools_a_tutor=2
)


@pytest.fixture(scope="session")
def tiny() -> Scale:
    """Three schools of two programmes."""
    return TINY


@pytest.fixture(scope="session")
def invented(database, django_db_blocker):
    """A context in which a database of its own has been filled, entered as the loader; yields what was written."""

    @contextmanager
    def fill(*, today=TODAY, seeded=7, years=2, scale=TINY):
        name = databases.make("invented")
        try:
            with django_db_blocker.unblock(), databases.connected_as("loader", name):
                yield seed(scale=scale, years=years, seed=seeded, today=today)
        finally:
            databases.drop(name)

    return fill


@pytest.fixture(scope="session")
def filled_once(database, django_db_blocker):
    """The name of a database that was filled, to be copied and never written, and what was written."""
    name = databases.make("filled")
    with django_db_blocker.unblock(), databases.connected_as("loader", name):
        counts = seed(scale=TINY, years=2, seed=7, today=TODAY)
    yield name, counts
    databases.drop(name)


@pytest.fixture(scope="module")
def filled(filled_once, django_db_blocker):
    """A copy of the filled database for all reading tests of a module: copying takes a tenth of filling."""
    source, counts = filled_once
    name = databases.make("filled", like=source)
    with django_db_blocker.unblock(), databases.connected_as("loader", name):
        yield counts
    databases.drop(name)
