"""The pages on which the hub administrator keeps term dates and closures."""

from datetime import date

import pytest
from django.urls import reverse

from programmes.models import Place
from schools.models import Closure, Term
from tests.factories import programmes, schools

PAGE, TERM, CLOSURE = "/timetable/dates/", "/timetable/dates/terms/new/", "/timetable/dates/closures/new/"


@pytest.fixture
def ruth(cast, client, settings):
    """The administrator of Liverpool at her desk, and the place it serves."""
    Place.objects.create(programme=cast.liverpool, name="Liverpool", local_authority=cast.saltwharf.local_authority)
    client.force_login(cast.ruth)
    return client


def term(cast, **changed):
    return {
        "place": f"{cast.liverpool.pk}-a341",
        "year": "2026",
        "season": "autumn",
        "starts_on": "2026-09-03",
        "ends_on": "2026-12-18",
        "half_term_starts_on": "2026-10-26",
        "half_term_ends_on": "2026-10-30",
    } | changed


def test_what_is_missing_is_entered_and_stands_on_the_page(cast, ruth):
    page = ruth.get(f"{PAGE}?year=2026").content.decode()
    assert (page.count("Missing"), "All schools of Authority 341" in page) == (3, True)
    response = ruth.post(TERM, term(cast), follow=True)
    page = response.content.decode()
    assert "Kept: autumn term, All schools of Authority 341." in page
    assert ("26 October 2026 to 30 October 2026" in page, page.count("Missing")) == (True, 2)


def test_the_form_opens_with_the_dates_that_stand(cast, ruth):
    ruth.post(TERM, term(cast))
    form = ruth.get(f"{TERM}?for={cast.liverpool.pk}-a341&year=2026&season=autumn").content.decode()
    assert 'value="2026-10-26"' in form


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends_on": "2026-09-01"}, "end before it starts"),
        ({"starts_on": ""}, "First day is missing."),
        ({"season": "winter"}, "not one of the available choices"),
        ({"place": "1-a383"}, "not one of the available choices"),
        ({"year": "1999"}, "not one of the available choices"),
    ],
)
def test_what_is_no_term_is_refused_at_its_field_and_leaves_nothing(cast, ruth, changed, words):
    response = ruth.post(TERM, term(cast, **changed))
    assert (response.status_code, words in response.content.decode(), Term.objects.count()) == (422, True, 0)


def test_a_closure_says_how_many_sessions_stand_on_it(cast, ruth):
    day = date(2026, 11, 5)
    programmes.session(cast.strings, day=day)
    programmes.session(cast.brass, day=day)
    sent = {"place": f"{cast.liverpool.pk}-s{cast.saltwharf.pk}", "starts_on": "2026-11-05", "reason": "INSET day"}
    page = ruth.post(CLOSURE, sent, follow=True).content.decode()
    assert "1 session stands in the timetable on these days." in page
    assert Closure.objects.get().ends_on == day


def test_taking_off_asks_once(cast, ruth):
    closure = schools.closure("Snow", date(2026, 11, 5), school=cast.saltwharf)
    kept = schools.term("autumn", date(2026, 9, 3), date(2026, 12, 18), local_authority_id="341")
    for name, row in (("closure-remove", closure), ("term-remove", kept)):
        address = reverse(f"programmes:{name}", args=[row.pk])
        assert "off?" in ruth.get(address).content.decode()
        assert ruth.post(address).status_code == 302
    assert (Closure.objects.count(), Term.objects.count()) == (0, 0)


def test_dates_of_the_hub_next_door_are_not_found(cast, client):
    kept = schools.term("autumn", date(2026, 9, 3), date(2026, 12, 18), local_authority_id="341")
    closure = schools.closure("Snow", date(2026, 11, 5), school=cast.saltwharf)
    client.force_login(cast.omar)
    assert "Saltwharf" not in client.get(f"{PAGE}?year=2026").content.decode()
    for name, row in (("closure-remove", closure), ("term-remove", kept)):
        address = reverse(f"programmes:{name}", args=[row.pk])
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert (Closure.objects.count(), Term.objects.count()) == (1, 1)


@pytest.mark.parametrize("who", ["priya", "sam", "nia", "olu", "stranger"])
def test_nobody_else_keeps_dates(cast, client, who):
    client.force_login(getattr(cast, who))
    assert [client.get(page).status_code for page in (PAGE, TERM, CLOSURE)] == [403] * 3
    assert (client.post(TERM, term(cast)).status_code, Term.objects.count()) == (403, 0)
