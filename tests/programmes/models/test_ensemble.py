"""When an ensemble holds more than its places: said in one place, for pages and for what follows a press."""

import pytest

from programmes.models import Ensemble


@pytest.mark.parametrize(
    ("capacity", "children", "is_crowded"),
    [(None, 0, False), (None, 500, False), (3, 2, False), (3, 3, False), (3, 4, True), (1, 0, False)],
)
def test_an_ensemble_is_crowded_by_more_than_its_places_and_without_a_number_by_nobody(capacity, children, is_crowded):
    assert Ensemble(capacity=capacity).is_crowded_by(children) is is_crowded
