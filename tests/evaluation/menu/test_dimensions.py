"""What the menu takes for sensitive is what the portal says of a child's fields; and the order of year groups."""

from evaluation.menu.categories import READINGS
from evaluation.menu.dimensions import DIMENSIONS
from participants.models import Child


def test_a_dimension_is_sensitive_where_its_field_is_special_category_data_or_treated_like_it():
    special = set(Child.privacy.special.split())
    assert {key for key, of in DIMENSIONS.items() if of.is_sensitive} == {
        key for key, (field, _) in READINGS.items() if field in special
    }


def test_year_groups_stand_in_the_order_of_the_curriculum():
    assert list(DIMENSIONS["year_group"].categories) == ["N1", "N2", "R", *map(str, range(1, 15)), "X", "none"]
