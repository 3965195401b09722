"""How far two places lie apart, as the crow flies."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_RADIUS = 3_958.8  # miles


class Point(NamedTuple):
    """A place on the WGS84 grid, in degrees."""

    latitude: float
    longitude: float


def miles(one: Point, other: Point) -> float:
    """Returns the distance over the surface of a round earth, in miles; half a per cent off at most."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin(radians(other.longitude - one.longitude) / 2) ** 2
    along = sin((south - north) / 2) ** 2
    # rounding may carry the sum of two squares past 1 between opposite ends of the earth
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(along + cos(north) * cos(south) * across)))


def written(distance: float) -> str:
    """Returns "less than a mile", "about a mile" or "about 32 miles"."""
    if distance < 0.75:
        return "less than a mile"
    whole = round(distance)
    return "about a mile" if whole == 1 else f"about {whole} miles"
