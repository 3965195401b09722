"""A small England: some towns as they are published, and the public record as it comes with the portal."""

import pytest
import time_machine

from evaluation.actions.release import cut_release
from programmes.actions.record import load_record
from schools.actions.town import TownFacts, keep_towns
from tests.databases import connected_as
from tests.factories.schools import this_year

TOWNS = (
    TownFacts(1, "Leeds", "ENG", 53.79648, -1.54785, 455_123),
    TownFacts(2, "Leeds", "ENG", 51.25, 0.61667, 650),
    TownFacts(3, "Liverpool", "ENG", 53.41058, -2.97794, 864_122),
    TownFacts(4, "York", "ENG", 53.95763, -1.08271, 144_202),
    TownFacts(5, "Norwich", "ENG", 52.62783, 1.29834, 177_636),
    TownFacts(6, "London", "ENG", 51.50853, -0.12574, 8_961_989),
    TownFacts(7, "Newport", "ENG", 50.70146, -1.29124, 24_884),
    TownFacts(8, "Newport", "ENG", 52.76684, -2.37734, 12_741),
    TownFacts(9, "Newport", "WLS", 51.58774, -2.99835, 161_506),
    TownFacts(10, "Telford", "ENG", 52.67659, -2.44926, 147_980),
    TownFacts(11, "Portsmouth", "ENG", 50.79899, -1.09125, 194_150),
    TownFacts(12, "Cardiff", "WLS", 51.48, -3.18, 447_287),
    TownFacts(13, "Kingston upon Hull", "ENG", 53.7446, -0.33525, 314_018),
    TownFacts(14, "St Helens", "ENG", 53.45, -2.73333, 106_440),
    TownFacts(15, "Maidstone", "ENG", 51.26667, 0.51667, 107_627),
    TownFacts(16, "Sunderland", "ENG", 54.90465, -1.38222, 177_965),
)


@pytest.fixture
def in_autumn():
    """It is November 2026, whenever the tests run; for tests that ask for it before what is made of the day."""
    with time_machine.travel("2026-11-17 10:42+00:00", tick=False):
        yield


@pytest.fixture
def towns(db):
    """Towns of the kingdom, several of one name among them."""
    keep_towns(facts=TOWNS, by=None)


@pytest.fixture
def record(towns):
    """The public record, and towns."""
    load_record(by=None)


@pytest.fixture
def cut(fresh_database):
    """A function that cuts a release of this year, or of a term of it, as the worker does."""

    def made(term=""):
        with connected_as("worker", fresh_database):
            return cut_release(academic_year=this_year(), term=term, by=None)

    return made
