"""The page on which sessions of an ensemble are proposed and added."""

import re
from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from programmes.models import Session
from tests.factories import participants, programmes, schools
from tests.factories.schools import LONG_AGO
from tests.trail import entries

# Tuesdays of the second half of an autumn term, with what speaks against some of them
PLAN = {
    "weekday": "1",
    "every": "1",
    "starts_on": "2027-10-12",
    "ends_on": "2027-11-16",
    "starts_at": "10:15",
    "ends_at": "11:00",
    "venue": "",
    "tutor": "",
    "kind": "curricular",
}
TUESDAYS = ["2027-10-12", "2027-10-19", "2027-10-26", "2027-11-02", "2027-11-09", "2027-11-16"]


def address(ensemble):
    return reverse("programmes:session-new", args=[ensemble.pk])


def preview(client, ensemble, **asked):
    return client.get(address(ensemble), PLAN | asked).content.decode()


def boxes(page):
    """Returns each day that can be ticked, and whether it is."""
    found = re.findall(r'<input type="checkbox" name="day" value="([\d-]+)"[^>]*?( checked)?>', page)
    return {day: bool(checked) for day, checked in found}


def days_in(ensemble):
    return [
        str(day)
        for day in Session.objects.filter(ensemble=ensemble, day__gte="2027-01-01").values_list("day", flat=True)
    ]


@pytest.fixture
def ruth(client, cast):
    """Who keeps the ensembles of Liverpool, signed in."""
    client.force_login(cast.ruth)
    return client


@pytest.fixture
def autumn(cast):
    """An autumn term with a half-term, and a day on which the school is closed."""
    half_term = (date(2027, 10, 25), date(2027, 10, 29))
    schools.term("autumn", date(2027, 9, 2), date(2027, 11, 12), *half_term, school=cast.saltwharf)
    schools.closure("INSET day", date(2027, 11, 9), school=cast.saltwharf)


def test_the_preview_says_what_speaks_against_each_day_and_writes_nothing(ruth, cast, autumn):
    before = Session.objects.count()
    page = preview(ruth, cast.strings)
    assert boxes(page) == dict(zip(TUESDAYS, [True, True, False, True, False, False], strict=True))
    for words in (
        "Half-term",
        "INSET day",
        "Outside the terms",
        ">12 October 2027<",
        "Tuesday, 10:15 to 11:00: 6 days",
    ):
        assert words in page
    assert Session.objects.count() == before


def test_a_holiday_course_is_not_kept_out_by_half_term(ruth, cast, autumn):
    assert boxes(preview(ruth, cast.strings, kind="holiday"))["2027-10-26"] is True


def test_a_bank_holiday_speaks_against_a_day(ruth, cast):
    page = preview(ruth, cast.strings, weekday="0", starts_on="2027-05-24", ends_on="2027-06-07")
    assert boxes(page) == {"2027-05-24": True, "2027-05-31": False, "2027-06-07": True}
    assert "Spring bank holiday" in page


def test_every_second_week_across_the_clock_change(ruth, cast):
    assert list(boxes(preview(ruth, cast.strings, every="2"))) == TUESDAYS[::2]


def test_one_day_needs_no_last_day(ruth, cast):
    assert boxes(preview(ruth, cast.strings, weekday="once", ends_on="")) == {"2027-10-12": True}


def test_who_and_where_are_busy_is_said_and_can_be_ticked_all_the_same(ruth, cast):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    day = date(2027, 10, 12)
    programmes.session(cast.brass, day=day, starts_at=time(10, 45), ends_at=time(11, 30), venue=hall)
    led_too = programmes.ensemble(cast.liverpool, "Flutes", led_by=[cast.strings.tutors.get()])
    programmes.session(led_too, day=date(2027, 10, 19))
    # ends as the other begins
    programmes.session(led_too, day=date(2027, 10, 26), starts_at=time(11, 0), ends_at=time(11, 45))
    page = preview(ruth, cast.strings, venue=str(hall.pk))
    assert list(boxes(page).values()) == [False, False, True, True, True, True]
    assert "Year 5 Brass is in this venue, 10:45 to 11:30" in page
    assert "Flutes has Priya Shah then, 10:15 to 11:00" in page


def test_a_cancelled_session_of_others_takes_no_room(ruth, cast):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    programmes.session(cast.brass, day=date(2027, 10, 12), venue=hall, **gone)
    assert boxes(preview(ruth, cast.strings, venue=str(hall.pk)))["2027-10-12"] is True


def test_a_day_on_which_it_plays_already_or_not_at_all_cannot_be_ticked(ruth, cast):
    cast.strings.ends_on = date(2027, 11, 10)
    cast.strings.save()
    programmes.session(cast.strings, day=date(2027, 10, 12), starts_at=time(10, 30))
    programmes.session(cast.strings, day=date(2027, 10, 19), cancelled_at=timezone.now(), cancel_reason="tutor_away")
    page = preview(ruth, cast.strings)
    assert boxes(page) == dict.fromkeys(TUESDAYS[2:5], True)
    assert "It has a session then, 10:30 to 11:00" in page
    assert "Cancelled at this time. Bring that session back instead" in page
    assert "After its last day, 10 November 2027" in page


def test_what_is_ticked_is_added_and_nothing_else(ruth, cast, autumn):
    page = ruth.post(address(cast.strings), PLAN | {"day": TUESDAYS[:3]}, follow=True).content.decode()
    assert days_in(cast.strings) == TUESDAYS[:3]
    assert "3 sessions of Year 4 Strings are in the timetable." in page
    again = ruth.post(address(cast.strings), PLAN | {"day": TUESDAYS[:3]}, follow=True).content.decode()
    assert days_in(cast.strings) == TUESDAYS[:3]
    assert "These sessions are in the timetable already." in again


def test_a_day_that_was_not_proposed_is_not_added(ruth, cast):
    answer = ruth.post(address(cast.strings), PLAN | {"day": ["2027-10-13"]})
    assert (answer.status_code, "No day is ticked." in answer.content.decode()) == (422, True)
    assert days_in(cast.strings) == []


def test_a_refusal_keeps_what_was_ticked(ruth, cast):
    cast.strings.ends_on = date(2027, 10, 20)
    cast.strings.save()
    answer = ruth.post(address(cast.strings), PLAN | {"day": ["2027-10-19", "2027-10-26"]})
    page = answer.content.decode()
    assert (answer.status_code, boxes(page)) == (422, {"2027-10-12": False, "2027-10-19": True})
    assert "Year 4 Strings plays until 20 October 2027" in page
    assert days_in(cast.strings) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weekday": ""}, "On which day is missing."),
        ({"ends_on": ""}, "Enter the last day, or choose “One day only”."),
        ({"ends_on": "2027-10-01"}, "The last day comes before the first."),
        ({"ends_on": "2037-10-12"}, "That is more than two years."),
        ({"ends_at": "10:15"}, "The session ends after it starts"),
        ({"kind": "gig"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said(ruth, cast, wrong, words):
    answer = ruth.get(address(cast.strings), PLAN | wrong)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_the_form_goes_on_where_the_timetable_ends(ruth, cast):
    Session.objects.filter(ensemble=cast.strings).update(day=date(2027, 10, 12))
    page = ruth.get(address(cast.strings)).content.decode()
    assert '<option value="1" selected>Tuesday</option>' in page
    assert ('value="2027-10-13"' in page, 'value="2028-08-31"' in page, 'value="10:15"' in page) == (True, True, True)


def test_venues_and_tutors_next_door_cannot_be_chosen(ruth, cast):
    hall, lena = programmes.venue(cast.leeds, cast.kirkfold), programmes.tutor(cast.leeds, "Lena Hart")
    for asked in ({"venue": hall.pk}, {"tutor": lena.pk}):
        assert ruth.get(address(cast.strings), PLAN | asked).status_code == 422
    page = ruth.get(address(cast.strings)).content.decode()
    assert ("Lena Hart" in page, "Kirkfold" in page) == (False, False)


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("omar", 404), ("nia", 403), ("sam", 403), ("olu", 403)])
def test_only_who_keeps_the_ensembles_adds_sessions(client, cast, who, status):
    client.force_login(getattr(cast, who))
    answer = client.post(address(cast.strings), PLAN | {"day": TUESDAYS})
    assert (answer.status_code, days_in(cast.strings)) == (status, [])


@pytest.mark.parametrize("last", ["2027-10-12", "2028-08-31"])
def test_the_preview_needs_the_same_statements_however_long(ruth, cast, last, django_assert_num_queries):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    with django_assert_num_queries(18):
        preview(ruth, cast.strings, ends_on=last, venue=str(hall.pk))


def test_ensembles_that_play_together_are_chosen_shown_and_written(ruth, cast):
    html = ruth.get(address(cast.strings)).content.decode()
    offered = re.findall(r'name="joined_by" value="(\d+)"', html)
    assert offered == [str(cast.brass.pk)]
    html = preview(ruth, cast.strings, joined_by=str(cast.brass.pk))
    assert "Together with Year 5 Brass." in html
    assert f'<input type="hidden" name="joined_by" value="{cast.brass.pk}"' in html
    ruth.post(address(cast.strings), PLAN | {"joined_by": [str(cast.brass.pk)], "day": TUESDAYS[:2]})
    found = Session.objects.filter(day__gte="2027-01-01").select_related("ensemble")
    assert [(str(one.day), one.title) for one in found] == [
        (day, "Year 4 Strings with Year 5 Brass") for day in TUESDAYS[:2]
    ]


def test_a_day_on_which_who_joins_plays_elsewhere_cannot_be_ticked(ruth, cast):
    programmes.session(cast.brass, day=date(2027, 10, 12), starts_at=time(10, 30), ends_at=time(11, 30))
    html = preview(ruth, cast.strings, joined_by=str(cast.brass.pk))
    assert (TUESDAYS[0] in boxes(html), TUESDAYS[1] in boxes(html)) == (False, True)
    assert "Year 5 Brass has a session then, 10:30 to 11:30" in html


def test_an_ensemble_that_joins_another_is_busy_then(ruth, cast):
    programmes.session(cast.strings, day=date(2027, 10, 12), joined_by=[cast.brass])
    html = preview(ruth, cast.brass)
    assert (TUESDAYS[0] in boxes(html), "It has a session then, 10:15 to 11:00" in html) == (False, True)


def test_who_leads_an_ensemble_that_joins_another_is_busy_then(ruth, cast):
    lena = programmes.tutor(cast.liverpool, "Lena Hart")
    choir = programmes.ensemble(cast.liverpool, "Choir", led_by=[lena])
    cast.brass.tutors.add(lena)
    programmes.session(cast.strings, day=date(2027, 10, 12), joined_by=[cast.brass])
    html = preview(ruth, choir)
    assert boxes(html)[TUESDAYS[0]] is False
    assert "Year 4 Strings with Year 5 Brass has Lena Hart then" in html


def test_ensembles_of_another_hub_are_not_offered_and_not_taken(ruth, cast):
    answer = ruth.get(address(cast.strings), PLAN | {"joined_by": str(cast.leeds_strings.pk)})
    assert answer.status_code == 422
    assert cast.leeds_strings.name not in answer.content.decode()


def test_a_day_on_which_the_school_of_who_joins_is_shut_is_not_proposed(ruth, cast):
    schools.closure("INSET day", date(2027, 10, 12), school=cast.marigold)
    html = preview(ruth, cast.strings, joined_by=str(cast.brass.pk))
    assert boxes(html)[TUESDAYS[0]] is False
    assert "For Year 5 Brass: " in html
    assert boxes(preview(ruth, cast.strings))[TUESDAYS[0]] is True


def test_a_taster_is_planned_to_be_counted_by_heads(ruth, cast):
    asked = {"kind": "taster", "is_headcount": "on"}
    assert "Counted by heads, without names." in preview(ruth, cast.strings, **asked)
    ruth.post(address(cast.strings), PLAN | {"kind": "taster", "is_headcount": "True", "day": TUESDAYS[:1]})
    made = Session.objects.get(ensemble=cast.strings, day=TUESDAYS[0])
    assert (made.kind, made.is_headcount) == ("taster", True)
    # and the next ones are proposed alike
    assert re.search(r'name="is_headcount"[^>]* checked', ruth.get(address(cast.strings)).content.decode())


@pytest.mark.parametrize("kind", ["curricular", "extra", "holiday"])
def test_a_lesson_is_never_counted_by_heads(ruth, cast, kind):
    answer = ruth.get(address(cast.strings), PLAN | {"kind": kind, "is_headcount": "on"})
    assert (answer.status_code, "Only family and taster sessions are counted" in answer.content.decode()) == (422, True)


def both(cast, *children, ensemble=None, starts_on=LONG_AGO):
    """Takes children of the strings into another ensemble as well."""
    with scoped(cast.liverpool_scope):
        participants.join(ensemble or cast.brass, children, by=cast.joanne, starts_on=starts_on)


def test_children_who_have_another_session_then_are_counted_and_never_named(ruth, cast):
    both(cast, *cast.children[:2])
    programmes.session(cast.brass, day=date(2027, 10, 12), starts_at=time(10, 45), ends_at=time(11, 30))
    # ends as the other begins
    programmes.session(cast.brass, day=date(2027, 10, 19), starts_at=time(9, 30), ends_at=time(10, 15))
    gone = {"cancelled_at": timezone.now(), "cancel_reason": "no_room"}
    programmes.session(cast.brass, day=date(2027, 11, 2), **gone)
    page = preview(ruth, cast.strings)
    assert list(boxes(page).values()) == [False, True, True, True, True, True]
    assert "2 children are in Year 5 Brass then" in page
    assert reverse("participants:ensemble-shared", args=[cast.strings.pk, cast.brass.pk]) + "?day=2027-10-12" in page
    assert not [child.name for child in cast.children if child.name in page]
    assert entries(children__overlap=[child.pk for child in cast.children], actor_id=cast.ruth.pk) == []


def test_only_who_is_in_both_on_that_day_counts(ruth, cast):
    both(cast, cast.children[0], starts_on=date(2027, 10, 19))
    for day in (date(2027, 10, 12), date(2027, 10, 19)):
        programmes.session(cast.brass, day=day)
    page = preview(ruth, cast.strings)
    assert list(boxes(page).values()) == [True, False, True, True, True, True]
    assert "1 child is in Year 5 Brass then" in page


def test_children_next_door_do_not_count(ruth, cast):
    programmes.session(cast.leeds_strings, day=date(2027, 10, 12))
    programmes.session(cast.brass, day=date(2027, 10, 19))
    assert set(boxes(preview(ruth, cast.strings)).values()) == {True}


@pytest.mark.parametrize("size", [1, 3])
def test_the_preview_needs_the_same_statements_however_many_are_shared(ruth, cast, size, django_assert_num_queries):
    for number in range(size):
        other = programmes.ensemble(cast.liverpool, f"Group {number}")
        both(cast, *cast.children[:size], ensemble=other)
        programmes.session(other, day=date(2027, 10, 12))
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    with django_assert_num_queries(18):
        preview(ruth, cast.strings, venue=str(hall.pk))


def test_children_of_all_who_play_together_are_counted_once(ruth, cast):
    choir = programmes.ensemble(cast.liverpool, "Choir")
    winds = programmes.ensemble(cast.liverpool, "Winds")
    both(cast, cast.children[0], ensemble=cast.brass)
    both(cast, cast.children[0], cast.others[0], ensemble=choir)
    both(cast, cast.children[0], ensemble=winds)
    programmes.session(choir, day=date(2027, 10, 12), joined_by=[winds])
    page = preview(ruth, cast.strings, joined_by=str(cast.brass.pk))
    assert (boxes(page)[TUESDAYS[0]], boxes(page)[TUESDAYS[1]]) == (False, True)
    assert "2 children are in Choir with Winds then" in page
    names = reverse("participants:ensemble-shared", args=[cast.strings.pk, choir.pk])
    assert f"{names}?day=2027-10-12&amp;with={cast.brass.pk}&amp;there={winds.pk}" in page


def test_children_whose_ensemble_joins_another_then_are_counted(ruth, cast):
    choir = programmes.ensemble(cast.liverpool, "Choir")
    both(cast, *cast.others, ensemble=choir)
    programmes.session(cast.strings, day=date(2027, 10, 12), joined_by=[cast.brass])
    page = preview(ruth, choir)
    assert boxes(page)[TUESDAYS[0]] is False
    assert "2 children are in Year 4 Strings with Year 5 Brass then" in page


def test_only_who_leads_both_is_named(ruth, cast):
    lena, ade = (programmes.tutor(cast.liverpool, name) for name in ("Lena Hart", "Ade Bello"))
    programmes.ensemble(cast.liverpool, "Choir", led_by=[lena])
    cast.brass.tutors.set([lena, ade])
    programmes.session(cast.brass, day=date(2027, 10, 12), tutor=ade)
    winds = programmes.ensemble(cast.liverpool, "Winds", led_by=[lena, ade])
    page = preview(ruth, winds)
    assert "Year 5 Brass has Ade Bello then, 10:15 to 11:00" in page


@pytest.mark.parametrize("joining", [0, 3])
def test_the_preview_needs_the_same_statements_however_many_join(ruth, cast, joining, django_assert_num_queries):
    others = [programmes.ensemble(cast.liverpool, f"Group {number}") for number in range(joining)]
    for other in others:
        both(cast, cast.children[0], ensemble=other)
    programmes.session(cast.brass, day=date(2027, 10, 12), joined_by=others)
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    with django_assert_num_queries(18):
        preview(ruth, cast.strings, venue=str(hall.pk))


@pytest.mark.parametrize("weekday", ["0", "once"])
@pytest.mark.parametrize("day", ["0226-12-01", "2206-12-01", "9999-12-31"])
def test_a_mistyped_year_is_said_and_nothing_is_planned(client, cast, day, weekday):
    client.force_login(cast.ruth)
    answer = client.get(address(cast.strings), PLAN | {"weekday": weekday, "starts_on": day, "ends_on": day})
    assert (answer.status_code, "Write the year in four figures" in answer.content.decode()) == (422, True)
