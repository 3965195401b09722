"""The published towns, as the package has them: what the search and the map rely on."""

from collections import Counter

import pytest

from schools.imports.towns import published_towns
from schools.validators.names import key


@pytest.fixture(scope="module")
def towns():
    return list(published_towns())


def test_towns_and_villages_of_the_whole_kingdom_are_there(towns):
    nations = Counter(town.nation for town in towns)
    assert set(nations) == {"ENG", "SCT", "WLS", "NIR"}
    assert nations["ENG"] > 3_500


def test_the_towns_of_the_hubs_lie_where_they_are(towns):
    largest = {}
    for town in sorted(towns, key=lambda town: town.population):
        largest[town.name] = town
    for name, north, west in [
        ("Liverpool", 53.41, 2.98),
        ("Leeds", 53.80, 1.55),
        ("Nottingham", 52.95, 1.15),
        ("Telford", 52.68, 2.45),
        ("Halifax", 53.72, 1.85),
    ]:
        town = largest[name]
        assert (town.latitude, -town.longitude) == pytest.approx((north, west), abs=0.03)


def test_no_name_is_longer_than_its_column_and_none_is_without_a_key(towns):
    assert all(0 < len(town.name) <= 80 and key(town.name) for town in towns)
    assert len({town.code for town in towns}) == len(towns)
