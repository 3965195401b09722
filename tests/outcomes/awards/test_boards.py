"""The boards as they are declared: every threshold at both of its sides, by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.awards.boards import BY_KEY, KINDS, SYLLABUSES, choices
from outcomes.awards.structure import Level, MarkRefusedError, Result
from outcomes.models import Award

# kind, mark, result: as the boards publish them
MARKED = [
    ("abrsm.practical.3", 99, Result.BELOW),
    ("abrsm.practical.3", 100, Result.PASS),
    ("abrsm.practical.3", 119, Result.PASS),
    ("abrsm.practical.3", 120, Result.MERIT),
    ("abrsm.practical.3", 129, Result.MERIT),
    ("abrsm.practical.3", 130, Result.DISTINCTION),
    ("abrsm.practical.initial", 150, Result.DISTINCTION),
    ("abrsm.practical.8", 0, Result.BELOW),
    ("abrsm.theory.1", 49, Result.BELOW),
    ("abrsm.theory.1", 50, Result.PASS),
    ("abrsm.theory.1", 59, Result.PASS),
    ("abrsm.theory.1", 60, Result.MERIT),
    ("abrsm.theory.5", 64, Result.MERIT),
    ("abrsm.theory.5", 65, Result.DISTINCTION),
    ("abrsm.theory.5", 75, Result.DISTINCTION),
    ("trinity.graded.2", 59, Result.BELOW),
    ("trinity.graded.2", 60, Result.PASS),
    ("trinity.graded.2", 74, Result.PASS),
    ("trinity.graded.2", 75, Result.MERIT),
    ("trinity.graded.2", 86, Result.MERIT),
    ("trinity.graded.2", 87, Result.DISTINCTION),
    ("lcm.graded.1", 64, Result.BELOW),
    ("lcm.graded.1", 65, Result.PASS),
    ("lcm.graded.1", 74, Result.PASS),
    ("lcm.graded.1", 75, Result.MERIT),
    ("lcm.graded.1", 84, Result.MERIT),
    ("lcm.graded.1", 85, Result.DISTINCTION),
]


@pytest.mark.parametrize(("key", "mark", "result"), MARKED)
def test_the_result_follows_from_the_mark(key, mark, result):
    assert BY_KEY[key].syllabus.marks.result(mark) == result


@pytest.mark.parametrize(
    ("key", "mark"),
    [("abrsm.practical.1", 151), ("abrsm.theory.1", 76), ("trinity.graded.1", 101), ("lcm.graded.1", -1)],
)
def test_a_mark_that_the_board_does_not_give_is_refused(key, mark):
    marks = BY_KEY[key].syllabus.marks
    with pytest.raises(MarkRefusedError, match=f"from 0 to {marks.most}"):
        marks.result(mark)


@given(st.sampled_from([one.marks for one in SYLLABUSES if one.marks]), st.integers(0, 150), st.integers(0, 150))
def test_a_higher_mark_never_gives_a_lower_result(marks, one, other):
    order = [Result.BELOW, Result.PASS, Result.MERIT, Result.DISTINCTION]
    less, more = sorted(min(each, marks.most) for each in (one, other))
    assert order.index(marks.result(less)) <= order.index(marks.result(more))


# A Common Approach: Initial is Entry, 1 to 3 Foundation, 4 and 5 Intermediate, 6 to 8 Advanced
LEVELS = {
    "abrsm.practical.initial": Level.ENTRY,
    "abrsm.practical.1": Level.FOUNDATION,
    "trinity.graded.3": Level.FOUNDATION,
    "lcm.graded.4": Level.INTERMEDIATE,
    "abrsm.theory.5": Level.INTERMEDIATE,
    "trinity.graded.6": Level.ADVANCED,
    "abrsm.practical.8": Level.ADVANCED,
    "abrsm.medal.copper": Level.ENTRY,
    "abrsm.medal.bronze": Level.ENTRY,
    "abrsm.medal.silver": None,
    "abrsm.medal.platinum": None,
    "arts_award.level.discover": None,
    "arts_award.level.explore": Level.ENTRY,
    "arts_award.level.bronze": Level.FOUNDATION,
    "arts_award.level.silver": Level.INTERMEDIATE,
    "arts_award.level.gold": Level.ADVANCED,
}


@pytest.mark.parametrize(("key", "level"), LEVELS.items())
def test_a_grade_stands_for_the_level_that_print_says_and_for_none_where_it_says_none(key, level):
    assert BY_KEY[key].grade.level == level


def test_each_award_is_declared_once_fits_its_columns_and_says_who_says_so():
    assert len(BY_KEY) == len(KINDS) == 9 + 8 + 5 + 9 + 8 + 5
    for kind in KINDS:
        for name, value in zip(("board", "award", "grade"), kind.key.split("."), strict=True):
            assert len(value) <= Award._meta.get_field(name).max_length
    for syllabus in SYLLABUSES:
        assert syllabus.source
        assert bool(syllabus.marks) != bool(syllabus.results)


def test_awards_read_as_people_say_them():
    assert BY_KEY["abrsm.practical.3"].title == "ABRSM practical, Grade 3"
    assert BY_KEY["arts_award.level.explore"].title == "Arts Award, Explore"
    assert BY_KEY["abrsm.practical.1"].results == (Result.DISTINCTION, Result.MERIT, Result.PASS, Result.BELOW)
    assert BY_KEY["abrsm.medal.gold"].results == (Result.EXCELLENT, Result.PASS, Result.WORKING)
    words = BY_KEY["abrsm.theory.2"].syllabus.marks.words
    assert words == "out of 75: pass from 50, merit from 60, distinction from 65"
    groups = choices()
    assert [name for name, _ in groups][:3] == ["ABRSM practical", "ABRSM theory", "ABRSM Music Medal"]
    assert sum(len(kinds) for _, kinds in groups) == len(KINDS)


def test_what_was_not_reached_is_not_passed():
    assert {one for one in Result if not one.is_passed} == {Result.WORKING, Result.BELOW}
