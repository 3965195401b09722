import pytest

from outcomes.measures.scoring import NoTotalError, TooManyMissingError, score
from outcomes.measures.shipped.staff import STAFF
from programmes.models import Indicator
from tests.vectors import number, table

# reversed, so 6 less the answer: some_left_out, little_progress, hard_to_reach, would_stop
KEYS = (
    *("all_backgrounds", "some_left_out", "own_music"),
    *("enjoy", "listen", "little_progress"),
    *("families_come", "talk", "hard_to_reach"),
    *("use_myself", "timetable", "would_stop"),
)
VECTORS = table(
    """
    5 1 5 | 5 5 1 | 5 5 1 | 5 5 1 = 15 15 15 15
    1 5 1 | 1 1 5 | 1 1 5 | 1 1 5 = 3 3 3 3
    4 4 4 | 4 4 4 | 4 4 4 | 4 4 4 = 10 10 10 10
    4 2 3 | 5 4 1 | 2 3 4 | 3 5 5 = 11 14 7 9
    - 2 3 | 5 - 1 | 2 3 - | 3 5 - = 21/2 15 15/2 12
    2 - 5 | - 3 3 | - 1 2 | - 4 4 = 21/2 9 15/2 9
    - - 3 | 5 5 1 | 5 5 1 | 5 5 1 = refused everyone
    5 1 5 | 5 5 1 | 5 5 1 | - 5 - = refused future
    """,
    KEYS,
    ("everyone", "music", "families", "future"),
)


@pytest.mark.parametrize(("answers", "expected"), VECTORS)
def test_answers_come_to_what_they_do_by_hand(answers, expected):
    if "refused" in expected:
        with pytest.raises(TooManyMissingError, match=STAFF.part(expected[1]).title):
            score(STAFF, answers)
        return
    made = score(STAFF, answers)
    assert {part.key: part.value for part in made.parts} == {key: number(cell) for key, cell in expected.items()}


def test_it_has_no_total_and_is_no_evidence_of_attainment():
    with pytest.raises(NoTotalError):
        _ = score(STAFF, VECTORS[0][0]).total
    assert Indicator.SCHOOL not in STAFF.feeds


def test_what_is_reversed_says_the_contrary_of_its_part():
    against = {item.key: item.words for item in STAFF.items if item.is_reversed}
    assert against == {
        "some_left_out": "Some children miss out because of how sessions are run.",
        "little_progress": "I hear little progress from term to term.",
        "hard_to_reach": "In Harmony has not helped us to reach more families.",
        "would_stop": "Without the tutors, music at our school would stop.",
    }
