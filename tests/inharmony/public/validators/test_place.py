import pytest
from hypothesis import given
from hypothesis import strategies as st

from inharmony.public.validators.place import LONGEST, read


@pytest.mark.parametrize(
    ("typed", "words", "district", "area", "postcode"),
    [
        ("L5 3LW", "L5 3LW", "L5", "L", "L53LW"),
        ("l53lw", "L5 3LW", "L5", "L", "L53LW"),
        (" ls10  3hq. ", "LS10 3HQ", "LS10", "LS", "LS103HQ"),
        ("L5", "L5", "L5", "L", ""),
        ("LS10", "LS10", "LS10", "LS", ""),
        ("L5 3", "L5", "L5", "L", ""),
        ("SW1A 1AA", "SW1A 1AA", "SW1A", "SW", "SW1A1AA"),
        ("W1A", "W1A", "W1A", "W", ""),
    ],
)
def test_a_postcode_or_its_first_half_is_known_however_it_is_typed(typed, words, district, area, postcode):
    asked = read(typed)
    assert (asked.words, asked.district, asked.area, asked.postcode, asked.key) == (words, district, area, postcode, "")


@pytest.mark.parametrize(
    ("typed", "key", "within"),
    [
        ("Leeds", "leeds", ""),
        ("Newport, Shropshire", "newport", "shropshire"),
        ("  St. Helen’s ", "saint helens", ""),
        (", York", "york", ""),
        ("L", "l", ""),
        ("100%", "100", ""),
    ],
)
def test_anything_else_is_a_name(typed, key, within):
    asked = read(typed)
    assert (asked.key, asked.within, asked.district) == (key, within, "")


@pytest.mark.parametrize("typed", ["", "   ", "%", "'; --", "\x00", "🎻", "\u200b\u202e", ",,,"])
def test_what_could_be_no_place_is_empty(typed):
    assert read(typed).is_empty


@given(st.text(max_size=2_000))
def test_whatever_is_typed_is_read_on_one_line_and_no_longer_than_a_name(typed):
    asked = read(typed)
    assert len(asked.words) <= LONGEST
    assert "\n" not in asked.words
    assert "\x00" not in asked.words
