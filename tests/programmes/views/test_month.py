"""The month of a hub's timetable."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Session
from tests.factories import programmes, schools

MONTH = reverse("programmes:timetable-month")


def page_of(client, asked="2027-10"):
    return client.get(MONTH, {"month": asked}).content.decode()


def days_of(page):
    """Returns what stands at each day of the month, by its number, without marks."""
    found = re.findall(r'<li class="month-day([^"]*)"[^>]*>(.*?)\n(?=<li class="month-day|</ol>)', page, re.DOTALL)
    return {
        int(re.search(r"</span>(\d+)<span", inner)[1]): (classes, re.sub(r"<[^>]+>|\s+", " ", inner).split())
        for classes, inner in found
    }


def words_on(page, day):
    return " ".join(days_of(page)[day][1])


@pytest.fixture
def ruth(client, cast):
    """Who keeps the ensembles of Liverpool, signed in."""
    client.force_login(cast.ruth)
    return client


def test_each_day_says_how_many_sessions_it_has_and_which(ruth, cast):
    programmes.session(cast.strings, day=date(2027, 10, 12))
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    programmes.session(cast.brass, day=date(2027, 10, 12), starts_at=time(9, 0), ends_at=time(9, 45), **gone)
    programmes.session(cast.brass, day=date(2027, 11, 1))
    page = page_of(ruth)
    assert words_on(page, 12) == ("Tue 12 Oct 2 sessions 09:00 Year 5 Brass cancelled 10:15 Year 4 Strings")
    assert "Liverpool: 2 sessions, 1 of them cancelled." in page
    assert (f"{reverse('programmes:timetable')}?week=2027-10-12" in page, words_on(page, 13)) == (True, "Wed 13 Oct")
    assert ("?month=2027-09" in page, "?month=2027-11" in page) == (True, True)


def test_a_month_with_a_clock_change_has_each_of_its_days_once(ruth, cast):
    # 31 October 2027 is a Sunday of 25 hours, 28 March 2027 one of 23
    for day in (date(2027, 10, 31), date(2027, 3, 28)):
        programmes.session(cast.strings, day=day, starts_at=time(0, 30), ends_at=time(3, 30))
        assert list(days_of(page_of(ruth, f"{day:%Y-%m}"))) == list(range(1, 32))


def test_a_weekend_on_which_nothing_is_is_left_out_and_each_day_stands_below_its_weekday(ruth, cast):
    days = days_of(page_of(ruth, "2027-10"))
    # the first is a Friday
    assert list(days)[:4] == [1, 4, 5, 6]
    assert "month-from-5" in days[1][0]
    programmes.session(cast.strings, day=date(2027, 10, 9))
    page = page_of(ruth, "2027-10")
    assert (list(days_of(page))[:4], "month-6" in page) == ([1, 2, 4, 5], True)


def test_days_on_which_every_school_is_shut_are_shaded_and_named_others_say_where(ruth, cast):
    for school in (cast.saltwharf, cast.marigold):
        half_term = (date(2027, 10, 25), date(2027, 10, 29))
        schools.term("autumn", date(2027, 10, 4), date(2027, 12, 17), *half_term, school=school)
    schools.closure("INSET day", date(2027, 10, 7), school=cast.saltwharf)
    schools.closure("Snow", date(2027, 10, 8), school=cast.saltwharf)
    schools.closure("Burst pipe", date(2027, 10, 8), school=cast.marigold)
    page = page_of(ruth)
    days = days_of(page)
    assert {day for day, (classes, _) in days.items() if "month-shut" in classes} == {1, 8, *range(25, 30)}
    assert words_on(page, 25) == "Mon 25 Oct Half-term"
    assert words_on(page, 1) == "Fri 1 Oct Outside the terms"
    assert words_on(page, 7) == "Thu 7 Oct INSET day: Saltwharf Primary"
    assert words_on(page, 8) in ("Fri 8 Oct Snow; Burst pipe", "Fri 8 Oct Burst pipe; Snow")
    assert "Spring bank holiday" in words_on(page_of(ruth, "2027-05"), 31)


def test_more_than_eight_sessions_of_a_day_are_counted(ruth, cast):
    for number in range(10):
        programmes.session(
            cast.strings, day=date(2027, 10, 12), starts_at=time(8 + number), ends_at=time(8 + number, 30)
        )
    words = words_on(page_of(ruth), 12)
    assert (words.count("Year 4 Strings"), "10 sessions" in words, words.endswith("and 2 more")) == (8, True, True)


def test_the_hub_next_door_is_not_in_it(ruth, cast):
    programmes.session(cast.leeds_strings, day=date(2027, 10, 27))
    schools.closure("Inset in Leeds", date(2027, 10, 27), school=cast.kirkfold)
    page = page_of(ruth)
    assert ("Kirkfold" in page, "Inset in Leeds" in page, "nothing is in the timetable" in page) == (False, False, True)


@pytest.mark.parametrize("asked", ["", "soon", "9999-12", "0001-01", "2027-13", "2027-10-01"])
def test_no_month_or_none_that_can_be_read_is_this_month(ruth, asked):
    assert f"<h1>{timezone.localdate():%B %Y}</h1>" in page_of(ruth, asked)
    assert 'aria-current="date"' in page_of(ruth, asked)


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("nia", 403), ("sam", 403), ("olu", 403)])
def test_only_who_keeps_the_ensembles_sees_it(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(MONTH).status_code == status


@pytest.mark.parametrize("size", [1, 20])
def test_it_needs_the_same_statements_whatever_its_size(ruth, cast, size, django_assert_num_queries):
    for number in range(size):
        programmes.session(cast.strings, day=date(2027, 10, 1 + number))
    assert Session.objects.filter(day__year=2027).count() == size
    with django_assert_num_queries(12):
        page_of(ruth)


def test_a_joint_session_says_who_plays(ruth, cast):
    programmes.session(cast.strings, day=date(2027, 10, 12), joined_by=[cast.brass])
    assert words_on(page_of(ruth), 12) == "Tue 12 Oct 1 session 10:15 Year 4 Strings with Year 5 Brass"
