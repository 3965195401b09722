import pytest

from outcomes.measures.scoring import (
    OtherKindError,
    OutsideScaleError,
    TooManyMissingError,
    TotalDiffersError,
    UnknownItemError,
    faults_of_keyed,
    score,
    score_keyed,
    score_keyed_part,
)
from outcomes.measures.shipped.sdq import SDQ, SDQ_CHILD, SDQ_FAMILY, SDQ_STAFF
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


def keyed(scores=SCORES, measure=SDQ_STAFF, **more):
    return score_keyed(measure, {**scores, **more}, form="4-17")


@pytest.mark.parametrize(("scores", "total", "bands"), VECTORS)
def test_scores_come_to_what_they_do_by_hand(scores, total, bands):
    made = keyed(dict(zip(KEYS, scores, strict=True)))
    assert made.total.value == total
    assert [one.band.words for one in (*made.parts, made.total)] == [WORDS[band] for band in bands.split()]


@pytest.mark.parametrize("measure", [SDQ_FAMILY, SDQ_CHILD])
def test_only_the_teacher_form_has_bands(measure):
    made = keyed(measure=measure)
    assert made.total.value == 16
    assert [one.band for one in (*made.parts, made.total)] == [None] * 6


def test_another_form_and_none_named_have_no_bands():
    assert score_keyed(SDQ_STAFF, SCORES, form="2-4").total.band is None
    assert score_keyed(SDQ_STAFF, SCORES).total.band is None


def test_a_total_that_is_keyed_must_be_the_sum_of_the_four():
    assert keyed(total=16).total.value == 16
    # with the prosocial scale in it
    with pytest.raises(TotalDiffersError, match="16"):
        keyed(total=21)


@pytest.mark.parametrize("value", [11, -1, 4.0, True, "4", None])
def test_a_score_out_of_range_or_not_a_whole_number_is_refused_with_its_range(value):
    with pytest.raises(OutsideScaleError, match=r"“Emotional problems”.*0 to 10"):
        keyed(emotional=value)


def test_a_total_that_is_no_whole_number_is_refused():
    with pytest.raises(TotalDiffersError):
        keyed(total=16.0)


def test_a_score_that_is_missing_or_not_known_is_refused_by_name():
    with pytest.raises(TooManyMissingError, match="problems with peers"):
        score_keyed(SDQ_STAFF, {key: value for key, value in SCORES.items() if key != "peer"})
    with pytest.raises(UnknownItemError, match="impact"):
        keyed(impact=3)


def test_a_part_is_scored_by_itself_whatever_the_others_lack():
    scores = SCORES | {"peer": None}
    part = score_keyed_part(SDQ_STAFF, "emotional", scores, form="4-17")
    assert (part.value, part.band.words) == (4, "Slightly raised")
    with pytest.raises(TooManyMissingError, match=r"Problems with peers.* was not keyed"):
        score_keyed_part(SDQ_STAFF, "peer", scores)
    with pytest.raises(OutsideScaleError):
        score_keyed_part(SDQ_STAFF, "emotional", {"emotional": 11})


def test_all_that_is_wrong_with_a_form_is_told_at_once_each_at_its_part():
    faults = faults_of_keyed(SDQ_STAFF, SCORES | {"emotional": 11, "peer": "x", "prosocial": None, "total": 16})
    assert list(faults) == ["emotional", "peer"]
    assert "“11” cannot be the score “Emotional problems”" in faults["emotional"]
    assert "“x” cannot be the score “Problems with peers”" in faults["peer"]
    assert list(faults_of_keyed(SDQ_STAFF, {"impact": 1})) == ["impact"]


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ({}, ""),
        (dict.fromkeys(KEYS), ""),
        (SCORES | {"total": 16}, ""),
        # the total leaves this one out
        (SCORES | {"prosocial": None, "total": 16}, ""),
        (SCORES | {"total": 17}, "which is 16"),
        (SCORES | {"total": "16,0"}, "which is 16"),
        (SCORES | {"peer": None, "total": 13}, "needs all of emotional problems, conduct problems"),
        ({"total": 0}, "needs all of"),
    ],
)
def test_a_total_stands_where_its_scores_are_all_there_and_add_up_to_it(scores, words):
    faults = faults_of_keyed(SDQ_STAFF, scores)
    assert set(faults) == ({"total"} if words else set())
    assert words in faults.get("total", "")


@pytest.mark.parametrize("measure", SDQ)
def test_no_item_is_here_and_none_can_be_answered(measure):
    assert measure.items == ()
    assert (measure.licence.may_show, measure.licence.may_screen) == (False, False)
    with pytest.raises(OtherKindError, match="only scores are kept"):
        score(measure, {"worries": 1})


def test_each_form_is_of_one_informant_and_says_which_it_is():
    assert [(one.key, one.informants) for one in SDQ] == [
        ("sdq_staff", (Informant.STAFF,)),
        ("sdq_family", (Informant.FAMILY,)),
        ("sdq_child", (Informant.CHILD,)),
    ]
    assert [one.title_of("peer") for one in SDQ] == [
        "Problems with peers (teacher form)",
        "Problems with peers (parent form)",
        "Problems with peers (self-report)",
    ]
    assert SDQ_CHILD.title_of(TOTAL) == "Total of difficulties (self-report)"


def test_tutors_do_not_answer_it():
    with pytest.raises(OtherKindError, match="tutor"):
        score_keyed(SDQ_STAFF, SCORES, informant=Informant.TUTOR)


@pytest.mark.parametrize("measure", SDQ)
def test_more_of_a_difficulty_is_worse_and_of_prosocial_behaviour_better(measure):
    assert [part.is_difficulty for part in measure.parts] == [True, True, True, True, False]
    assert measure.total.is_difficulty
    assert TOTAL not in {part.key for part in measure.parts}
