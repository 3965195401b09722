"""The page on which the series of an ensemble are carried on."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from programmes.models import Session
from programmes.queries.series import series_of
from tests.factories import programmes, schools
from tests.trail import entry

# Tuesdays and Thursdays of an autumn that is to come
TUESDAY, THURSDAY = date(2027, 9, 21), date(2027, 9, 23)
WEEK = timedelta(weeks=1)


def address(ensemble):
    return reverse("programmes:session-carry-on", args=[ensemble.pk])


def boxes(page):
    """Returns each session that can be ticked, and whether it is."""
    found = re.findall(r'<input type="checkbox" name="at" value="([\d:\s-]+)"[^>]*?( checked)?>', page)
    return {key: bool(checked) for key, checked in found}


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(until|first)" value="([^"]+)"', page))


def weekly(ensemble, first, many=3, every=1, **fields):
    return [programmes.session(ensemble, day=first + WEEK * every * number, **fields) for number in range(many)]


def words_of(cast):
    return [one.words for one in series_of(cast.strings, cast.ruth)]


@pytest.fixture
def ruth(client, cast):
    """Who keeps the ensembles of Liverpool, signed in; its strings have no session yet."""
    with scoped(cast.liverpool_scope):
        Session.objects.filter(ensemble=cast.strings).delete()
    client.force_login(cast.ruth)
    return client


@pytest.fixture
def year(cast):
    """Two terms of a school, a half-term and an INSET day in the first."""
    half_term = (date(2027, 10, 25), date(2027, 10, 29))
    schools.term("autumn", date(2027, 9, 2), date(2027, 11, 12), *half_term, school=cast.saltwharf)
    schools.term("spring", date(2028, 1, 5), date(2028, 1, 20), school=cast.saltwharf)
    schools.closure("INSET day", date(2027, 11, 9), school=cast.saltwharf)


def test_it_goes_on_with_each_day_of_the_week_to_the_end_of_the_term(ruth, cast, year):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    weekly(cast.strings, TUESDAY, venue=hall)
    weekly(cast.strings, THURSDAY, starts_at=time(14, 0), ends_at=time(14, 45))
    before = Session.objects.count()
    page = ruth.get(address(cast.strings)).content.decode()
    assert boxes(page) == {
        "2027-10-12 10:15": True,
        "2027-10-14 14:00": True,
        "2027-10-19 10:15": True,
        "2027-10-21 14:00": True,
        "2027-10-26 10:15": False,
        "2027-10-28 14:00": False,
        "2027-11-02 10:15": True,
        "2027-11-04 14:00": True,
        "2027-11-09 10:15": False,
        "2027-11-11 14:00": True,
    }
    for words in (
        "Tuesday, 10:15 to 11:00, every week, Saltwharf Primary, hall",
        "Thursday, 14:00 to 14:45, every week, no venue yet",
        "Until the end of the autumn term, 12 November 2027",
        "Half-term",
        "INSET day",
    ):
        assert words in page
    assert Session.objects.count() == before


def test_asked_for_it_goes_to_the_end_of_the_year(ruth, cast, year):
    weekly(cast.strings, TUESDAY)
    page = ruth.get(address(cast.strings), {"until": "year"}).content.decode()
    found = boxes(page)
    assert (list(found)[-1], found["2027-12-07 10:15"]) == ("2028-01-18 10:15", False)
    assert "Until the end of the autumn term instead" in page


def test_after_the_last_day_of_a_term_the_next_one_is_meant(ruth, cast, year):
    weekly(cast.strings, date(2027, 10, 26))
    page = ruth.get(address(cast.strings)).content.decode()
    assert [key for key, is_ticked in boxes(page).items() if is_ticked] == ["2028-01-11 10:15", "2028-01-18 10:15"]
    assert "spring term, 20 January 2028" in page


def test_without_terms_it_goes_to_the_end_of_the_academic_year_or_of_the_ensemble(ruth, cast):
    weekly(cast.strings, TUESDAY)
    assert list(boxes(ruth.get(address(cast.strings)).content.decode()))[-1] == "2028-08-29 10:15"
    cast.strings.ends_on = date(2027, 10, 20)
    cast.strings.save()
    assert list(boxes(ruth.get(address(cast.strings)).content.decode())) == ["2027-10-12 10:15", "2027-10-19 10:15"]


def test_one_press_adds_what_is_ticked_and_a_second_one_nothing(ruth, cast, year):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    weekly(cast.strings, TUESDAY, venue=hall, kind="extra", tutor=programmes.tutor(cast.liverpool, "Cora Vance"))
    page = ruth.get(address(cast.strings)).content.decode()
    sent = hidden(page) | {"at": [key for key, is_ticked in boxes(page).items() if is_ticked]}
    done = ruth.post(address(cast.strings), sent, follow=True).content.decode()
    assert "3 sessions of Year 4 Strings are in the timetable." in done
    made = Session.objects.filter(ensemble=cast.strings, day__gt=date(2027, 10, 5))
    assert [f"{one.day} {one.starts_at:%H:%M}" for one in made] == sent["at"]
    # the cover of one day is not carried on
    assert set(made.values_list("venue", "kind", "tutor", "ends_at")) == {(hall.pk, "extra", None, time(11, 0))}
    assert entry(act="timetable.added").details["sessions"] == 3
    again = ruth.post(address(cast.strings), sent, follow=True).content.decode()
    assert ("in the timetable already" in again, made.count()) == (True, 3)


def test_days_that_were_not_proposed_are_not_added_and_that_is_said(ruth, cast):
    weekly(cast.strings, TUESDAY)
    page = ruth.get(address(cast.strings)).content.decode()
    for at, words in ((["2027-10-13 10:15"], "was changed meanwhile"), ([], "No day is ticked."), (["x"], "meanwhile")):
        answer = ruth.post(address(cast.strings), hidden(page) | {"at": at})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Session.objects.filter(ensemble=cast.strings).count() == 3


def test_a_refusal_keeps_what_was_ticked_and_adds_nothing(ruth, cast, year):
    weekly(cast.strings, TUESDAY)
    page = ruth.get(address(cast.strings)).content.decode()
    programmes.session(cast.strings, day=date(2027, 10, 12), starts_at=time(10, 30), ends_at=time(11, 30))
    answer = ruth.post(address(cast.strings), hidden(page) | {"at": ["2027-10-12 10:15", "2027-10-19 10:15"]})
    assert (answer.status_code, boxes(answer.content.decode())["2027-10-19 10:15"]) == (422, True)
    assert "has a session on 12 October 2027 from 10:30 to 11:30" in answer.content.decode()
    assert Session.objects.filter(ensemble=cast.strings).count() == 4


def test_what_was_given_up_or_done_once_is_no_series(ruth, cast):
    weekly(cast.strings, TUESDAY, many=6)
    weekly(cast.strings, TUESDAY - WEEK * 3, many=3, starts_at=time(9, 0), ends_at=time(9, 45))
    programmes.session(cast.strings, day=date(2027, 10, 22))
    assert words_of(cast) == ["Tuesday, 10:15 to 11:00, every week, no venue yet"]


def test_every_second_week_stays_so_across_a_gap(ruth, cast):
    weekly(cast.strings, TUESDAY, every=2)
    assert words_of(cast) == ["Tuesday, 10:15 to 11:00, every second week, no venue yet"]
    keys = list(boxes(ruth.get(address(cast.strings), {"first": "2027-11-01"}).content.decode()))
    # counted on from 19 October
    assert keys[:2] == ["2027-11-02 10:15", "2027-11-16 10:15"]


def test_a_week_left_out_and_a_cancelled_session_do_not_end_a_series(ruth, cast):
    for number in (0, 1, 3):
        programmes.session(cast.strings, day=TUESDAY + WEEK * number)
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    programmes.session(cast.strings, day=TUESDAY + WEEK * 4, **gone)
    assert words_of(cast) == ["Tuesday, 10:15 to 11:00, every week, no venue yet"]


def test_one_session_is_a_series_of_every_week_and_a_holiday_course_is_none(ruth, cast):
    programmes.session(cast.strings, day=TUESDAY)
    assert words_of(cast) == ["Tuesday, 10:15 to 11:00, every week, no venue yet"]
    Session.objects.filter(ensemble=cast.strings).update(kind="holiday")
    assert words_of(cast) == []


def test_of_the_past_nothing_is_proposed(ruth, cast):
    weekly(cast.strings, timezone.localdate() - WEEK * 4, many=3)
    keys = list(boxes(ruth.get(address(cast.strings)).content.decode()))
    assert keys[0] == f"{timezone.localdate()} 10:15"


def test_without_a_session_and_for_an_ended_ensemble_it_says_what_to_do(ruth, cast):
    page = ruth.get(address(cast.strings)).content.decode()
    assert ("There is nothing to carry on yet" in page, "Add sessions" in page) == (True, True)
    weekly(cast.strings, TUESDAY)
    cast.strings.ends_on = timezone.localdate() - timedelta(days=1)
    cast.strings.save()
    page = ruth.get(address(cast.strings)).content.decode()
    assert ("It does not go on" in page, boxes(page)) == (True, {})


@pytest.mark.parametrize("first", ["soon", "0001-01-01", "9999-12-31", "2027-02-30"])
def test_a_day_that_cannot_be_meant_is_left_out_of_account(ruth, cast, first):
    weekly(cast.strings, TUESDAY)
    (found, *_) = boxes(ruth.get(address(cast.strings), {"first": first}).content.decode())
    assert found == "2027-10-12 10:15"


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("omar", 404), ("nia", 403), ("sam", 403), ("olu", 403)])
def test_only_who_keeps_the_ensembles_carries_on(client, cast, who, status):
    client.force_login(getattr(cast, who))
    before = Session.objects.count()
    assert client.post(address(cast.strings), {"at": "2027-10-12 10:15"}).status_code == status
    assert Session.objects.count() == before


@pytest.mark.parametrize(("days", "until"), [(1, "term"), (3, "term"), (3, "year")])
def test_it_needs_the_same_statements_however_much_it_plays(ruth, cast, year, days, until, django_assert_num_queries):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    for number in range(days):
        weekly(cast.strings, TUESDAY + timedelta(days=number), venue=hall)
    with django_assert_num_queries(16):
        ruth.get(address(cast.strings), {"until": until})


def test_what_is_counted_by_heads_goes_on_so(ruth, cast, year):
    weekly(cast.strings, TUESDAY, kind="family", is_headcount=True)
    (series,) = series_of(cast.strings, cast.ruth)
    (planned,) = series.planned(cast.strings, TUESDAY + 3 * WEEK, TUESDAY + 3 * WEEK)
    assert (planned.kind, planned.is_headcount) == ("family", True)


def test_who_joined_the_last_session_joins_the_next_ones_while_they_play(ruth, cast, year):
    winds = programmes.ensemble(cast.liverpool, "Winds")
    weekly(cast.strings, TUESDAY, joined_by=[cast.brass, winds])
    weekly(cast.strings, THURSDAY)
    assert words_of(cast) == [
        "Tuesday, 10:15 to 11:00, every week, no venue yet, with Winds and Year 5 Brass",
        "Thursday, 10:15 to 11:00, every week, no venue yet",
    ]
    page = ruth.get(address(cast.strings)).content.decode()
    ruth.post(address(cast.strings), hidden(page) | {"at": ["2027-10-12 10:15", "2027-10-14 10:15"]})
    made = Session.objects.filter(day__in=[date(2027, 10, 12), date(2027, 10, 14)])
    assert [one.title for one in made] == ["Year 4 Strings with Winds and Year 5 Brass", "Year 4 Strings"]
    type(winds).objects.filter(pk=winds.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert [one.joined_by for one in series_of(cast.strings, cast.ruth)] == [(cast.brass,), ()]


def test_a_day_on_which_who_joins_plays_elsewhere_is_not_ticked(ruth, cast, year):
    weekly(cast.strings, TUESDAY, joined_by=[cast.brass])
    programmes.session(cast.brass, day=date(2027, 10, 12), starts_at=time(10, 0), ends_at=time(10, 30))
    page = ruth.get(address(cast.strings)).content.decode()
    assert ("2027-10-12 10:15" in boxes(page), boxes(page)["2027-10-19 10:15"]) == (False, True)
    assert "Year 5 Brass has a session then, 10:00 to 10:30" in page


def test_what_an_ensemble_joins_goes_on_with_whom_it_was_planned_for(ruth, cast, year):
    weekly(cast.strings, TUESDAY, joined_by=[cast.brass])
    assert series_of(cast.brass, cast.ruth) == []
    assert "There is nothing to carry on yet" in ruth.get(address(cast.brass)).content.decode()
