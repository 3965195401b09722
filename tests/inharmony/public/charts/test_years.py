from hypothesis import given
from hypothesis import strategies as st

from inharmony.public.charts.years import BEGINS, LONGEST, ROW, Year, through_the_years


def test_the_longest_bar_is_the_largest_number_and_the_last_is_the_newest():
    drawn = through_the_years([Year("2009", "84", 84), Year("2019", "Over 1,500", 1500), Year("2024", "750", 750)])
    assert [bar.width for bar in drawn.bars] == [2.6, LONGEST, LONGEST / 2]
    assert [bar.y for bar in drawn.bars] == [4, 4 + ROW, 4 + 2 * ROW]
    assert [bar.is_newest for bar in drawn.bars] == [False, False, True]
    assert drawn.height == 3 * ROW
    assert drawn.words == "From 84 (2009) to 750 (2024)."


def test_two_sources_of_one_year_are_two_bars():
    drawn = through_the_years([Year("2015", "586", 586), Year("2015", "At least 600", 600)])
    assert [(bar.when, bar.said) for bar in drawn.bars] == [("2015", "586"), ("2015", "At least 600")]


def test_one_number_is_no_course_of_things():
    assert through_the_years([Year("2009", "84", 84)]) is None
    assert through_the_years([]) is None


@given(st.lists(st.floats(0, 1e9), min_size=2, max_size=20))
def test_no_bar_leaves_room_for_less_than_its_words(values):
    drawn = through_the_years([Year("2009", "x", value) for value in values])
    assert all(0 <= bar.width <= LONGEST and bar.ends <= BEGINS + LONGEST + 1.5 for bar in drawn.bars)
