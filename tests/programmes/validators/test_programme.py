"""What a hub may be called, and the colour of its reports."""

import pytest
from django.core.exceptions import ValidationError

from programmes.record.programmes import PROGRAMMES
from programmes.validators.programme import READABLE, contrast_with_white, require_dark, require_free_slug


@pytest.mark.parametrize(("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_contrast_with_white(colour, contrast):
    assert round(contrast_with_white(colour), 2) == contrast


def test_the_colours_of_the_record_can_be_chosen():
    for each in PROGRAMMES:
        require_dark(each.colour)


@pytest.mark.parametrize("colour", ["#777777", "#ffffff", "181c36", "#181C36", "#18", "red", "#181c36;"])
def test_a_light_colour_or_none_is_refused(colour):
    with pytest.raises(ValidationError):
        require_dark(colour)
    assert READABLE == 4.5


def test_the_address_of_another_page_is_refused():
    require_free_slug("newcastle")
    with pytest.raises(ValidationError):
        require_free_slug("new")
