"""Hours and change: the line with all levels written out, quarters that give nobody away, words that claim nothing."""

from dataclasses import replace
from math import inf, isclose, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.analysis.clusters import coefficient
from outcomes.analysis.evidence import AnalysisRefusedError, Direction, NotANumberError, NothingToTellError, TooFewError
from outcomes.analysis.hours import Received, hours_against_outcome
from tests.outcomes.analysis.sayings import says_too_much


def children(many=80, slope=0.1, noise=1.0, seed=1, schools=5):
    chance = np.random.default_rng(seed)
    rows = []
    for n in range(many):
        school, year, hours = n % schools, f"Year {3 + n // schools % 4}", float(chance.integers(0, 60))
        change = school * 3 + int(year[-1]) + slope * hours + noise * chance.normal()
        rows.append(Received(f"school {school}", year, hours, change))
    return rows


def test_a_line_is_found_again_whatever_the_levels_of_schools_and_years():
    found = hours_against_outcome(children(noise=0.001), what="Enjoyment")
    assert isclose(found.slope, 1.0, abs_tol=0.001)
    assert found.direction is Direction.UP
    assert found.words.startswith(
        "Enjoyment: 10 hours more goes together with a change of 1.0 more among 80 children in 5 schools (95 % interval "
    )


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_line_with_a_level_for_each_school_and_year_group_written_out(seed):
    """Levels taken off first give the estimate, the error and the freedom of all columns at once."""
    rows = children(60, seed=seed, schools=4)
    names = sorted({row.school for row in rows}), sorted({row.year_group for row in rows})[1:]
    columns = np.array(
        [
            [row.hours, *(row.school == name for name in names[0]), *(row.year_group == name for name in names[1])]
            for row in rows
        ],
        dtype=float,
    )
    whole = coefficient(columns, np.array([row.change for row in rows]), [row.school for row in rows])
    found = hours_against_outcome(rows, what="Enjoyment")
    assert isclose(found.slope, whole.value * 10, rel_tol=1e-9)
    assert isclose(found.interval.low, whole.low * 10, rel_tol=1e-6)
    assert isclose(found.interval.high, whole.high * 10, rel_tol=1e-6)


def test_the_other_way_and_no_way_are_worded_so():
    down = hours_against_outcome(children(slope=-0.2), what="Enjoyment")
    assert down.direction is Direction.DOWN
    assert "goes together with a change of 2.0 less" in down.words
    none = hours_against_outcome(children(slope=0, noise=5), what="Enjoyment")
    assert none.direction is Direction.UNCLEAR
    assert none.words.startswith("Enjoyment: no clear link of its change with hours received among 80 children")


def test_it_says_why_it_shows_no_more_than_that():
    said = hours_against_outcome(children(), what="Enjoyment").assumptions
    assert any("Children who stay get more hours" in words for words in said)
    assert len(said) >= 5


hours = st.integers(0, 12).map(float)
received = st.builds(
    Received, st.sampled_from("abcd"), st.sampled_from(["3", "4"]), hours, st.integers(-5, 5).map(float)
)
some = st.lists(received, max_size=70)


@settings(deadline=None)
@given(rows=some, chance=st.randoms())
def test_whatever_comes_is_told_or_refused_and_its_order_is_of_no_consequence(rows, chance):
    mixed = [replace(row) for row in rows]
    chance.shuffle(mixed)
    told = []
    for one in (rows, mixed):
        try:
            told.append(hours_against_outcome(one, what="Enjoyment").words)
        except AnalysisRefusedError as refusal:
            told.append(str(refusal))
    assert told[0] == told[1]


@settings(deadline=None)
@given(rows=some)
def test_quarters_are_of_ten_children_and_two_schools_and_hold_everybody_once(rows):
    rows = [*children(20), *rows]
    found = hours_against_outcome(rows, what="Enjoyment")
    assert not says_too_much(found.words, *found.assumptions)
    if found.quarters:
        assert 2 <= len(found.quarters) <= 4
        assert sum(part.children for part in found.quarters) == len(rows)
        assert min(part.children for part in found.quarters) >= 10
        assert min(part.schools for part in found.quarters) >= 2
        assert list(found.quarters) == sorted(found.quarters, key=lambda part: part.hours)


def test_eighty_children_make_four_quarters_and_fifteen_none():
    assert [part.children for part in hours_against_outcome(children(80), what="x").quarters] == pytest.approx(
        [20] * 4, abs=3
    )
    assert hours_against_outcome(children(15), what="x").quarters == ()


def test_children_with_the_same_hours_are_never_parted():
    rows = [replace(row, hours=float(n % 2)) for n, row in enumerate(children(80, schools=5))]
    found = hours_against_outcome(rows, what="x")
    assert [(part.children, part.hours) for part in found.quarters] == [(40, 0.0), (40, 1.0)]


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        (children(9), TooFewError),
        (children(40, schools=1), TooFewError),
        ([replace(row, hours=0.3) for row in children(40)], NothingToTellError),
        ([replace(row, hours=float(row.school[-1])) for row in children(40)], NothingToTellError),
        ([replace(row, hours=float(row.year_group[-1])) for row in children(40)], NothingToTellError),
        ([replace(row, school=str(n)) for n, row in enumerate(children(40))], NothingToTellError),
        ([*children(40), Received("a", "3", nan, 1)], NotANumberError),
        ([*children(40), Received("a", "3", 1, inf)], NotANumberError),
    ],
    ids=["nine", "one school", "same hours", "hours of the school", "hours of the year", "a school each", "nan", "inf"],
)
def test_what_gives_no_line_is_refused_in_words(rows, error):
    with pytest.raises(error) as refusal:
        hours_against_outcome(rows, what="Enjoyment")
    assert str(refusal.value).endswith(".")
