import pytest

from outcomes.measures.scoring import NoTotalError, TooManyMissingError, score
from outcomes.measures.shipped.music import MUSIC
from tests.vectors import number, table

# reversed, so 5 less the answer: bored, left_out, give_up
KEYS = (
    *("like", "bored", "look_forward"),
    *("team", "left_out", "go_on"),
    *("play_better", "sing_better", "give_up", "new_tune"),
)
VECTORS = table(
    """
    4 1 4 | 4 1 4 | 4 4 1 4 = 12 12 16
    1 4 1 | 1 4 1 | 1 1 4 1 = 3 3 4
    4 4 4 | 4 4 4 | 4 4 4 4 = 9 9 13
    1 1 1 | 1 1 1 | 1 1 1 1 = 6 6 7
    3 2 2 | 4 3 3 | 2 3 2 4 = 8 9 12
    2 3 1 | 3 1 4 | 4 2 3 1 = 5 11 9
    - 2 3 | 4 1 4 | 3 - 2 4 = 9 12 40/3
    4 - 3 | 2 - 1 | 4 3 - 3 = 21/2 9/2 40/3
    3 1 - | - 4 2 | 1 2 4 - = 21/2 9/2 16/3
    - - 3 | 4 1 4 | 4 4 1 4 = refused enjoyment
    4 1 4 | 4 1 4 | - - 1 4 = refused progress
    """,
    KEYS,
    ("enjoyment", "together", "progress"),
)


@pytest.mark.parametrize(("answers", "expected"), VECTORS)
def test_answers_come_to_what_they_do_by_hand(answers, expected):
    if "refused" in expected:
        with pytest.raises(TooManyMissingError, match=MUSIC.part(expected[1]).title):
            score(MUSIC, answers)
        return
    made = score(MUSIC, answers)
    assert {part.key: part.value for part in made.parts} == {key: number(cell) for key, cell in expected.items()}


def test_it_has_no_total_of_things_that_differ():
    with pytest.raises(NoTotalError):
        _ = score(MUSIC, VECTORS[0][0]).total


def test_what_is_reversed_says_the_contrary_of_its_part():
    against = {item.key: item.words for item in MUSIC.items if item.is_reversed}
    assert against == {
        "bored": "I get bored when we make music.",
        "left_out": "I feel left out when we play.",
        "give_up": "I give up when a tune is hard.",
    }


def test_it_asks_of_playing_together_and_of_getting_better_on_instrument_and_in_singing():
    assert len(MUSIC.items) == 10
    assert {part.key for part in MUSIC.parts} == {"enjoyment", "together", "progress"}
    assert {"play_better", "sing_better"} <= {item.key for item in MUSIC.items_of("progress")}
    assert "go_on" in {item.key for item in MUSIC.items_of("together")}


def test_each_answer_has_a_picture_of_its_own_beside_its_words():
    pictures = [answer.picture for answer in MUSIC.scale.answers]
    assert all(pictures)
    assert len(set(pictures)) == len(pictures)
