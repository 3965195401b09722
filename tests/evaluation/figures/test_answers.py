"""What was answered, worked out by hand; and whom no number is about."""

import itertools
from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from evaluation.figures.answers import answers
from evaluation.menu.tables import ALL, change_of
from outcomes.measures.shipped import NEWEST
from outcomes.queries.sheets import Answered

MUSIC, FAMILY = NEWEST["music"], NEWEST["family"]
SLUGS = {1: "leeds", 2: "liverpool", 3: "lambeth"}
ENJOYMENT = change_of("music", "enjoyment")


_keys = itertools.count()


def one(programme, school, before, after):
    scores = [{"enjoyment": Fraction(value)} if value is not None else {} for value in (before, after)]
    return Answered(str(next(_keys)), programme, school, *scores, None, {})


def told(people, measure=MUSIC):
    return {spot: (mean.value, mean.of.count) for spot, mean in answers(measure, people, SLUGS)}


def test_a_change_is_that_of_those_who_answered_both_times():
    people = [one(1, school, 6, 6 + at % 3) for at, school in enumerate([10] * 6 + [11] * 6)]
    found = told([*people, one(1, 10, 12, None), one(1, 11, None, 3)])
    assert found[ENJOYMENT, "leeds", "both"] == (12, 12)
    assert found[ENJOYMENT, "leeds", "before"] == (6, 12)
    assert found[ENJOYMENT, "leeds", "after"] == (7, 12)
    assert found[ENJOYMENT, "leeds", "change"] == (1, 12)


def test_the_interval_stands_round_the_change():
    people = [one(1, 10 + at % 4, 6, 6 + at * at % 6) for at in range(40)]
    found = told(people)
    low, change, high = (found[ENJOYMENT, "leeds", column][0] for column in ("low", "change", "high"))
    assert low < change < high


def test_where_everybody_changed_alike_no_interval_is_given():
    found = told([one(1, 10 + at % 2, 6, 7) for at in range(12)])
    assert (found[ENJOYMENT, "leeds", "low"], found[ENJOYMENT, "leeds", "high"]) == ((None, 12), (None, 12))


def test_a_programme_of_nine_or_of_one_school_is_in_no_number_of_the_country():
    enough = [one(1, 10 + at % 2, 6, 8) for at in range(10)]
    nine = [one(2, 20 + at % 2, 3, 12) for at in range(9)]
    one_school = [one(3, 30, 3, 12) for at in range(40)]
    found = told([*enough, *nine, *one_school])
    assert found[ENJOYMENT, ALL, "both"] == (10, 10)
    assert found[ENJOYMENT, ALL, "change"] == (2, 10)


def test_adults_are_told_by_what_they_said_last():
    people = [
        Answered(str(at), 1, 10 + at % 2, {"hopes": Fraction(8)}, {"hopes": Fraction(12)} if at < 6 else {}, None, {})
        for at in range(12)
    ]
    found = told(people, FAMILY)
    assert found["answers_family_hopes", "leeds", "answered"] == (12, 12)
    assert found["answers_family_hopes", "leeds", "score"] == (Decimal(10), 12)


def test_scores_of_a_form_are_told_by_part_and_in_all_and_of_nine_nothing_in_the_country():
    scores = {"emotional": Fraction(4), "total": Fraction(16)}
    people = [Answered(str(at), 1, 10 + at % 2, scores, {}, None, {}) for at in range(12)]
    nine = [Answered(f"n {at}", 2, 20 + at % 2, scores, {}, None, {}) for at in range(9)]
    found = told([*people, *nine], NEWEST["sdq_staff"])
    assert found["answers_sdq_staff_emotional", "leeds", "score"] == (Decimal(4), 12)
    assert found["answers_sdq_staff_total", "leeds", "score"] == (Decimal(16), 12)
    assert found["answers_sdq_staff_total", ALL, "answered"] == (Decimal(12), 12)


PEOPLE = st.lists(
    st.builds(
        one,
        st.sampled_from([1, 2, 3]),
        st.sampled_from([10, 11, 12, None]),
        st.sampled_from([None, 3, 6, 12]),
        st.sampled_from([None, 3, 7, 12]),
    ),
    max_size=120,
)


@given(PEOPLE)
def test_the_country_is_the_sum_of_programmes_that_are_enough_and_of_nobody_else(people):
    found = told(people)
    both = [p for p in people if p.before and p.after]
    many = Counter(SLUGS[p.programme_id] for p in both)
    schools = {slug: {p.school for p in both if SLUGS[p.programme_id] == slug} - {None} for slug in many}
    enough = [slug for slug in many if many[slug] >= 10 and len(schools[slug]) >= 2]
    if both:
        within = [p for p in both if SLUGS[p.programme_id] in enough]
        assert found[ENJOYMENT, ALL, "both"][0] == len(within)
        change = sum((p.after["enjoyment"] - p.before["enjoyment"] for p in within), Fraction(0))
        if within:
            assert abs(Fraction(found[ENJOYMENT, ALL, "change"][0]) - change / len(within)) < Fraction(1, 100_000)
