from hypothesis import given
from hypothesis import strategies as st

from participants.validators.names import folded, sort_key


def test_accents_apostrophes_and_hyphens_do_not_change_the_order():
    names = [("Évans", "Siân"), ("Evans", "Tom"), ("O’Connell", "Zoë"), ("OConnell", "Ann"), ("Zb", "A"), ("ea", "B")]
    assert [n[0] for n in sorted(names, key=lambda n: sort_key(*n))] == [
        "ea",
        "Évans",
        "Evans",
        "OConnell",
        "O’Connell",
        "Zb",
    ]


def test_a_child_of_one_name_sorts_by_it():
    assert sort_key("", "Madhavi") == "madhavi madhavi"


@given(st.text(max_size=80), st.text(max_size=80))
def test_there_is_always_a_key_that_fits(surname, forename):
    key = sort_key(surname, forename)
    assert 1 <= len(key) <= 130


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(name):
    assert folded(folded(name)) == folded(name)
