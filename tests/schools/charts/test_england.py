import re

from hypothesis import given
from hypothesis import strategies as st

from schools.charts.england import HEIGHT, ROW, STEP, WIDTH, drawn, projected
from schools.figures.distance import Point

CORNERS = {
    "Land's End": Point(50.066, -5.715),
    "Berwick": Point(55.769, -2.005),
    "Lowestoft": Point(52.481, 1.763),
    "Scilly": Point(49.914, -6.311),
}
english = st.builds(Point, st.floats(49.9, 55.8), st.floats(-6.4, 1.8))


def dots_of(path):
    """The dots of a path as they are drawn: each move is from the one before."""
    assert re.fullmatch(r"(m-?\d+ -?\d+h0)*", path)
    x = y = 0
    found = []
    for across, down in re.findall(r"m(-?\d+) (-?\d+)h0", path):
        x, y = x + int(across), y + int(down)
        found.append((x, y))
    return found


def test_the_ends_of_england_are_on_the_map_and_where_they_belong():
    at = {name: projected(point) for name, point in CORNERS.items()}
    assert all(0 < spot.x < WIDTH and 0 < spot.y < HEIGHT for spot in at.values())
    assert at["Scilly"].x < at["Land's End"].x < at["Berwick"].x < at["Lowestoft"].x
    assert at["Berwick"].y < at["Lowestoft"].y < at["Land's End"].y < at["Scilly"].y


def test_a_mile_north_is_as_long_as_a_mile_east_in_the_middle_of_england():
    here, north, east = Point(53, -1.5), Point(53.1, -1.5), Point(53, -1.5 + 0.1 / 0.6018)
    up = projected(here).y - projected(north).y
    across = projected(east).x - projected(here).x
    assert abs(up - across) <= 0.2


def test_towns_of_one_cell_are_one_dot_as_large_as_their_people_together():
    (small,) = drawn([(Point(53.0, -1.5), 3_000)])
    (middle,) = drawn([(Point(53.0, -1.5), 3_000), (Point(53.0, -1.5), 4_000)])
    (large,) = drawn([(Point(53.0, -1.5), 70_000)])
    assert small.width < middle.width < large.width
    assert small.path == middle.path == large.path
    assert len(dots_of(small.path)) == 1


def test_a_parish_of_unknown_size_is_a_small_dot():
    assert drawn([(Point(53, -1.5), 0)]) == drawn([(Point(53, -1.5), 500)])


def test_no_town_is_no_dot():
    assert drawn([]) == ()


@given(st.lists(st.tuples(english, st.integers(0, 9_000_000)), max_size=40))
def test_each_town_lies_within_a_cell_of_a_dot_and_no_dot_twice(towns):
    found = [dot for dots in drawn(towns) for dot in dots_of(dots.path)]
    assert len(set(found)) == len(found) <= len(towns)
    for point, _ in towns:
        spot = projected(point)
        assert any(abs(spot.x - x) <= STEP / 2 + 0.1 and abs(spot.y - y) <= ROW / 2 + 0.1 for x, y in found)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in found)
