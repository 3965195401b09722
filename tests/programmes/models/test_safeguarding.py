"""Who sees which contacts."""

from datetime import date

import pytest

from programmes.actions import safeguarding
from programmes.actions.safeguarding import Caller
from programmes.models import SafeguardingContact
from programmes.queries.safeguarding import ContactPlace

Kind = SafeguardingContact.Kind


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("priya", ["hub", "marigold", "saltwharf"]),
        ("ruth", ["hub", "marigold", "saltwharf"]),
        ("joanne", ["hub", "marigold", "saltwharf"]),
        ("sam", ["hub", "saltwharf"]),
        ("omar", ["leeds"]),
        ("nia", []),
        ("olu", []),
        ("stranger", []),
    ],
)
def test_contacts_are_seen_in_the_hub_and_by_the_schools_they_are_for(cast, who, whom):
    for name, place in {
        "saltwharf": ContactPlace(cast.liverpool, Kind.SCHOOL, school=cast.saltwharf),
        "marigold": ContactPlace(cast.liverpool, Kind.SCHOOL, school=cast.marigold),
        "hub": ContactPlace(cast.liverpool, Kind.HUB),
        "leeds": ContactPlace(cast.leeds, Kind.HUB),
    }.items():
        caller = Caller(name, "0151 496 0111")
        safeguarding.keep_contact(place=place, caller=caller, starts_on=date(2026, 9, 1), by=cast.joanne)
    seen = SafeguardingContact.objects.visible_to(getattr(cast, who)).values_list("name", flat=True)
    assert sorted(seen) == whom
