from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.figures.distance import EARTH_RADIUS, Point, miles, written

LIVERPOOL, LEEDS, LAMBETH = Point(53.4106, -2.9779), Point(53.7997, -1.5492), Point(51.4607, -0.1163)
points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "apart"), [(LIVERPOOL, LEEDS, 64.6), (LIVERPOOL, LAMBETH, 180.2), (LEEDS, LEEDS, 0)]
)
def test_distances_between_hubs_are_those_of_a_map(one, other, apart):
    assert miles(one, other) == pytest.approx(apart, rel=0.01)


@given(points, points)
def test_the_way_there_is_as_long_as_the_way_back_and_never_round_the_earth(one, other):
    assert miles(one, other) == pytest.approx(miles(other, one), abs=1e-6)
    assert 0 <= miles(one, other) <= pi * EARTH_RADIUS + 1


@given(points, points, points)
def test_no_way_round_is_shorter_than_the_straight_one(one, other, third):
    assert miles(one, other) <= miles(one, third) + miles(third, other) + 1e-3


@pytest.mark.parametrize(
    ("distance", "words"),
    [(0, "less than a mile"), (0.74, "less than a mile"), (0.8, "about a mile"), (31.7, "about 32 miles")],
)
def test_a_distance_is_said_as_people_say_it(distance, words):
    assert written(distance) == words
