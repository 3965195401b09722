"""What the menu takes for sensitive is what the portal says of a child's fields."""

from evaluation.menu.categories import READINGS
from evaluation.menu.dimensions import DIMENSIONS
from participants.models import Child


def test_a_dimension_is_sensitive_where_its_field_is_special_category_data_or_treated_like_it():
    special = set(Child.privacy.special.split())
    assert {key for key, of in DIMENSIONS.items() if of.is_sensitive} == {
        key for key, (field, _) in READINGS.items() if field in special
    }
