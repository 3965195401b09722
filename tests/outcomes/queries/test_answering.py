"""How a code is read that a child typed, and where somebody goes on who left some questions out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.measures.shipped.music import MUSIC
from outcomes.models.wave import LETTERS, new_code
from outcomes.queries.answering import Progress, code_of, is_mark, tidied
from outcomes.views.progress import noteheads

KEYS = [item.key for item in MUSIC.items]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cdfghjk", "CDFGHJK"),
        (" CDF-GHJK ", "CDFGHJK"),
        ("cdfg hjk 10–00", "CDFGHJK1000"),
        ("c.d.f", "CDF"),
        ("\tc\nd\u00a0f", "CDF"),
    ],
)
def test_what_people_put_between_letters_is_left_out(typed, kept):
    assert tidied(typed) == kept


@given(st.text(LETTERS, min_size=7, max_size=7), st.integers(1000, 9999))
def test_a_code_is_found_alone_and_at_the_head_of_a_mark(code, number):
    assert (code_of(code), is_mark(code)) == (code, False)
    assert (code_of(f"{code}{number}"), is_mark(f"{code}{number}")) == (code, True)


@given(st.text(max_size=12))
def test_nothing_else_is_a_code(typed):
    told = tidied(typed)
    if len(told) not in {7, 11} or set(told[:7]) - set(LETTERS):
        assert (code_of(told), is_mark(told)) == ("", False)


@pytest.mark.parametrize(
    "told", ["CDFGHJK0123", "CDFGHJK123", "CDFGHJK12345", "CDFGHJ0", "CDFGHJK١٢٣٤", "CDFGHJK1000\n"]
)
def test_what_is_nearly_a_mark_is_none(told):
    assert (code_of(told), is_mark(told)) == ("", False)


def test_every_code_that_is_made_can_be_typed():
    assert all(code_of(code) == code for code in (new_code() for _ in range(200)))


@given(st.dictionaries(st.sampled_from(KEYS), st.none() | st.integers(1, 4)), st.integers(1, len(KEYS)))
def test_who_goes_on_and_on_reaches_everything_once_and_the_end(answers, place):
    progress, passed = Progress(MUSIC.items, dict(answers)), 0
    while place is not None:
        progress.answers[KEYS[place - 1]] = None
        place = progress.after(place)
        passed += 1
        assert passed <= 2 * len(KEYS)
    assert progress.first_open is None
    assert set(progress.answers) == set(KEYS)


@given(st.dictionaries(st.sampled_from(KEYS), st.none() | st.integers(1, 4)))
def test_who_mends_one_of_all_is_done_again(answers):
    progress = Progress(MUSIC.items, dict.fromkeys(KEYS, 1) | answers)
    assert {progress.after(place) for place in range(1, len(KEYS) + 1)} == {None}


def test_a_notehead_for_each_question_says_which_are_behind():
    heads = noteheads(Progress(MUSIC.items, {"like": 4, "bored": None, "team": 1}), 3)
    assert [head.state for head in heads] == ["on", "on", "here", "on", *["off"] * 6]
    assert [head.across for head in heads][::9] == ["5.00%", "95.00%"]
    assert {head.state for head in noteheads(Progress(MUSIC.items, dict.fromkeys(KEYS, 1)))} == {"on"}
