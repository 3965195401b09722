from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.measures.scoring import (
    NoTotalError,
    OtherKindError,
    OutsideScaleError,
    ScoreRefusedError,
    TooManyMissingError,
    UnknownItemError,
    score,
    score_keyed,
    score_part,
)
from outcomes.measures.shipped import MEASURES
from outcomes.measures.structure import Band, Bands, Informant, Missing
from tests.measures import INVENTED, invented

ANSWERED = [measure for measure in MEASURES if measure.items]
FULL = {"a": 4, "b": 1, "c": 2, "d": 0, "e": 3, "f": 3}


def without(*keys):
    return {key: value for key, value in FULL.items() if key not in keys}


def test_answers_are_added_up_with_those_reversed_turned_round():
    made = score(INVENTED, FULL)
    # 4 + (4 - 1) + 2, and 0 + 3 + 3
    assert [(part.key, part.value, part.answered, part.of) for part in made.parts] == [
        ("first", 9, 3, 3),
        ("second", 6, 3, 3),
    ]
    assert (made.total.value, made.total.answered, made.total.of, made.answered) == (15, 6, 6, 6)
    assert (made.measure, made.version) == ("invented", "1")


def test_what_is_missing_counts_as_the_mean_of_the_rest_and_is_named():
    made = score(INVENTED, without("a", "e"))
    # (3 + 2) * 3 / 2, and (0 + 3) * 3 / 2
    assert [part.value for part in made.parts] == [Fraction(15, 2), Fraction(9, 2)]
    assert [part.prorated for part in made.parts] == [("a",), ("e",)]
    assert (made.total.value, made.total.prorated, made.total.answered) == (12, ("a", "e"), 4)


def test_a_score_is_a_whole_number_or_an_exact_fraction():
    assert type(score(INVENTED, FULL).total.value) is int
    assert type(score(INVENTED, without("a")).part("first").value) is Fraction
    assert type(score(INVENTED, without("c") | {"a": 3}).part("first").value) is int


def test_a_skipped_item_is_the_same_whether_none_or_not_there():
    assert score(INVENTED, without("a")) == score(INVENTED, FULL | {"a": None})


def test_more_missing_than_the_rule_allows_is_refused_with_what_is_missing():
    with pytest.raises(
        TooManyMissingError, match=r"2 of the 3 answers of “The second” are missing \(d, f\).*at most 1"
    ):
        score(INVENTED, without("d", "f"))


def test_nothing_may_be_missing_where_the_rule_says_so():
    strict = invented(missing=Missing(0, "None"))
    with pytest.raises(TooManyMissingError, match="at most 0"):
        score(strict, without("a"))


def test_a_part_is_scored_by_itself_whatever_the_others_lack():
    answers = without("d", "e", "f")
    assert score_part(INVENTED, "first", answers).value == 9
    with pytest.raises(TooManyMissingError):
        score_part(INVENTED, "second", answers)


@pytest.mark.parametrize("value", [-1, 5, 2.0, True, "3", Fraction(3)])
def test_an_answer_outside_the_scale_is_refused_with_place_value_and_remedy(value):
    with pytest.raises(OutsideScaleError) as refused:
        score(INVENTED, FULL | {"c": value})
    assert str(refused.value) == (
        f"“{value}” is no answer to “c” of “Invented” (version 1). Answers are whole numbers from 0 to 4."
    )
    with pytest.raises(OutsideScaleError):
        score_part(INVENTED, "second", FULL | {"c": value})


def test_an_answer_to_what_is_not_asked_is_refused_with_what_is():
    with pytest.raises(UnknownItemError, match=r"no item “z”\. Its items are a, b, c, d, e, f"):
        score(INVENTED, FULL | {"z": None})


def test_a_total_is_refused_where_there_is_none():
    made = score(invented(total=None), FULL)
    assert made.part("first").value == 9
    with pytest.raises(NoTotalError, match="has no total"):
        _ = made.total


def test_a_keyed_total_is_refused_where_there_is_none():
    scores_only = invented(items=(), scale=None, total=None)
    assert score_keyed(scores_only, {"first": 3, "second": 4}).part("second").value == 4
    with pytest.raises(NoTotalError, match="Key its scores alone"):
        score_keyed(scores_only, {"first": 3, "second": 4, "total": 7})


def test_scores_are_not_keyed_of_what_is_answered_item_by_item():
    with pytest.raises(OtherKindError, match="key them item by item"):
        score_keyed(INVENTED, {"first": 3, "second": 4})


def test_each_refusal_is_caught_as_one():
    for answers in (FULL | {"a": 9}, FULL | {"z": 1}, without("a", "b")):
        with pytest.raises(ScoreRefusedError):
            score(INVENTED, answers)


def test_a_band_is_named_for_the_only_informant_and_the_form_asked_for():
    table = Bands("short", Informant.CHILD, "1", "", (("total", (Band(0, 14, "Lower"), Band(15, 24, "Higher"))),))
    measure = invented(bands=(table,), missing=Missing(0, ""))
    assert score(measure, FULL, form="short").total.band.words == "Higher"
    assert score(measure, FULL | {"a": 3}, form="short").total.band.words == "Lower"
    assert score(measure, FULL).total.band is None
    assert score(measure, FULL, form="short").part("first").band is None


def answers_to(measure, *, missing):
    """Answers to all items of a measure, some of them skipped where `missing`."""
    value = st.integers(measure.scale.least, measure.scale.most)
    return st.fixed_dictionaries({item.key: value | st.none() if missing else value for item in measure.items})


def any_answers(*, missing):
    return st.sampled_from(ANSWERED).flatmap(
        lambda measure: st.tuples(st.just(measure), answers_to(measure, missing=missing))
    )


@given(any_answers(missing=False))
def test_answers_turned_round_mirror_every_score(asked):
    measure, answers = asked
    ends = measure.scale.least + measure.scale.most
    made, mirrored = score(measure, answers), score(measure, {key: ends - value for key, value in answers.items()})
    for part, other in zip(made.parts, mirrored.parts, strict=True):
        declared = measure.part(part.key)
        assert part.value + other.value == declared.least + declared.most


@given(any_answers(missing=False), st.data())
def test_an_item_reversed_is_as_if_its_answer_were_turned_round(asked, data):
    measure, answers = asked
    item = data.draw(st.sampled_from(measure.items))
    turned = replace(
        measure,
        items=tuple(replace(one, is_reversed=not one.is_reversed) if one == item else one for one in measure.items),
    )
    ends = measure.scale.least + measure.scale.most
    assert score(turned, answers).parts == score(measure, answers | {item.key: ends - answers[item.key]}).parts


@given(any_answers(missing=True), st.randoms())
def test_the_order_in_which_answers_come_does_not_matter(asked, random):
    measure, answers = asked
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert outcome(measure, dict(shuffled)) == outcome(measure, answers)


def outcome(measure, answers):
    try:
        return score(measure, answers)
    except TooManyMissingError as refused:
        return str(refused)


@settings(max_examples=300)
@given(any_answers(missing=True))
def test_a_score_stays_in_its_range_and_is_refused_exactly_where_the_rule_says(asked):
    measure, answers = asked
    for part in measure.parts:
        lacking = [item for item in measure.items_of(part.key) if answers[item.key] is None]
        if len(lacking) > measure.missing.at_most:
            with pytest.raises(TooManyMissingError):
                score_part(measure, part.key, answers)
        else:
            made = score_part(measure, part.key, answers)
            assert part.least <= made.value <= part.most
            assert made.answered == made.of - len(made.prorated)
            assert not isinstance(made.value, float)


@given(any_answers(missing=False), st.data())
def test_what_is_scaled_up_lies_between_what_the_missing_answer_could_make_it(asked, data):
    measure, answers = asked
    measure = replace(measure, missing=Missing(1, ""))
    item = data.draw(st.sampled_from(measure.items))
    could = [score_part(measure, item.part, answers | {item.key: value}).value for value in measure.scale.values]
    assert min(could) <= score_part(measure, item.part, answers | {item.key: None}).value <= max(could)


@given(any_answers(missing=False))
def test_a_total_is_the_sum_of_the_parts_it_names(asked):
    measure, answers = asked
    made = score(measure, answers)
    if measure.total:
        assert made.total.value == sum(made.part(key).value for key in measure.total.parts)
        assert measure.total.least <= made.total.value <= measure.total.most
