"""
England drawn by its towns: a dot where people live, larger where there are more, on a grid of six-sided cells.

No outline is needed: 1,300 dots draw the coast. A cell with several towns is one dot, so that the map stays light.
Everything here is a value; the template writes the SVG.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import NamedTuple

from schools.figures.distance import Point

NORTH, WEST, SOUTH, EAST = 55.95, -6.5, 49.8, 2.0
# units of the drawing to a degree of latitude; one of longitude is shorter by the cosine of England's middle
DEGREE = 91.4
NARROWER = cos(radians(53.0))
# from a dot to the next of its row, half of which the next row is moved by, and from row to row: both whole numbers
STEP, ROW = 8, 7
WIDTH, HEIGHT = round((EAST - WEST) * NARROWER * DEGREE), round((NORTH - SOUTH) * DEGREE)
# people in a cell, from so many on, and how wide its dot is
SIZES = ((0, 3), (6_000, 4.2), (60_000, 5.6))
# of a parish whose number of people is not known
UNKNOWN = 500


class Spot(NamedTuple):
    """A point of the drawing, from its upper left corner."""

    x: float
    y: float


@dataclass(frozen=True)
class Dots:
    """All dots of one size, as the path of an SVG: lines without length, whose round caps are the dots."""

    width: float
    path: str


@dataclass(frozen=True)
class Mark:
    """The numbered dot of a hub, or a small one (no number) of another place of it."""

    at: Spot
    number: int | None
    is_past: bool = False


@dataclass(frozen=True)
class England:
    """The map: dots of towns, dots of hubs, small marks of partner schools."""

    dots: tuple[Dots, ...]
    marks: tuple[Mark, ...]
    schools: tuple[Spot, ...]
    width: int = WIDTH
    height: int = HEIGHT


def projected(point: Point) -> Spot:
    """Returns where a place lies in the drawing; degrees become lengths, which is right enough for one country."""
    return Spot(
        round((point.longitude - WEST) * NARROWER * DEGREE, 1),
        round((NORTH - point.latitude) * DEGREE, 1),
    )


def drawn(towns: Iterable[tuple[Point, int]]) -> tuple[Dots, ...]:
    """Returns the dots of towns (with their people), the smallest first."""
    people: dict[tuple[int, int], int] = {}
    for point, population in towns:
        cell = _cell(projected(point))
        people[cell] = people.get(cell, 0) + (population or UNKNOWN)
    by_size: dict[float, list[tuple[int, int]]] = {width: [] for _, width in SIZES}
    for cell, many in people.items():
        by_size[next(width for least, width in reversed(SIZES) if many >= least)].append(cell)
    return tuple(Dots(width, _path(cells)) for width, cells in by_size.items() if cells)


def _cell(spot: Spot) -> tuple[int, int]:
    """Returns the middle of the cell a spot lies in, in whole units."""
    row = round(spot.y / ROW)
    moved = STEP // 2 * (row % 2)
    return round((spot.x - moved) / STEP) * STEP + moved, row * ROW


def _path(cells: Iterable[tuple[int, int]]) -> str:
    """Returns the dots row by row; each move is from the dot before, which makes the path a third shorter."""
    parts, x, y = [], 0, 0
    for across, down in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        parts.append(f"m{across - x} {down - y}h0")
        x, y = across, down
    return "".join(parts)
