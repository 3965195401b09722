"""The pages of venues."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.spreadsheets import read
from programmes.actions import venue as acts
from programmes.models import Session, Venue
from programmes.queries.series import series_of
from tests.factories import programmes

VENUES = reverse("programmes:venues")
NEW = reverse("programmes:venue-new", args=["liverpool"])
TODAY = timezone.localdate()


def of(venue, act):
    return reverse(f"programmes:venue-{act}", args=[venue.pk])


@pytest.fixture
def hall(cast):
    return programmes.venue(cast.liverpool, cast.saltwharf)


@pytest.fixture
def ruth(client, cast):
    """Who keeps the timetable of Liverpool, signed in."""
    client.force_login(cast.ruth)
    return client


def test_a_venue_is_made_and_stands_in_the_list_and_in_the_form_of_a_session(ruth, cast):
    sent = {"name": "Town Hall", "school": "", "postcode": " l23sw "}
    page = ruth.post(NEW, sent, follow=True).content.decode()
    made = Venue.objects.get()
    assert (made.name, made.school, made.postcode, made.programme) == ("Town Hall", None, "L2 3SW", cast.liverpool)
    assert ("Town Hall is there" in page, of(made, "change") in page) == (True, True)
    form = ruth.get(reverse("programmes:session-new", args=[cast.strings.pk])).content.decode()
    assert f'<option value="{made.pk}">Town Hall</option>' in form


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Name is missing."),
        ({"name": "HALL"}, "Saltwharf Primary has a venue named “HALL” already."),
        ({"postcode": "Liverpool"}, "Ensure this value has at most 8 characters"),
        ({"postcode": "L23"}, "This is no postcode. Write it like L5 3LW, or leave it empty."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(ruth, cast, hall, wrong, words):
    answer = ruth.post(NEW, {"name": "Gym", "school": cast.saltwharf.pk, "postcode": ""} | wrong)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Venue.objects.count() == 1


def test_the_same_name_at_another_school_is_another_venue(ruth, cast, hall):
    assert ruth.post(NEW, {"name": "hall", "school": cast.marigold.pk}).status_code == 302
    # a school next door is not on offer
    assert ruth.post(NEW, {"name": "hall", "school": cast.kirkfold.pk}).status_code == 422


def test_a_venue_is_renamed_and_its_sessions_bear_the_name(ruth, cast, hall):
    Session.objects.filter(pk=cast.session.pk).update(venue=hall)
    page = ruth.post(of(hall, "change"), {"name": "Gym", "school": cast.saltwharf.pk}, follow=True).content.decode()
    assert "Saltwharf Primary, Gym is saved." in page
    week = ruth.get(reverse("programmes:timetable")).content.decode()
    assert "Saltwharf Primary, Gym" in week
    again = ruth.post(of(hall, "change"), {"name": "Gym", "school": cast.saltwharf.pk}, follow=True).content.decode()
    assert "Nothing of Saltwharf Primary, Gym was changed." in again


def test_one_that_is_not_used_any_more_is_not_offered_but_where_a_session_is(ruth, cast, hall):
    past = programmes.session(cast.strings, day=TODAY - timedelta(days=3), venue=hall)
    coming = programmes.session(cast.strings, day=TODAY + timedelta(days=3))
    page = ruth.post(of(hall, "end"), {"last_day": str(TODAY - timedelta(days=1))}, follow=True).content.decode()
    assert ("No longer used" in page, of(hall, "reopen") in page) == (True, True)
    offered = {
        address: "Saltwharf Primary, hall</option>" in ruth.get(address).content.decode()
        for address in (
            reverse("programmes:session-new", args=[cast.strings.pk]),
            reverse("programmes:session-change", args=[coming.pk]),
            reverse("programmes:session-change", args=[past.pk]),
        )
    }
    assert list(offered.values()) == [False, False, True]
    ruth.post(of(hall, "reopen"))
    assert Venue.objects.get().ends_on is None


def test_ending_one_that_is_needed_says_what_to_do_and_another_can_take_over(ruth, cast, hall):
    gym = programmes.venue(cast.liverpool, cast.saltwharf, "gym")
    session = programmes.session(cast.strings, day=TODAY + timedelta(days=3), venue=hall)
    answer = ruth.post(of(hall, "end"), {"last_day": str(TODAY)})
    assert (answer.status_code, "1 session after that day" in answer.content.decode()) == (422, True)
    page = ruth.post(of(hall, "end"), {"last_day": str(TODAY), "instead": gym.pk}, follow=True).content.decode()
    assert "1 session went to Saltwharf Primary, gym." in page
    assert Session.objects.get(pk=session.pk).venue == gym
    answer = ruth.post(of(gym, "end"), {"last_day": "soon"})
    assert (answer.status_code, Venue.objects.get(pk=gym.pk).ends_on) == (422, None)


def test_the_preview_and_a_series_know_that_a_venue_ends(ruth, cast, hall):
    day = date(2027, 10, 12)
    for number in range(2):
        programmes.session(cast.strings, day=day + timedelta(weeks=number), venue=hall)
    acts.end(venue=hall, on=day + timedelta(weeks=1), by=cast.ruth)
    asked = {"weekday": "1", "every": "1", "starts_on": "2027-10-26", "ends_on": "2027-10-26", "kind": "curricular"}
    times = {"starts_at": "10:15", "ends_at": "11:00", "venue": hall.pk}
    page = ruth.get(reverse("programmes:session-new", args=[cast.strings.pk]), asked | times).content.decode()
    assert ("The venue is used until 19 October 2027" in page, 'name="day"' in page) == (True, False)
    assert [one.venue for one in series_of(cast.strings, cast.ruth)] == [None]


def test_the_list_counts_what_is_to_come_and_shows_no_venue_next_door(ruth, cast, hall):
    programmes.venue(cast.leeds, cast.kirkfold, "attic")
    for number in (-1, 0, 1):
        programmes.session(cast.brass, day=TODAY + timedelta(days=number), venue=hall)
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    programmes.session(cast.brass, day=TODAY + timedelta(days=2), venue=hall, **gone)
    page = ruth.get(VENUES).content.decode()
    assert re.findall(r'<td class="num">(\d+)<', page) == ["2"]
    assert "attic" not in page


def test_without_a_venue_it_says_what_to_do(ruth, cast):
    assert ("No venue is in use" in (page := ruth.get(VENUES).content.decode()), NEW in page) == (True, True)


@pytest.mark.parametrize(("who", "statuses"), [("priya", {403}), ("omar", {404}), ("nia", {403}), ("sam", {403})])
def test_only_who_keeps_the_timetable_keeps_venues(client, cast, hall, who, statuses):
    client.force_login(getattr(cast, who))
    answers = [
        client.post(of(hall, act), {"name": "x", "last_day": "2027-01-01"}) for act in ("change", "end", "reopen")
    ]
    answers.append(client.post(NEW, {"name": "x"}))
    assert {answer.status_code for answer in answers} == statuses
    assert list(Venue.objects.values_list("name", "ends_on")) == [("hall", None)]


@pytest.mark.parametrize("size", [1, 6])
def test_it_needs_the_same_statements_whatever_its_size(ruth, cast, size, django_assert_num_queries):
    for number in range(size):
        venue = programmes.venue(cast.liverpool, cast.saltwharf, f"room {number}")
        programmes.session(cast.brass, day=TODAY + timedelta(days=number), venue=venue)
    with django_assert_num_queries(9):
        ruth.get(VENUES)


def test_venues_go_out_as_a_spreadsheet(ruth, cast, hall):
    acts.end(
        venue=programmes.venue(cast.liverpool, cast.marigold), on=TODAY - timedelta(days=1), instead=None, by=cast.ruth
    )
    export = reverse("programmes:venues-export")
    assert export in ruth.get(VENUES).content.decode()
    (sheet,) = read(ruth.post(export, {"kind": "csv"}).content, "venues.csv").sheets
    assert [row.cells[1:3] for row in sheet.rows[1:]] == [
        (str(cast.saltwharf), hall.name),
        (str(cast.marigold), hall.name),
    ]
