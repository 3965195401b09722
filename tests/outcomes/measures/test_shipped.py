import hashlib
from collections import Counter

import pytest

from outcomes.measures.consistency import faults
from outcomes.measures.scoring import score, score_keyed
from outcomes.measures.shipped import BY_KEY, MEASURES, NEWEST, feeding
from outcomes.measures.structure import OWN, Informant, Scale
from programmes.models import Indicator
from tests.outcomes.measures.shipped import test_family, test_music, test_sdq, test_staff, test_stirling, test_tutor
from tests.reading_age import reading_age, syllables

EACH = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: f"{measure.key} {measure.version}")
OWN_ONES = [measure for measure in MEASURES if measure.licence == OWN]
FOR_CHILDREN = [measure for measure in OWN_ONES if Informant.CHILD in measure.informants]
AGE = 8
AS_BROUGHT = {
    ("music", "1"): "0aedf8a3d4253800",
    ("stirling", "1"): "219934555d19f551",
    ("sdq_staff", "1"): "473c1b590fb5ed75",
    ("sdq_family", "1"): "473c1b590fb5ed75",
    ("sdq_child", "1"): "473c1b590fb5ed75",
    ("family", "1"): "3521a4d222f42ff3",
    ("staff", "1"): "a1f25de3f50d210d",
    ("tutor", "1"): "abb720b39c09703b",
}


@EACH
def test_each_measure_holds_together_and_says_where_it_is_from(measure):
    assert list(faults(measure)) == []
    for words in (measure.title, measure.source, measure.norms, measure.missing.source, measure.licence.source):
        assert words.strip()
    assert all(part.title.strip() for part in measure.parts)
    assert all(bands.source and bands.version and bands.form for bands in measure.bands)


@EACH
def test_each_measure_gives_its_least_and_its_most(measure):
    for end in ("least", "most"):
        if measure.is_scores_only:
            made = score_keyed(measure, {part.key: getattr(part, end) for part in measure.parts})
        else:
            made = score(measure, {item.key: answer_for(measure, item, end) for item in measure.items})
        assert [part.value for part in made.parts] == [getattr(part, end) for part in measure.parts]
        if measure.total:
            assert made.total.value == getattr(measure.total, end)


def answer_for(measure, item, end):
    """The answer by which an item counts least or most."""
    ends = {"least": measure.scale.least, "most": measure.scale.most}
    return measure.scale.least + measure.scale.most - ends[end] if item.is_reversed else ends[end]


def test_a_version_of_a_measure_is_there_once_and_the_newest_is_the_last():
    assert max(Counter((measure.key, measure.version) for measure in MEASURES).values()) == 1
    assert set(BY_KEY.values()) == set(MEASURES)
    assert set(NEWEST) == {measure.key for measure in MEASURES}
    for key, newest in NEWEST.items():
        assert int(newest.version) == max(int(measure.version) for measure in MEASURES if measure.key == key)


def asked(measure):
    """What somebody is asked and what is made of it, line by line."""
    yield measure.instructions
    yield from ((item.key, item.part, item.words, item.is_reversed) for item in measure.items)
    yield from (
        (answer.value, answer.words, answer.picture) for answer in (measure.scale.answers if measure.scale else ())
    )
    yield from ((part.key, part.least, part.most, str(part.feeds), part.is_difficulty) for part in measure.parts)
    yield (measure.total.parts if measure.total else None, measure.missing.at_most)


@EACH
def test_a_version_is_asked_and_scored_as_when_it_was_first_brought(measure):
    """What differs here is a new version beside this one: answers that were given stay comparable."""
    lines = "\n".join(map(repr, asked(measure)))
    assert hashlib.sha256(lines.encode()).hexdigest()[:16] == AS_BROUGHT[measure.key, measure.version]


def test_what_people_say_feeds_every_indicator_but_achievement_at_school():
    fed = {indicator: [measure.key for measure in feeding(indicator)] for indicator in Indicator}
    assert fed == {
        Indicator.CULTURE: ["staff", "tutor"],
        Indicator.MUSIC: ["music", "staff", "tutor"],
        Indicator.WELLBEING: ["stirling", "sdq_staff", "sdq_family", "sdq_child"],
        Indicator.SCHOOL: [],
        Indicator.ASPIRATION: ["family"],
        Indicator.ENGAGEMENT: ["family", "staff"],
        Indicator.COMMUNITY: ["family"],
        Indicator.VIABILITY: ["staff", "tutor"],
    }


@pytest.mark.parametrize("measure", OWN_ONES, ids=lambda measure: measure.key)
def test_what_is_the_projects_own_claims_to_be_no_standard_scale(measure):
    assert measure.norms.startswith("None")
    assert measure.bands == ()
    assert measure.total is None
    assert not measure.awaits_wording
    # in each part somebody who always agrees is noticed
    for part in measure.parts:
        reversed_ones = [item.is_reversed for item in measure.items_of(part.key)]
        assert any(reversed_ones)
        assert not all(reversed_ones)


@EACH
def test_no_item_that_somebody_else_wrote_is_here(measure):
    if measure.licence != OWN:
        assert {item.words for item in measure.items} <= {None}
        assert measure.instructions is None


def test_at_least_forty_answer_sets_are_worked_out_by_hand():
    by_hand = [test_music, test_family, test_staff, test_tutor, test_sdq, test_stirling]
    assert sum(len(each.VECTORS) for each in by_hand) >= 40
    # the three forms of one questionnaire are scored alike
    assert len(by_hand) == len({measure.key.partition("_")[0] for measure in MEASURES})


def child_reads(measure):
    yield measure.title
    yield from measure.instructions.split(". ")
    yield from (item.words for item in measure.items)
    yield from (answer.words for answer in measure.scale.answers)


@pytest.mark.parametrize("measure", FOR_CHILDREN, ids=lambda measure: measure.key)
def test_a_child_of_eight_can_read_every_word_that_children_are_shown(measure):
    assert reading_age(child_reads(measure)) <= AGE
    assert {item.words: age for item in measure.items if (age := reading_age([item.words])) > AGE} == {}
    assert reading_age(measure.instructions.split(". ")) <= AGE


@pytest.mark.parametrize("measure", OWN_ONES, ids=lambda measure: measure.key)
def test_what_grown_ups_read_is_plain_too(measure):
    assert reading_age([measure.instructions, *(item.words for item in measure.items)]) <= 11


def test_a_hard_text_is_found_to_be_hard():
    assert reading_age(["Participation considerably strengthened my musical self-efficacy."]) > 14
    assert reading_age(["We want to know what you think about the instrumental sessions of your ensemble."]) > AGE


def test_the_age_is_the_published_formula_plus_five():
    # 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 × 1 - 15.59 = -1.45
    assert round(reading_age(["The cat sat on the mat."]), 2) == 3.55
    # 10 words, 2 sentences, 14 syllables: 0.39 × 5 + 11.8 × 1.4 - 15.59 = 2.88
    assert round(reading_age(["We play music together.", "I am happy to sing now."]), 2) == 7.88


HEARD = """
music 2  happy 2  easy 2  people 2  bored 1  used 1  tune 1  group 1  together 3  instrument 3  orchestra 3
can’t 1  I 1  wanted 2  makes 1  I’ve 1  played 1  little 2
"""


@pytest.mark.parametrize(("word", "many"), list(zip(HEARD.split()[::2], map(int, HEARD.split()[1::2]), strict=True)))
def test_syllables_are_those_one_hears(word, many):
    assert syllables(word) == many


def test_a_scale_has_the_same_words_for_everybody_it_is_shown_to():
    scales: dict[tuple[int, ...], Scale] = {}
    for measure in OWN_ONES:
        assert scales.setdefault(measure.scale.values, measure.scale) is measure.scale
