"""The week of a hub's timetable."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Session
from tests.factories import programmes

WEEK = reverse("programmes:timetable")


def page_of(client, asked="2027-10-31"):
    return client.get(WEEK, {"week": asked}).content.decode()


def headings(page):
    return re.findall(r'<h2 id="day-\d">([^<]+?)\s*<', page)


@pytest.fixture
def ruth(client, cast):
    """Who keeps the ensembles of Liverpool, signed in."""
    client.force_login(cast.ruth)
    return client


def test_a_week_across_the_clock_change_shows_each_day_once(ruth, cast):
    # 31 October 2027, a Sunday, has 25 hours
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    late = programmes.session(
        cast.strings, day=date(2027, 10, 31), starts_at=time(23, 0), ends_at=time(23, 45), venue=hall
    )
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    first = programmes.session(cast.brass, day=date(2027, 10, 25), starts_at=time(0, 15), ends_at=time(0, 45), **gone)
    outside = programmes.session(cast.brass, day=date(2027, 11, 1))
    page = page_of(ruth)
    assert headings(page) == [
        "Monday 25 October",
        "Tuesday 26 October",
        "Wednesday 27 October",
        "Thursday 28 October",
        "Friday 29 October",
        "Sunday 31 October",
    ]
    links = [reverse("programmes:session-change", args=[one.pk]) in page for one in (first, late, outside)]
    assert links == [True, True, False]
    for words in ("23:00 to 23:45", "00:15 to 00:45", "Saltwharf Primary, hall", "Cancelled"):
        assert words in page
    assert ("?week=2027-10-18" in page, "?week=2027-11-01" in page) == (True, True)


@pytest.mark.parametrize("asked", ["", "soon", "9999-12-31", "0001-01-01", "2027-02-30"])
def test_no_day_or_none_that_can_be_read_is_this_week(ruth, asked):
    page = page_of(ruth, asked)
    assert page.count("Today</span>") + page.count(">Today<") >= 1


def test_the_hub_next_door_is_not_in_it(ruth, cast):
    programmes.session(cast.leeds_strings, day=date(2027, 10, 27))
    programmes.session(cast.strings, day=date(2027, 10, 27))
    page = page_of(ruth)
    assert ("Year 4 Strings" in page, "Kirkfold Strings" in page) == (True, False)


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("nia", 403), ("sam", 403), ("olu", 403)])
def test_only_who_keeps_the_ensembles_sees_it(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(WEEK).status_code == status


@pytest.mark.parametrize("size", [1, 8])
def test_it_needs_the_same_statements_whatever_its_size(ruth, cast, size, django_assert_num_queries):
    for number in range(size):
        programmes.session(
            cast.strings, day=date(2027, 10, 27), starts_at=time(8 + number), ends_at=time(8 + number, 30)
        )
    assert Session.objects.filter(day=date(2027, 10, 27)).count() == size
    with django_assert_num_queries(8):
        page_of(ruth)
