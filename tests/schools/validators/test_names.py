import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.validators.names import key


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("St. Helen's", "saint helens"),
        ("Saint Helens", "saint helens"),
        ("st-helens", "saint helens"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("Telford & Wrekin", "telford and wrekin"),
        ("  Newcastle   upon Tyne ", "newcastle upon tyne"),
        ("King’s Lynn", "kings lynn"),
        ("Bôn-y-maen", "bon y maen"),
        ("西", ""),
        ("", ""),
    ],
)
def test_a_name_is_compared_without_what_people_write_differently(name, known_as):
    assert key(name) == known_as


@given(st.text(max_size=60))
def test_the_key_of_a_key_is_itself(name):
    assert key(key(name)) == key(name)
