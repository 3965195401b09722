"""Who tries codes and numbers is stopped; who mistypes, and a whole school class at one address, is not."""

from datetime import timedelta

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from inharmony.audit.period import midnight
from outcomes.measures.shipped.music import MUSIC
from tests.outcomes.slips import address, asked

HERE, ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "203.0.113.8"}
CODE = "outcomes:answer-code"


@pytest.fixture(autouse=True)
def nobody_counted():
    cache.clear()


@pytest.fixture
def school_class(cast):
    return asked(cast)


def type_code(code, where=HERE):
    return Client(**where).post(reverse(CODE), {"code": code})


def type_number(group, number, where=HERE):
    return Client(**where).post(reverse("outcomes:answer", args=[group.code]), {"number": number})


# typing


def test_a_code_leads_to_the_number_and_that_to_the_slip(school_class):
    group, slip = school_class.group, school_class.slips[0]
    assert Client().get(reverse(CODE)).status_code == 200
    written = f" {group.code[:4].lower()}-{group.code[4:].lower()} "
    there = type_code(written)
    assert (there.status_code, there["Location"]) == (302, reverse("outcomes:answer", args=[group.code]))
    assert "Type your number" in Client().get(there["Location"]).content.decode()
    on = type_number(group, f"{slip.number[:2]} {slip.number[2:]}")
    assert (on.status_code, on["Location"]) == (302, address(slip))


def test_code_and_number_in_one_lead_to_the_slip(school_class):
    slip = school_class.slips[0]
    assert type_code(f"{slip.mark[:7]} {slip.number}")["Location"] == address(slip)


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("", 422, "Type your code."),
        ("CDF", 422, "That is not a code."),
        ("CDFGHJ0", 422, "That is not a code."),
        ("CDFGHJK0123", 422, "That is not a code."),
        ("C" * 41, 422, "That is too long for a code."),
        ("CCCCCCC", 404, "We can’t find that code."),
    ],
)
def test_what_is_no_code_is_said_at_the_field_and_kept_to_be_mended(db, typed, status, words):
    answer = type_code(typed)
    page = answer.content.decode()
    assert (answer.status_code, words in page, f'value="{typed}"' in page) == (status, True, bool(typed))


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("", 422, "Type your number."),
        ("12", 422, "It has 4 digits."),
        ("١٢٣٤", 422, "It has 4 digits."),
        ("1" * 41, 422, "That is too long for a number."),
        ("9999", 404, "We can’t find that number."),
    ],
)
def test_what_is_no_number_is_said_at_the_field(school_class, typed, status, words):
    answer = type_number(school_class.group, typed)
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


@pytest.mark.parametrize("told", ["CCCCCCC", "CCCCCCC1000", "nonsense", "CDFGHJK0123", "CDFGHJK12345"])
def test_an_address_nobody_was_given_leads_nowhere(db, told):
    for path in (
        reverse("outcomes:answer", args=[told]),
        reverse("outcomes:answer-question", args=[told, 1]),
        reverse("outcomes:answer-done", args=[told]),
    ):
        answer = Client().get(path)
        assert (answer.status_code, "We can’t find that" in answer.content.decode()) == (404, True)


# limits


def test_who_tries_codes_is_stopped_there_and_nobody_elsewhere_is(settings, school_class):
    settings.ANSWER_RATE_LIMITS = {"wrong_code": "3/10m/ip", "wrong_number": "60/10m/key"}
    assert [type_code("CCCCCCC").status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    assert type_code(school_class.group.code).status_code == 429
    assert Client(**HERE).get(reverse("outcomes:answer", args=["CCCCCCD"])).status_code == 429
    assert type_code(school_class.group.code, ELSEWHERE).status_code == 302
    # who has a whole slip did not guess it
    assert Client(**HERE).get(address(school_class.slips[0])).status_code == 200


def test_who_tries_numbers_of_a_code_is_stopped_at_it_alone(cast, settings, school_class):
    settings.ANSWER_RATE_LIMITS = {"wrong_code": "300/10m/ip", "wrong_number": "3/10m/key"}
    group, slip = school_class.group, school_class.slips[0]
    assert [type_number(group, f"9{number:03}").status_code for number in range(5)] == [404, 404, 404, 429, 429]
    assert type_number(group, slip.number).status_code == 429
    assert Client(**HERE).get(address(slip)).status_code == 429
    assert "Please wait" in Client(**HERE).get(address(slip, 1)).content.decode()
    assert type_number(group, slip.number, ELSEWHERE).status_code == 302
    other = asked(cast, name="Spring").slips[0]
    assert Client(**HERE).get(address(other)).status_code == 200


def test_who_has_begun_goes_on_where_somebody_tries_numbers_and_no_other_number_is_told(settings, school_class):
    """One child who tries numbers does not stop the class; stopped, it does not find out which numbers there are."""
    settings.ANSWER_RATE_LIMITS = {"wrong_code": "300/10m/ip", "wrong_number": "3/10m/key"}
    group, (begun, answered, new) = school_class.group, school_class.slips
    assert Client(**HERE).get(address(begun)).status_code == 200
    assert Client(**ELSEWHERE).post(address(answered, 1), {"answer": "3", "do": "next"}).status_code == 302
    for number in range(4):
        type_number(group, f"9{number:03}")
    assert Client(**HERE).post(address(begun, 1), {"answer": "3", "do": "next"}).status_code == 302
    assert type_number(group, begun.number).status_code == 302
    others = [Client(**HERE).get(address(slip, 1)) for slip in (answered, new)]
    others.append(Client(**HERE).get(reverse("outcomes:answer-question", args=[f"{group.code}9000", 1])))
    assert {answer.status_code for answer in others} == {429}
    assert len({answer.content for answer in others}) == 1
    assert [type_number(group, slip.number).status_code for slip in (answered, new)] == [429, 429]


def test_numbers_of_a_code_are_tried_no_more_often_a_day_than_the_limit_of_a_day(settings, school_class, time_machine):
    rates = ratelimit.parse_rates(settings.ANSWER_RATE_LIMITS["wrong_number"])
    assert [(rate.amount, rate.duration) for rate in rates] == [(60, 600), (200, 86400)]
    settings.ANSWER_RATE_LIMITS = {"wrong_code": "300/10m/ip", "wrong_number": "2/10m/key,3/d/key"}
    morning, group = midnight(school_class.wave.opens_on) + timedelta(hours=9), school_class.group

    def tried(after):
        time_machine.move_to(morning + after, tick=False)
        return [type_number(group, "9999").status_code for _ in range(3)]

    assert tried(timedelta(0)) == [404, 404, 429]
    assert tried(timedelta(minutes=11)) == [404, 429, 429]
    assert tried(timedelta(hours=12)) == [429, 429, 429]
    assert tried(timedelta(hours=25)) == [404, 404, 429]


def test_addresses_of_one_network_of_version_six_are_one(settings, school_class):
    settings.ANSWER_RATE_LIMITS = {"wrong_code": "300/10m/ip", "wrong_number": "3/10m/key"}
    near = [{"REMOTE_ADDR": f"2001:db8:0:1::{number}"} for number in range(1, 6)]
    tried = [type_number(school_class.group, "9999", where).status_code for where in near]
    assert tried == [404, 404, 404, 429, 429]
    assert type_number(school_class.group, "9999", {"REMOTE_ADDR": "2001:db8:0:2::1"}).status_code == 404


def test_numbers_are_tried_in_addresses_no_more_often_than_typed(settings, school_class):
    settings.ANSWER_RATE_LIMITS = {"wrong_code": "300/10m/ip", "wrong_number": "3/10m/key"}
    code = school_class.group.code
    paths = [reverse("outcomes:answer-question", args=[f"{code}9{number:03}", 1]) for number in range(5)]
    assert [Client(**HERE).get(path).status_code for path in paths] == [404, 404, 404, 429, 429]


def test_thirty_children_at_one_address_who_answer_everything_and_mistype_twice_are_never_stopped(school_class):
    """30 children, 15 requests each and two mistakes each, within the ten minutes of the limits as they are."""
    group, slips = school_class.group, school_class.slips
    seen = set()
    for child in range(30):
        slip, client = slips[child % len(slips)], Client(**HERE)
        seen.add(type_code("CCCCCCC").status_code)
        seen.add(type_number(group, "9999").status_code)
        seen.add(type_code(group.code).status_code)
        seen.add(type_number(group, slip.number).status_code)
        for place in range(1, len(MUSIC.items) + 1):
            seen.add(client.get(address(slip, place)).status_code)
            seen.add(client.post(address(slip, place), {"answer": "3", "do": "next"}).status_code)
    assert seen == {200, 302, 404}


def test_right_answers_count_towards_no_limit(settings, school_class):
    settings.ANSWER_RATE_LIMITS = {"wrong_code": "1/10m/ip", "wrong_number": "1/10m/key"}
    slip, client = school_class.slips[0], Client(**HERE)
    codes = {client.post(address(slip, 1), {"answer": "3", "do": "next"}).status_code for _ in range(20)}
    assert codes == {302}
    assert type_code("CCCCCCC").status_code == 404
