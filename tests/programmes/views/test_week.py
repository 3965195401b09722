"""The week of a hub's timetable."""

import re
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.access.roles import ROLES
from inharmony.access.scope import scoped
from programmes.models import Session
from tests.factories import participants, programmes

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


def register_of(session):
    return reverse("participants:register", args=[session.pk])


def test_registers_that_are_taken_or_due_are_a_press_away_and_those_to_come_are_not(ruth, cast):
    today = timezone.localdate()
    held = {"register_taken_at": timezone.now(), "register_taken_by": cast.joanne, "register_version": 1}
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    monday = today - timedelta(days=today.weekday(), weeks=1)
    taken, missing, cancelled = (
        programmes.session(cast.brass, day=monday, starts_at=time(8 + number), ends_at=time(9 + number), **state)
        for number, state in enumerate((held, {}, gone))
    )
    page = page_of(ruth, str(monday))
    assert [register_of(one) in page for one in (taken, missing, cancelled)] == [True, True, False]
    changes = [reverse("programmes:session-change", args=[one.pk]) in page for one in (taken, missing, cancelled)]
    assert changes == [False, True, True]
    coming = programmes.session(cast.brass, day=monday + timedelta(weeks=3))
    assert register_of(coming) not in page_of(ruth, str(coming.day))


def test_who_takes_no_registers_is_led_to_none(ruth, cast, monkeypatch):
    only_keeps = replace(ROLES["administrator"], permissions=frozenset({Permission.KEEP_ENSEMBLES}))
    monkeypatch.setitem(ROLES, "administrator", only_keeps)
    page = page_of(ruth, str(cast.session.day))
    assert ("Year 4 Strings" in page, register_of(cast.session) in page) == (True, False)


CLASHING = date(2027, 10, 27)


def clashes(page):
    """Returns what is said beside each session that something clashes with, in the order of the page."""
    found = re.findall(r'<ul class="small">(.*?)</ul>', page, re.DOTALL)
    return [re.findall(r"<li>(?:<a [^>]*>)?([^<]+)", one) for one in found]


def test_one_venue_one_tutor_and_the_same_children_twice_at_once_are_said_at_both(ruth, cast):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children[:2], by=cast.joanne)
    programmes.session(cast.strings, day=CLASHING, venue=hall)
    leader = cast.strings.tutors.get()
    late = {"starts_at": time(10, 45), "ends_at": time(11, 30)}
    programmes.session(cast.brass, day=CLASHING, venue=hall, tutor=leader, **late)
    # next to it, and on another day
    programmes.session(cast.brass, day=CLASHING, venue=hall, starts_at=time(11, 30), ends_at=time(12, 0))
    programmes.session(cast.brass, day=date(2027, 10, 28), venue=hall)
    page = page_of(ruth)
    assert clashes(page) == [
        [
            f"{other} is in this venue then",
            f"{other} has Priya Shah then",
            f"2 children are in {other} then",
        ]
        for other in ("Year 5 Brass", "Year 4 Strings")
    ]
    assert reverse("participants:ensemble-shared", args=[cast.brass.pk, cast.strings.pk]) + "?day=2027-10-27" in page
    assert not [child.name for child in cast.children if child.name in page]


def test_what_is_cancelled_held_or_covered_by_somebody_else_clashes_with_nothing(ruth, cast):
    led_too = programmes.ensemble(cast.liverpool, "Flutes", led_by=[cast.strings.tutors.get()])
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    held = {"register_taken_at": timezone.now(), "register_taken_by": cast.joanne, "register_version": 1}
    for number, state in enumerate((gone, held, {"tutor": programmes.tutor(cast.liverpool, "Cora Vance")})):
        day = date(2027, 10, 25 + number)
        programmes.session(cast.strings, day=day)
        programmes.session(led_too, day=day, **state)
    assert clashes(page_of(ruth)) == []


@pytest.mark.parametrize("size", [2, 6])
def test_clashes_need_the_same_statements_whatever_their_number(ruth, cast, size, django_assert_num_queries):
    for number in range(size):
        one = programmes.ensemble(cast.liverpool, f"Group {number}", led_by=[cast.strings.tutors.get()])
        with scoped(cast.liverpool_scope):
            participants.join(one, cast.children, by=cast.joanne)
        programmes.session(one, day=CLASHING)
    with django_assert_num_queries(10):
        assert len(clashes(page_of(ruth))) == size


@pytest.mark.parametrize("size", [1, 8])
def test_it_needs_the_same_statements_whatever_its_size(ruth, cast, size, django_assert_num_queries):
    for number in range(size):
        programmes.session(
            cast.strings, day=date(2027, 10, 27), starts_at=time(8 + number), ends_at=time(8 + number, 30)
        )
    assert Session.objects.filter(day=date(2027, 10, 27)).count() == size
    with django_assert_num_queries(8):
        page_of(ruth)


def test_a_joint_session_clashes_as_all_who_play_in_it(ruth, cast):
    leader = cast.strings.tutors.get()
    cast.brass.tutors.add(leader)
    choir = programmes.ensemble(cast.liverpool, "Choir", led_by=[leader])
    winds = programmes.ensemble(cast.liverpool, "Winds")
    with scoped(cast.liverpool_scope):
        participants.join(choir, [*cast.others, cast.children[0]], by=cast.joanne)
    # the strings, whose tutor is covered elsewhere, are not in it
    programmes.session(winds, day=CLASHING, joined_by=[cast.brass])
    programmes.session(choir, day=CLASHING)
    page = page_of(ruth)
    assert clashes(page) == [
        [f"{other} has Priya Shah then", f"2 children are in {other} then"]
        for other in ("Choir", "Winds with Year 5 Brass")
    ]
    names = reverse("participants:ensemble-shared", args=[choir.pk, winds.pk])
    assert f"{names}?day=2027-10-27&amp;there={cast.brass.pk}" in page


@pytest.mark.parametrize("joining", [0, 3])
def test_joint_sessions_that_clash_need_the_same_statements(ruth, cast, joining, django_assert_num_queries):
    others = [programmes.ensemble(cast.liverpool, f"Group {number}") for number in range(joining)]
    with scoped(cast.liverpool_scope):
        participants.join(cast.brass, cast.children, by=cast.joanne)
    programmes.session(cast.strings, day=CLASHING, joined_by=others)
    programmes.session(cast.brass, day=CLASHING)
    with django_assert_num_queries(10):
        assert len(clashes(page_of(ruth))) == 2
