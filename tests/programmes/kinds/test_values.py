"""What an entry says goes into a version and comes back, whatever it says."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programmes.kinds import KINDS
from programmes.kinds.values import as_posted, assign, read, told_in_memory, told_of
from tests.factories import record

days = st.dates(date(1800, 1, 1), date(2100, 12, 31))
words = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=40)
sums = st.none() | st.decimals(0, Decimal("9999999999.99"), places=2)
heads = st.none() | st.integers(0, 2_000_000)
FUNDING, COLLABORATION, PLACE = KINDS["funding"], KINDS["collaboration"], KINDS["place"]


def there_and_back(kind, row):
    """What a row says, through JSON as the database keeps it."""
    return read(kind, json.loads(json.dumps(told_of(kind, row))))


@given(
    said=st.fixed_dictionaries(
        {
            "funder": st.integers(1, 2**31),
            "programme": st.none() | st.integers(1, 2**31),
            "title": words,
            "starts_on": days,
            "ends_on": st.none() | days,
            "precision": st.sampled_from(["day", "month", "year"]),
            "amount": sums,
            "is_a_year": st.booleans(),
            "is_in_harmony_only": st.booleans(),
            "is_public": st.booleans(),
            "conditions": words,
            "words": words,
            "source": words,
        }
    )
)
def test_dates_sums_choices_and_nothing_come_back(said):
    row = assign(FUNDING, FUNDING.model(), said)
    assert there_and_back(FUNDING, row) == said
    assert told_of(FUNDING, assign(FUNDING, FUNDING.model(), there_and_back(FUNDING, row))) == told_of(FUNDING, row)


@given(latitude=st.none() | st.floats(49, 61), longitude=st.none() | st.floats(-9, 2))
def test_coordinates_come_back_to_the_last_place(latitude, longitude):
    row = assign(PLACE, PLACE.model(), {"latitude": latitude, "longitude": longitude})
    back = there_and_back(PLACE, row)
    assert (back["latitude"], back["longitude"]) == (latitude, longitude)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(hubs=st.sets(st.sampled_from(["liverpool", "leeds"])), children=heads, title=words.filter(str.strip))
def test_the_hubs_of_a_collaboration_come_back(cast, hubs, children, title):
    programmes = [getattr(cast, hub) for hub in sorted(hubs)]
    row = record.collaboration(*programmes, children=children, title=title)
    back = there_and_back(COLLABORATION, row)
    assert (back["programmes"], back["children"]) == (sorted(one.pk for one in programmes), children)
    assert told_in_memory(COLLABORATION, row, {"programmes": programmes}) == told_of(COLLABORATION, row)


@pytest.mark.parametrize(
    ("stored", "posted"),
    [
        ({"amount": "12.50", "is_public": True, "words": ""}, {"amount": "12.50", "is_public": "on", "words": ""}),
        ({"is_public": False, "ends_on": None, "nonsense": 1}, {}),
    ],
)
def test_a_version_is_posted_as_a_browser_would(stored, posted):
    assert as_posted(FUNDING, stored) == posted
