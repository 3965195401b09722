from hypothesis import given
from hypothesis import strategies as st

from participants.validators.names import folded, matching, sort_key


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


WORDS = st.text("abcdefgh", min_size=5, max_size=12)


@given(WORDS, st.integers(0, 11), st.sampled_from(["wrong", "missing", "too many", "changed about"]))
def test_one_slip_in_a_word_is_forgiven(word, at, slip):
    at %= len(word) - 1
    before, one, rest = word[:at], word[at], word[at + 1 :]
    typed = {
        "wrong": f"{before}z{rest}",
        "missing": f"{before}{rest}",
        "too many": f"{before}z{one}{rest}",
        "changed about": f"{before}{rest[0]}{one}{rest[1:]}",
    }[slip]
    assert matching([(1, f"{word} ada"), (2, "wren bo")], typed) == [1]


def test_two_slips_and_a_slip_in_a_short_word_are_not_forgiven():
    named = [(1, "barrow ellie"), (2, "ali yusuf")]
    assert [matching(named, word) for word in ("bxrrxw", "axi", "barrow yusuf", "%", "")] == [[], [], [], [], []]


def test_every_word_must_stand_in_the_name_in_any_order():
    named = [(1, "barrow ellie"), (2, "barrow tom")]
    assert (matching(named, "ELL barr"), matching(named, "Barrow")) == ([1], [1, 2])
