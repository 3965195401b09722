import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.models.words import MOST_CHARACTERS
from evaluation.returns.counting import most_characters, trimmed, words_in
from evaluation.returns.structure import MOST_WORDS

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
    # what looks like a blank is one
    ("one\u2800two\u3164three\uffa0four\u115ffive\u1160six\u180eseven\U0001d159eight", 8),
    ("\u2800 \u3164 \uffa0 \u115f", 0),
    # every control character parts words, those that Python takes for blanks and those that it does not
    ("one\x1ctwo\x1fthree\x85four\x01five\x7fsix", 6),
    # what is not seen and leaves no gap parts nothing: a reader sees one word, or none
    ("in\u00adstru\u00adment", 1),
    ("one\u2060two\ufeffthree\u200cfour\u200dfive\u200esix\u2066seven\U000e0041eight", 1),
    ("\u2060 \ufeff \u200d \u00ad", 0),
]


@pytest.mark.parametrize(("text", "many"), VECTORS)
def test_words_are_counted_as_people_count_them(text, many):
    assert words_in(text) == many


UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u2060\u2063\u2066\u2800\u3164\ufe0f\ufeff\uffa0\U000e0041"
JOINING = "\u00ad\u034f\u200c\u200d\u200e\u2060\u2063\u2066\ufe0f\ufeff\U000e0041"


WORD = st.from_regex(r"[a-z0-9][a-z0-9'-]{0,8}", fullmatch=True)


@given(st.lists(WORD), st.sampled_from([" ", "\n", "  ", "\u00a0", "—", " – "]))
def test_as_many_words_as_were_put_together_whatever_stands_between(words, between):
    assert words_in(between.join(words)) == len(words)


@given(st.text(), st.text())
def test_two_texts_have_the_words_of_both(one, other):
    assert words_in(f"{one} {other}") == words_in(one) + words_in(other)


@given(st.lists(WORD, min_size=1), st.text(JOINING, min_size=1))
def test_no_text_within_its_characters_has_more_than_they_hold(words, joiner):
    """Words that are run together by what nobody sees are one to the reader, and cost the characters that they are."""
    text = joiner.join(words)
    assert words_in(text) == 1
    assert len(text) >= 2 * len(words) - 1


@given(st.text())
def test_a_text_has_no_more_words_than_letters_and_none_without_any(text):
    many = words_in(text)
    assert 0 <= many <= sum(one.isalnum() for one in text)
    assert (many == 0) is (not any(one.isalnum() and one not in UNSEEN for one in text))


@given(st.text(), st.text(JOINING), st.integers(min_value=0))
def test_what_nobody_sees_and_leaves_no_gap_changes_no_count(text, unseen, at):
    at %= len(text) + 1
    assert words_in(text[:at] + unseen + text[at:]) == words_in(text)


@given(st.text())
def test_a_text_is_trimmed_once_and_loses_no_word(text):
    kept = trimmed(text)
    assert kept in text
    assert trimmed(kept) == kept
    assert words_in(kept) == words_in(text)


@given(st.text(UNSEEN + " \n\t\x01"))
def test_of_a_text_in_which_nothing_is_seen_nothing_is_kept(text):
    assert trimmed(text) == ""
    assert words_in(text) == 0


@pytest.mark.parametrize(
    "text", ["\u200fשלום\u200f", "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", "– & –", "é", "—"]
)
def test_what_is_seen_is_kept_as_it_is(text):
    assert trimmed(f"\u2800\n{text} \u3164") == text
    assert trimmed(text) == text


def test_every_limit_has_its_characters_and_the_database_takes_them():
    assert most_characters(100) == 1_200
    assert most_characters(MOST_WORDS) <= MOST_CHARACTERS
