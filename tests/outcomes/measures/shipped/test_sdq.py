import pytest

from outcomes.measures.scoring import (
    OtherKindError,
    OutsideScaleError,
    TooManyMissingError,
    TotalDiffersError,
    UnknownItemError,
    score,
    score_keyed,
)
from outcomes.measures.shipped.sdq import SDQ
from outcomes.measures.structure import TOTAL, Informant

KEYS = ("emotional", "conduct", "hyperactivity", "peer", "prosocial")
WORDS = {
    "C": "Close to average",
    "SR": "Slightly raised",
    "H": "High",
    "VH": "Very high",
    "SL": "Slightly lowered",
    "L": "Low",
    "VL": "Very low",
}
# scores in the order of the keys; the total leaves the last out; bands of the teacher form, the total's last
VECTORS = [
    ((0, 0, 0, 0, 10), 0, "C C C C C C"),
    ((10, 10, 10, 10, 0), 40, "VH VH VH VH VL VH"),
    ((3, 2, 4, 2, 7), 11, "C C C C C C"),
    ((3, 2, 5, 2, 6), 12, "C C C C C SR"),
    ((4, 2, 7, 2, 9), 15, "SR C SR C C SR"),
    ((4, 3, 6, 3, 5), 16, "SR SR SR SR SL H"),
    ((5, 3, 7, 3, 8), 18, "H SR SR SR C H"),
    ((5, 4, 7, 3, 8), 19, "H H SR SR C VH"),
    ((5, 4, 8, 5, 4), 22, "H H H H L VH"),
    ((6, 5, 9, 6, 3), 26, "VH VH VH VH VL VH"),
    ((1, 0, 0, 4, 10), 5, "C C C SR C C"),
]
SCORES = dict(zip(KEYS, (4, 3, 6, 3, 5), strict=True))


def keyed(scores=SCORES, informant=Informant.STAFF, **more):
    return score_keyed(SDQ, {**scores, **more}, form="4-17", informant=informant)


@pytest.mark.parametrize(("scores", "total", "bands"), VECTORS)
def test_scores_come_to_what_they_do_by_hand(scores, total, bands):
    made = keyed(dict(zip(KEYS, scores, strict=True)))
    assert made.total.value == total
    assert [one.band.words for one in (*made.parts, made.total)] == [WORDS[band] for band in bands.split()]


@pytest.mark.parametrize("informant", [Informant.FAMILY, Informant.CHILD])
def test_only_the_teacher_form_has_bands(informant):
    made = keyed(informant=informant)
    assert made.total.value == 16
    assert [one.band for one in (*made.parts, made.total)] == [None] * 6


def test_another_form_and_nobody_named_have_no_bands():
    assert score_keyed(SDQ, SCORES, form="2-4", informant=Informant.STAFF).total.band is None
    assert score_keyed(SDQ, SCORES, form="4-17").total.band is None


def test_a_total_that_is_keyed_must_be_the_sum_of_the_four():
    assert keyed(total=16).total.value == 16
    # with the prosocial scale in it
    with pytest.raises(TotalDiffersError, match="16"):
        keyed(total=21)


@pytest.mark.parametrize("value", [11, -1, 4.0, True, "4", None])
def test_a_score_out_of_range_or_not_a_whole_number_is_refused_with_its_range(value):
    with pytest.raises(OutsideScaleError, match=r"emotional.*0 to 10"):
        keyed(emotional=value)


def test_a_total_that_is_no_whole_number_is_refused():
    with pytest.raises(TotalDiffersError):
        keyed(total=16.0)


def test_a_score_that_is_missing_or_not_known_is_refused_by_name():
    with pytest.raises(TooManyMissingError, match="peer"):
        score_keyed(SDQ, {key: value for key, value in SCORES.items() if key != "peer"})
    with pytest.raises(UnknownItemError, match="impact"):
        keyed(impact=3)


def test_no_item_is_here_and_none_can_be_answered():
    assert SDQ.items == ()
    assert (SDQ.licence.may_show, SDQ.licence.may_screen) == (False, False)
    with pytest.raises(OtherKindError, match="only scores are kept"):
        score(SDQ, {"worries": 1})


def test_tutors_do_not_answer_it():
    with pytest.raises(OtherKindError, match="tutor"):
        keyed(informant=Informant.TUTOR)


def test_more_of_a_difficulty_is_worse_and_of_prosocial_behaviour_better():
    assert [part.is_difficulty for part in SDQ.parts] == [True, True, True, True, False]
    assert SDQ.total.is_difficulty
    assert TOTAL not in {part.key for part in SDQ.parts}
