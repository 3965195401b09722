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


@pytest.fixture(scope="module")
def filled(invented):
    """One filled database for all reading tests of a module."""
    with invented() as counts:
        yield counts
