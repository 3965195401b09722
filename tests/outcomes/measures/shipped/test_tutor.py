import pytest

from outcomes.measures.scoring import NoTotalError, TooManyMissingError, score
from outcomes.measures.shipped.tutor import TUTOR
from tests.vectors import number, table

# reversed, so 6 less the answer: lose_heart, cannot_reach, on_my_own
KEYS = (
    *("play_better", "listen", "lose_heart", "enjoy"),
    *("all_backgrounds", "adapt", "cannot_reach"),
    *("time", "on_my_own", "learn"),
)
VECTORS = table(
    """
    5 5 1 5 | 5 5 1 | 5 1 5 = 20 15 15
    1 1 5 1 | 1 1 5 | 1 5 1 = 4 3 3
    2 2 2 2 | 2 2 2 | 2 2 2 = 10 8 8
    4 3 2 5 | 3 4 4 | 1 3 5 = 16 9 9
    4 - 2 5 | 3 - 4 | 1 - 5 = 52/3 15/2 9
    4 3 - 5 | - 4 1 | - 2 4 = 16 27/2 12
    - 3 - 5 | 5 5 1 | 5 1 5 = refused music
    5 5 1 5 | 5 5 1 | - - 5 = refused future
    """,
    KEYS,
    ("music", "everyone", "future"),
)


@pytest.mark.parametrize(("answers", "expected"), VECTORS)
def test_answers_come_to_what_they_do_by_hand(answers, expected):
    if "refused" in expected:
        with pytest.raises(TooManyMissingError, match=TUTOR.part(expected[1]).title):
            score(TUTOR, answers)
        return
    made = score(TUTOR, answers)
    assert {part.key: part.value for part in made.parts} == {key: number(cell) for key, cell in expected.items()}


def test_it_has_no_total_of_things_that_differ():
    with pytest.raises(NoTotalError):
        _ = score(TUTOR, VECTORS[0][0]).total


def test_what_is_reversed_says_the_contrary_of_its_part():
    against = {item.key: item.words for item in TUTOR.items if item.is_reversed}
    assert against == {
        "lose_heart": "The children lose heart when a piece is hard.",
        "cannot_reach": "There are children whom I do not know how to include.",
        "on_my_own": "I am left alone with problems at school.",
    }
