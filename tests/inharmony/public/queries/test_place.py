"""Finding a place: by its name, half its name, a name written wrongly, a postcode known or unknown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from inharmony.public.queries.place import EXACT, GUESS, WORDS, Candidate, answered, find, rank
from inharmony.public.queries.where import hubs
from inharmony.public.validators.place import read
from schools.figures.distance import Point
from schools.models import Postcode, School
from tests.factories import schools

TODAY = date(2026, 11, 29)


def found(typed, at=""):
    return find(read(typed), hubs(TODAY), at)


def nearest(typed, at=""):
    return answered(found(typed, at), hubs(TODAY))


def town(name, people=1_000, at="", nation="ENG"):
    return Candidate(at or name, name, name.lower(), Point(53, -1), nation=nation, people=people)


@pytest.mark.parametrize(
    ("typed", "place", "hub"),
    [
        ("York", "York", "leeds"),
        ("york ", "York", "leeds"),
        ("Yorkk", "York", "leeds"),
        ("Liverpol", "Liverpool", "liverpool"),
        ("saint helens", "St Helens", "liverpool"),
        ("St. Helen's", "St Helens", "liverpool"),
        ("Hull", "Kingston upon Hull", "leeds"),
        ("Sunderland", "Sunderland", "newcastle-gateshead"),
        ("Calderdale", "Calderdale", "leeds"),
        ("Halifax", "Halifax", "leeds"),
        ("Kirklees", "Kirklees", "leeds"),
        ("London", "London", "lambeth"),
    ],
)
def test_a_town_or_a_place_is_found_as_people_type_it_and_the_nearest_hub_with_it(record, typed, place, hub):
    assert (found(typed).place.name, nearest(typed).nearest.hub.slug) == (place, hub)


def test_hubs_stand_in_order_of_their_distance(record):
    answer = nearest("York")
    apart = [answer.nearest.miles, *(one.miles for one in answer.further)]
    assert apart == sorted(apart)
    assert (len(answer.further), answer.nearest.distance, answer.nearest.spot) == (
        5,
        "about 21 miles",
        "Pontefract (Wakefield)",
    )


def test_a_guess_is_said_to_be_one(record):
    assert found("York").note == ""
    assert found("Liverpol").note == "Nothing is called “Liverpol”; this is the name most like it."


def test_of_several_towns_of_one_name_the_largest_of_england_answers_and_the_others_are_offered(record):
    asked = found("Newport")
    assert [one.label for one in (asked.place, *asked.others)] == [
        "Newport, about 11 miles from Portsmouth",
        "Newport, about 7 miles from Telford",
        "Newport, about 11 miles from Cardiff, Wales",
    ]
    assert found("Newport", at="t8").place.point == Point(52.76684, -2.37734)
    assert found("Newport, Telford").place.at == "t8"
    assert found("Newport", at="no such town").place.at == "t7"
    assert nearest("Newport", at="t8").nearest.hub.slug == "telford-stoke"


def test_a_town_outside_england_is_answered_and_said_to_be_outside(record):
    answer = nearest("Cardiff")
    assert (answer.nation, answer.nearest.hub.slug) == ("Wales", "telford-stoke")
    assert nearest("York").nation == ""


def test_a_hub_that_left_is_named_where_it_would_be_nearer_and_never_the_answer(record):
    answer = nearest("Norwich")
    assert (answer.past.slug, answer.nearest.hub.slug) == ("norwich", "lambeth")
    assert nearest("York").past is None


def test_a_school_is_found_by_its_name_and_an_invented_one_never(record):
    School.objects.filter(urn=134723).update(latitude=53.4255, longitude=-2.9665)
    schools.school("Faithful Demonstration Primary", latitude=53.8, longitude=-1.5)
    asked = found("Faith Primary School")
    assert (asked.place.name, nearest("faith primary").nearest.spot) == ("Faith Primary School", "Faith Primary School")
    assert (
        found("Faithful Demonstration Primary").place is None
        or "Demonstration" not in found("Faithful Demonstration Primary").place.name
    )


def test_a_postcode_that_is_held_is_the_place(record):
    Postcode.objects.create(code="L53LW", latitude=53.4255, longitude=-2.9665)
    asked = found("l5 3lw")
    assert (asked.place.name, asked.place.point, asked.note) == ("L5 3LW", Point(53.4255, -2.9665), "")


def test_a_postcode_that_is_not_held_falls_back_to_the_middle_of_its_district(record):
    Postcode.objects.create(code="L53LW", latitude=53.42, longitude=-2.96)
    Postcode.objects.create(code="L54AA", latitude=53.44, longitude=-2.98)
    Postcode.objects.create(code="L501AA", latitude=50, longitude=0)  # of another district
    asked = found("L5 9ZZ")
    assert asked.place.point == pytest.approx(Point(53.43, -2.97))
    assert asked.note == "The postcode L5 9ZZ is not known here, so distances are from the middle of L5."
    assert found("L5").note == "Distances are from the middle of L5."


def test_a_district_is_known_by_its_schools_where_no_postcode_is(record):
    School.objects.filter(urn=134723).update(latitude=53.4255, longitude=-2.9665)
    assert found("L5").place.point == Point(53.4255, -2.9665)


def test_a_district_of_which_nothing_is_known_is_measured_from_its_post_town(record):
    asked = found("YO1 7HH")
    assert (asked.place.name, asked.place.point) == ("YO1 7HH", Point(53.95763, -1.08271))
    assert asked.note == "The postcode YO1 7HH is not known here, so distances are from York, the post town of YO."
    assert nearest("CF10").nation == "Wales"


def test_a_postcode_of_no_area_says_what_to_do(record):
    asked = found("QQ1 1AA")
    assert asked.place is None
    assert asked.problem == (
        "No postcode begins with QQ1 as far as is known here. Look it over, or type the nearest town."
    )


@pytest.mark.parametrize(
    "typed", ["Xyzzyxville", "qq", "%%%a", "' OR 1=1 --", "<script>alert(1)</script>", "a" * 5_000]
)
def test_a_place_nobody_knows_says_what_to_do(record, typed):
    asked = found(typed)
    assert asked.place is None
    assert asked.problem.startswith("No place called “")


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%"])
def test_nothing_asked_is_said(record, typed):
    assert found(typed).problem == "Type a town, a school or a postcode."


@pytest.mark.parametrize(
    ("typed", "many"), [("York", 3), ("Yorkk", 3), ("a b c d e f g", 3), ("L5 3LW", 4), ("L5", 4), ("", 1)]
)
def test_looking_a_place_up_takes_a_fixed_number_of_statements(record, typed, many):
    listed = hubs(TODAY)
    with CaptureQueriesContext(connection) as seen:
        find(read(typed), listed)
    assert len(seen) == many


def test_a_name_comes_before_a_name_with_it_and_a_guess_only_where_there_is_neither():
    known = [town("Newcastle upon Tyne", 200_000), town("Newcastle", 500), town("Newcatsle", 9)]
    assert [(one.name, one.tier) for one in rank("newcastle", known)] == [
        ("Newcastle", EXACT),
        ("Newcastle upon Tyne", WORDS),
    ]
    assert [(one.name, one.tier) for one in rank("newcaslte", known)][:1] == [("Newcastle", GUESS)]


def test_short_words_are_not_guessed_at():
    assert rank("yor", [town("York")]) == []


names = st.sampled_from(["leeds", "leeds bridge", "leads", "york", "new york", "hull", "newport"])
candidates = st.lists(
    st.builds(
        lambda name, people, number: Candidate(str(number), name, name, Point(50 + number, -1), people=people),
        names,
        st.integers(0, 9_000_000),
        st.integers(0, 30),
    ),
    max_size=12,
)


@given(names, candidates)
def test_whatever_is_known_the_sure_come_first_and_of_one_tier_the_larger(asked, known):
    ranked = rank(asked, known)
    assert [one.tier for one in ranked] == sorted(one.tier for one in ranked)
    assert all(one.key == asked for one in ranked if one.tier == EXACT)
    exact = [one.people for one in ranked if one.tier == EXACT]
    assert exact == sorted(exact, reverse=True)
    assert any(one.key == asked for one in known) == (bool(ranked) and ranked[0].tier == EXACT)


@given(st.text(max_size=40), candidates)
def test_no_text_breaks_the_ranking(asked, known):
    assert len(rank(asked, known)) <= len(known)
