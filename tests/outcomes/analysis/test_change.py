"""Change of those who answered twice: Student's sleep to the last digit, what does not matter, what is refused."""

from dataclasses import replace
from math import inf, isclose, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.analysis.change import Pair, matched_change
from outcomes.analysis.evidence import AnalysisRefusedError, Direction, NotANumberError, TooFewError
from tests.open_data import SLEEP
from tests.outcomes.analysis.sayings import says_too_much

score = st.integers(0, 40).map(lambda whole: whole / 2)
answer = st.one_of(st.none(), score)
hostile = st.one_of(st.floats(-1e12, 1e12), st.sampled_from([1e-300, -1e12, 1e12, 0.1]))
enough = st.tuples(*[st.builds(Pair, st.just("ab"[n % 2]), score, score) for n in range(10)])
more = st.lists(st.builds(Pair, st.sampled_from("abcdef"), answer, answer), max_size=50)
answers = st.builds(lambda least, rest: [*least, *rest], enough, more)
rising = [Pair(f"school {n % 6}", 20 + n % 5, 22 + n % 5 + n % 3) for n in range(60)]


def told(pairs):
    return matched_change(pairs, what="Wellbeing")


def test_the_sleep_of_students_patients_changes_as_r_documents():
    """R: t.test(extra ~ group, data = sleep, paired = TRUE): mean 1.58, df 9, interval 0.7001142 to 2.4598858."""
    found = matched_change([Pair(n, *pair) for n, pair in enumerate(SLEEP)], what="Sleep", whom="patients")
    assert round(found.change, 10) == 1.58
    assert round(found.freedom, 9) == 9
    assert (round(found.interval.low, 7), round(found.interval.high, 7)) == (0.7001142, 2.4598858)
    assert (round(found.before, 2), round(found.after, 2)) == (0.75, 2.33)
    # of which t is 4.0621, as printed
    assert round(found.change / found.deviation * 10**0.5, 4) == 4.0621
    assert found.direction is Direction.UP


def test_it_says_how_many_answered_once_and_counts_them_in_no_mean():
    found = matched_change([*rising, Pair("x", 0, None), Pair("y", None, 90), Pair("z", None, 91)], what="Wellbeing")
    assert (found.matched, found.only_before, found.only_after, found.schools) == (60, 1, 2, 6)
    assert found.after == matched_change(rising, what="Wellbeing").after
    assert "1 answered before and not after, 2 after and not before" in found.assumptions[0]


def test_words_follow_the_interval():
    up = matched_change(rising, what="Wellbeing")
    assert up.words == (
        "Wellbeing went up, from a mean of 22.0 to 25.0, among the 60 children in 6 schools who answered both times "
        "(change 3.0; 95 % interval 2.1 to 3.9)."
    )
    down = matched_change([replace(pair, before=pair.after, after=pair.before) for pair in rising], what="Wellbeing")
    assert down.words.startswith("Wellbeing went down, from a mean of 25.0 to 22.0, among")
    still = [Pair(n % 6, 20, 20 + (-1) ** (n % 6)) for n in range(60)]
    assert matched_change(still, what="Wellbeing").words.startswith("Wellbeing shows no clear change: a mean of 20.0")


def test_schools_that_differ_widen_the_interval():
    alike = matched_change([Pair(n, 20, 22 + n % 6) for n in range(60)], what="Wellbeing").interval
    apart = matched_change([Pair(n % 6, 20, 22 + n % 6) for n in range(60)], what="Wellbeing").interval
    assert apart.high - apart.low > 2 * (alike.high - alike.low)


@settings(deadline=None)
@given(pairs=answers, chance=st.randoms())
def test_the_order_of_rows_and_the_names_of_schools_are_of_no_consequence(pairs, chance):
    found = told(pairs)
    mixed = [replace(pair, school=f"other {pair.school}") for pair in pairs]
    chance.shuffle(mixed)
    again = told(mixed)
    assert again.words == found.words
    assert isclose(again.change, found.change, abs_tol=1e-9)


@settings(deadline=None)
@given(pairs=answers, by=st.sampled_from([0.5, 2, 8]), shift=st.integers(-100, 100))
def test_another_unit_gives_the_same_change_in_that_unit(pairs, by, shift):
    found = told(pairs)
    again = told(
        [
            replace(
                p, **{at: None if getattr(p, at) is None else getattr(p, at) * by + shift for at in ("before", "after")}
            )
            for p in pairs
        ]
    )
    assert again.direction is found.direction
    assert isclose(again.change, found.change * by, abs_tol=1e-9)
    assert (again.interval is None) == (found.interval is None)
    if found.interval:
        assert isclose(again.interval.high, found.interval.high * by, rel_tol=1e-6, abs_tol=1e-9)


@settings(deadline=None)
@given(pairs=answers)
def test_turning_time_round_turns_the_change_round(pairs):
    found = told(pairs)
    again = told([Pair(p.school, p.after, p.before) for p in pairs])
    assert isclose(again.change, -found.change, abs_tol=1e-9)
    assert {found.direction, again.direction} in ({Direction.UP, Direction.DOWN}, {Direction.UNCLEAR})


@settings(deadline=None)
@given(pairs=answers)
def test_no_sentence_says_more_than_the_numbers(pairs):
    found = told(pairs)
    assert not says_too_much(found.words, *found.assumptions)
    assert (found.direction.value in found.words) == (found.interval is not None or "no clear change" in found.words)


def test_where_everybody_changed_alike_no_interval_is_given():
    found = matched_change([Pair(n % 3, n * 0.1, n * 0.1 + 0.3) for n in range(30)], what="Wellbeing")
    assert found.interval is None
    assert found.direction is Direction.UNCLEAR
    assert "no interval can be given" in found.words


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([], "Fewer than 10 respondents"),
        (rising[:9], "Fewer than 10 respondents"),
        ([Pair("one", 1, 2)] * 40, "one school"),
        ([*rising, Pair("a", None, None)][60:] * 30, "Fewer than 10 respondents"),
    ],
)
def test_too_few_are_refused_in_words(pairs, why):
    with pytest.raises(TooFewError, match=why):
        matched_change(pairs, what="Wellbeing")


def test_ten_in_two_schools_are_enough():
    assert matched_change(rising[:10], what="Wellbeing").matched == 10


@pytest.mark.parametrize("value", [nan, inf, -inf, 1e13, -1e300])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(NotANumberError, match="no number"):
        matched_change([*rising, Pair("a", value, None)], what="Wellbeing")


@settings(deadline=None)
@given(
    st.lists(
        st.builds(Pair, st.integers(0, 3), *[st.one_of(st.none(), hostile)] * 2),
        max_size=40,
    )
)
def test_whatever_comes_is_told_or_refused(pairs):
    try:
        found = matched_change(pairs, what="Wellbeing")
    except AnalysisRefusedError as refusal:
        assert str(refusal).endswith(".")
    else:
        assert found.interval is None or found.interval.low <= found.change <= found.interval.high


def of_schools(*sizes):
    """Pairs of schools of these sizes, no two schools alike."""
    return [
        Pair(f"school {school}", 20, 20 + 3 * school + number % 3)
        for school, size in enumerate(sizes)
        for number in range(size)
    ]


@pytest.mark.parametrize("sizes", [(9, 1), (11, 2), (8, 1, 1), (20, 20), (30, 30, 4)])
def test_where_an_interval_would_give_a_school_away_who_is_discreet_gives_none(sizes):
    pairs = of_schools(*sizes)
    discreet = matched_change(pairs, what="x", is_discreet=True)
    assert matched_change(pairs, what="x").interval is not None
    assert discreet.interval is None
    assert "would tell the schools apart" in " ".join(discreet.assumptions)
    assert "no clear change" in discreet.words


@pytest.mark.parametrize("sizes", [(10, 5, 5), (2, 2, 2, 2, 2), (30, 30, 5)])
def test_with_five_outside_the_two_largest_schools_an_interval_is_given(sizes):
    assert matched_change(of_schools(*sizes), what="x", is_discreet=True).interval is not None


def test_who_is_at_no_school_makes_no_second_school():
    pairs = [Pair("one", 1, 2)] * 9 + [Pair(None, 1, 3)]
    with pytest.raises(TooFewError, match="one school"):
        matched_change(pairs, what="x")
