import pytest

from outcomes.measures.scoring import TooManyMissingError, score, score_part
from outcomes.measures.shipped.stirling import STIRLING
from outcomes.measures.structure import UNCONFIRMED

KEYS = tuple(f"printed_{place}" for place in range(1, 16))
# in printed order; outlook is 1 3 4 5 6 8, emotion 9 10 11 12 14 15, answered to please 2 7 13
VECTORS = [
    # answers                        outlook emotion to_please total care
    ("1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", 6, 6, 3, 12, True),
    ("5 5 5 5 5 5 5 5 5 5 5 5 5 5 5", 30, 30, 15, 60, True),
    ("3 3 3 3 3 3 3 3 3 3 3 3 3 3 3", 18, 18, 9, 36, False),
    ("5 1 5 5 5 5 1 5 1 1 1 1 1 1 1", 30, 6, 3, 36, True),
    ("1 5 1 1 1 1 5 1 5 5 5 5 4 5 5", 6, 30, 14, 36, True),
    ("4 2 3 5 4 3 1 2 3 4 4 5 3 2 4", 21, 22, 6, 43, False),
    ("2 5 4 3 3 2 5 4 1 2 3 2 3 4 3", 18, 15, 13, 33, False),
    ("3 1 3 3 3 3 1 3 3 3 3 3 2 3 3", 18, 18, 4, 36, False),
]
REFUSED = [
    ("4 2 3 5 4 3 1 2 - 4 4 5 3 2 4", "printed_9"),
    ("4 - 3 5 4 3 1 2 3 4 4 5 3 2 4", "printed_2"),
    ("- - - - - - - - - - - - - - -", "printed_1"),
]


def given(line):
    return {key: None if cell == "-" else int(cell) for key, cell in zip(KEYS, line.split(), strict=True)}


@pytest.mark.parametrize(("line", "outlook", "emotion", "to_please", "total", "care"), VECTORS)
def test_answers_come_to_what_they_do_by_hand(line, outlook, emotion, to_please, total, care):
    made = score(STIRLING, given(line))
    assert [part.value for part in made.parts] == [outlook, emotion, to_please]
    assert made.total.value == total
    assert (made.total.answered, made.answered) == (12, 15)
    assert bool(made.care) == care


@pytest.mark.parametrize(("line", "missing"), REFUSED)
def test_nothing_is_scored_with_an_answer_missing(line, missing):
    with pytest.raises(TooManyMissingError, match=missing):
        score(STIRLING, given(line))


def test_a_subscale_is_scored_by_itself_where_another_is_not_complete():
    answers = given("4 2 3 5 4 3 1 2 - 4 4 5 3 2 4")
    assert score_part(STIRLING, "outlook", answers).value == 21
    with pytest.raises(TooManyMissingError):
        score_part(STIRLING, "emotion", answers)


def test_what_was_not_confirmed_in_print_says_so():
    made = score(STIRLING, given("1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"))
    assert UNCONFIRMED in made.part("outlook").unconfirmed
    assert UNCONFIRMED in made.part("emotion").unconfirmed
    assert [UNCONFIRMED in words for words in made.care] == [True]
    assert made.total.unconfirmed == ""


def test_no_word_of_it_is_here_and_it_has_no_bands():
    assert STIRLING.awaits_wording
    assert {item.words for item in STIRLING.items} == {None}
    assert {answer.words for answer in STIRLING.scale.answers} == {None}
    assert STIRLING.bands == ()
    assert not STIRLING.licence.may_alter
