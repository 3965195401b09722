import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.actions.wording import load_wording
from outcomes.measures.scoring import score
from outcomes.measures.shipped import BY_KEY
from outcomes.measures.shipped.music import MUSIC
from outcomes.measures.shipped.stirling import STIRLING
from outcomes.models import LoadedWording
from outcomes.queries.measures import askable, loaded_wording, measure_of, newest
from tests.outcomes.wordings import read, told

SDQ = ["sdq_staff", "sdq_family", "sdq_child"]
OURS = ["family", "staff", "tutor"]


def keys(measures):
    return [measure.key for measure in measures]


def test_a_measure_of_the_projects_own_is_given_as_it_is_declared_without_a_look(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert measure_of("music", "1") is MUSIC


def test_a_measure_awaits_its_words_until_they_are_loaded(django_assert_num_queries, db):
    assert measure_of("stirling", "1") is STIRLING
    assert loaded_wording(STIRLING) is None
    load_wording(wording=read(told()), by=None)
    with django_assert_num_queries(1):
        found = measure_of("stirling", "1")
    assert not found.awaits_wording
    assert found.instructions == "Invented instructions."
    assert [item.words for item in found.items] == [f"Words of printed_{place}." for place in range(1, 16)]
    assert [answer.words for answer in found.scale.answers] == [f"Answer {value}" for value in range(1, 6)]
    answers = dict.fromkeys((item.key for item in found.items), 4)
    assert score(found, answers).total == score(STIRLING, answers).total
    assert loaded_wording(STIRLING).source == "Invented"


def test_there_is_no_measure_of_another_key_or_version(db):
    for key, version in (("stirling", "2"), ("nothing", "1")):
        with pytest.raises(KeyError):
            measure_of(key, version)


def test_what_can_be_asked_awaits_no_words_and_may_be_a_form_of_which_scores_are_keyed(django_assert_num_queries, db):
    with django_assert_num_queries(1):
        assert keys(askable()) == ["music", *OURS, *SDQ]
    load_wording(wording=read(told()), by=None)
    with django_assert_num_queries(1):
        assert keys(askable()) == ["music", "stirling", *OURS, *SDQ]
    assert all(item.words for measure in askable() for item in measure.items)


def test_every_measure_is_among_the_newest_once(db):
    assert sorted(keys(newest())) == sorted({key for key, _ in BY_KEY})


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)


@given(st.lists(WORDS, min_size=15, max_size=15, unique_by=str.casefold), WORDS)
def test_whatever_words_are_loaded_come_back_sign_by_sign(words, instructions):
    items = [
        {"key": item.key, "words": said, "reversed": False} for item, said in zip(STIRLING.items, words, strict=True)
    ]
    wording = read(told(items=items, instructions=instructions))
    row = LoadedWording.of(wording)
    assert row.wording == wording
