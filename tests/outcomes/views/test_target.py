"""The page of a hub's targets."""

from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from inharmony.audit.words import FIELDS
from outcomes.forms.target import written
from outcomes.models import Target
from programmes.models import Indicator
from schools.models import AcademicYear
from tests.outcomes.actions.test_target import PLAY_ON, WELL, put

PAGE = reverse("outcomes:targets", args=["liverpool"])


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-17 10:42+00:00", tick=False):
        yield


def seen_on(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"', maxsplit=1)[0]


def send(client, **sent):
    return client.post(PAGE, {"seen": seen_on(client.get(PAGE).content.decode()), **sent})


def test_a_manager_sets_targets_and_sees_who_set_them(client, cast):
    client.force_login(cast.joanne)
    sent = {"words_music": "Share that plays on after Year 6", "value_music": "52.50 %", "unit_music": "%"}
    assert send(client, **sent)["Location"] == f"{PAGE}?year=2026-27"
    page = client.get(PAGE).content.decode()
    assert "The targets of 2026-27 are set." in page
    assert 'value="52.5"' in page
    assert "Joanne Carter: Musical enjoyment and musical skills, “Share that plays on after Year 6”, 52.5 %" in page
    send(client)
    assert "Musical enjoyment and musical skills, taken off" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"value_music": "many", "words_music": "x"}, "Write the number in figures"),
        ({"value_music": "12,50", "words_music": "x"}, "Write the number in figures"),
        ({"value_music": "99999999", "words_music": "x"}, "up to 9,999,999"),
        ({"value_music": "NaN", "words_music": "x"}, "Write the number in figures"),
        ({"value_music": "5"}, "Say in words what the number is."),
        ({"words_music": "x", "unit_music": "children"}, "Write the number that the unit is of, or clear the unit."),
        ({"words_music": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_box_and_nothing_is_set(client, cast, sent, words):
    client.force_login(cast.joanne)
    answer = send(client, words_wellbeing="Kept as typed", **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "field-wrong" in page
    assert "Kept as typed" in page
    assert not Target.objects.exists()


def test_two_who_set_at_once_are_told(client, cast):
    client.force_login(cast.joanne)
    seen = seen_on(client.get(PAGE).content.decode())
    put(cast, {"wellbeing": WELL})
    answer = client.post(PAGE, {"seen": seen, "words_music": "Mine"})
    assert answer.status_code == 422
    assert "Somebody else set targets of this year" in answer.content.decode()
    assert Target.objects.count() == 1


@pytest.mark.parametrize("who", ["priya", "ruth", "nia"])
def test_who_sets_none_reads_them_and_is_told_no_name(client, cast, who):
    put(cast, {"music": PLAY_ON})
    client.force_login(getattr(cast, who))
    page = client.get(PAGE).content.decode()
    assert PLAY_ON.words in page
    assert "50 %" in page
    assert "17 November 2026" in page
    assert "Joanne" not in page
    assert "Set the targets" not in page
    assert client.post(PAGE, {"words_music": "Mine"}).status_code == 403
    assert Target.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("omar", 404), ("sam", 403), ("olu", 403), ("stranger", 403)])
def test_whoever_does_not_work_in_the_hub_sees_none(client, cast, who, status):
    put(cast, {"music": PLAY_ON})
    client.force_login(getattr(cast, who))
    answer = client.get(PAGE)
    assert answer.status_code == status
    assert PLAY_ON.words not in answer.content.decode()
    assert client.post(PAGE, {"words_music": "Mine"}).status_code == status


def test_a_year_that_is_over_is_read_and_not_set(client, cast):
    with time_machine.travel("2025-11-17 10:42+00:00", tick=False):
        put(cast, {"music": PLAY_ON}, year=AcademicYear(year=2025), today=AcademicYear(year=2025).starts_on)
    client.force_login(cast.joanne)
    page = client.get(f"{PAGE}?year=2025-26").content.decode()
    assert PLAY_ON.words in page
    assert "Set the targets" not in page
    empty = seen_on(client.get(PAGE).content.decode())
    refused = client.post(f"{PAGE}?year=2025-26", {"seen": empty, "words_music": "Mine"})
    assert refused.status_code == 422
    assert "2025-26 is over" in refused.content.decode()
    assert client.get(f"{PAGE}?year=2019-20").status_code == 404
    assert client.get(f"{PAGE}?year=next").status_code == 404


def test_the_page_costs_the_same_however_often_targets_were_set(client, cast, django_assert_max_num_queries):
    client.force_login(cast.joanne)
    client.get(PAGE)
    for number in range(3):
        put(cast, dict.fromkeys(Indicator.values[: number + 1], PLAY_ON))
    with django_assert_max_num_queries(13):
        assert client.get(PAGE).status_code == 200


def test_numbers_are_written_as_people_write_them():
    assert [written(Decimal(one)) for one in ("85", "1200", "7.50", "0.25", "100.00")] == [
        *("85", "1,200", "7.5", "0.25", "100"),
    ]


def test_the_trail_has_words_for_every_indicator():
    assert {f"target_{one}" for one in Indicator.values} <= set(FIELDS)
