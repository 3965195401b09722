import pytest

from outcomes.measures.scoring import NoTotalError, TooManyMissingError, score
from outcomes.measures.shipped.family import FAMILY
from programmes.models import Indicator
from tests.vectors import number, table

# reversed, so 6 less the answer: no_use, hard_to_join, on_my_own
KEYS = (
    *("keep_on", "do_well", "no_use", "help"),
    *("welcome", "whom_to_ask", "hard_to_join", "come"),
    *("met", "part_of", "on_my_own", "bring"),
)
VECTORS = table(
    """
    5 5 1 5 | 5 5 1 5 | 5 5 1 5 = 20 20 20
    1 1 5 1 | 1 1 5 1 | 1 1 5 1 = 4 4 4
    3 3 3 3 | 3 3 3 3 | 3 3 3 3 = 12 12 12
    5 5 5 5 | 5 5 5 5 | 5 5 5 5 = 16 16 16
    4 5 2 3 | 3 4 4 2 | 2 1 5 3 = 16 11 7
    4 - 2 5 | 5 4 - 4 | - 3 3 2 = 52/3 52/3 32/3
    2 2 2 - | - 1 1 1 | 4 4 4 4 = 32/3 28/3 14
    - - 1 5 | 5 5 1 5 | 5 5 1 5 = refused hopes
    5 5 1 5 | 5 5 1 5 | - - - - = refused place
    """,
    KEYS,
    ("hopes", "school", "place"),
)


@pytest.mark.parametrize(("answers", "expected"), VECTORS)
def test_answers_come_to_what_they_do_by_hand(answers, expected):
    if "refused" in expected:
        with pytest.raises(TooManyMissingError, match=FAMILY.part(expected[1]).title):
            score(FAMILY, answers)
        return
    made = score(FAMILY, answers)
    assert {part.key: part.value for part in made.parts} == {key: number(cell) for key, cell in expected.items()}


def test_each_part_feeds_one_indicator_about_families_and_they_make_no_total():
    assert {part.key: part.feeds for part in FAMILY.parts} == {
        "hopes": Indicator.ASPIRATION,
        "school": Indicator.ENGAGEMENT,
        "place": Indicator.COMMUNITY,
    }
    with pytest.raises(NoTotalError):
        _ = score(FAMILY, VECTORS[0][0]).total


def test_what_is_reversed_says_the_contrary_of_its_part():
    against = {item.key: item.words for item in FAMILY.items if item.is_reversed}
    assert against == {
        "no_use": "Music will be of no use to my child later on.",
        "hard_to_join": "I find it hard to join in with what the school does for families.",
        "on_my_own": "I feel on my own here as a parent or carer.",
    }
