import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.returns.counting import words_in

VECTORS = [
    ("", 0),
    ("   \n\t ", 0),
    ("one", 1),
    ("  two   words \n", 2),
    ("mother-in-law", 1),
    ("the children’s and the children's", 5),
    ("’tis 'quoted'", 2),
    ("1,200 children in 2026–27", 4),
    ("£1,200.50 or 52.5 %", 3),
    ("1st 2nd 3½", 3),
    ("strings—brass — and more", 4),
    ("and/or", 1),
    ("– & – ... !", 0),
    ("one\u00a0two\u2003three", 3),
    ("one\u200btwo", 2),
    ("naïve nai\u0308ve café", 3),
    ("Łódź Ñandú 東京", 3),
    ("🎻", 0),
    ("🎻 strings", 1),
    ("a_b", 1),
    ("_ __", 0),
    ("line\r\nline\rline", 3),
    ("e.g. i.e. U.K.", 3),
    ("www.example.org/a/b", 1),
]


@pytest.mark.parametrize(("text", "many"), VECTORS)
def test_words_are_counted_as_people_count_them(text, many):
    assert words_in(text) == many


WORD = st.from_regex(r"[a-z0-9][a-z0-9'-]{0,8}", fullmatch=True)


@given(st.lists(WORD), st.sampled_from([" ", "\n", "  ", "\u00a0", "—", " – "]))
def test_as_many_words_as_were_put_together_whatever_stands_between(words, between):
    assert words_in(between.join(words)) == len(words)


@given(st.text(), st.text())
def test_two_texts_have_the_words_of_both(one, other):
    assert words_in(f"{one} {other}") == words_in(one) + words_in(other)
