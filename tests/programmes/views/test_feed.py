"""One's sessions in one's own calendar: the page, and what a phone reads with nobody signed in."""

import re
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.conf import settings as portal
from django.core.cache import cache
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import Scope, reading, scoped
from programmes.actions import feed as acts
from programmes.actions import session as sessions
from programmes.actions.session import Slot
from programmes.models import CalendarFeed, Session
from tests.factories import programmes
from tests.people import person

MINE, MAKE, END = (reverse(f"programmes:calendar-{name}") for name in ("mine", "make", "end"))


@pytest.fixture(autouse=True)
def nobody_counted():
    cache.clear()


def fetch(secret, client=None, **headers):
    """What a phone gets."""
    return (client or Client()).get(reverse("programmes:calendar", args=[secret]), headers=headers)


def unfolded(answer):
    return re.sub(r"\r\n ", "", answer.content.decode())


def titles(answer):
    return sorted(re.findall(r"SUMMARY:(.*?)\r\n", unfolded(answer)))


def only(answer, name):
    (found,) = re.findall(rf"\r\n{name}[^:\r]*:(.*?)\r\n", unfolded(answer).partition("BEGIN:VEVENT")[2])
    return found


def day(**ago):
    return timezone.localdate() - timedelta(**ago)


def test_a_coordinator_reads_the_sessions_of_their_own_ensembles(cast):
    programmes.session(cast.brass)
    assert titles(fetch(acts.make(by=cast.priya))) == ["Year 4 Strings"]


def test_who_keeps_a_hub_reads_all_of_it_and_nothing_next_door(cast):
    programmes.session(cast.brass)
    assert titles(fetch(acts.make(by=cast.ruth))) == ["Year 4 Strings", "Year 5 Brass"]
    assert titles(fetch(acts.make(by=cast.omar))) == ["Kirkfold Strings"]


def test_it_reaches_from_30_days_back_to_a_year_ahead(cast):
    with scoped(cast.liverpool_scope):
        Session.objects.filter(ensemble=cast.strings).delete()
    for number, when in enumerate((day(days=31), day(days=30), day(days=-366), day(days=-367))):
        programmes.session(cast.strings, day=when, starts_at=time(8 + number), ends_at=time(9 + number))
    starts = re.findall(r"DTSTART;TZID=Europe/London:\d{8}T(\d\d)", unfolded(fetch(acts.make(by=cast.priya))))
    assert starts == ["09", "10"]


def test_an_entry_says_what_when_and_where_and_is_known_again(cast):
    hall = programmes.venue(cast.liverpool, cast.saltwharf)
    Session.objects.filter(pk=cast.session.pk).update(venue=hall)
    answer = fetch(acts.make(by=cast.priya))
    assert only(answer, "SUMMARY") == "Year 4 Strings"
    assert only(answer, "LOCATION") == "Saltwharf Primary\\, hall"
    assert only(answer, "CATEGORIES") == "In school time"
    assert only(answer, "DESCRIPTION") == "In school time. In Harmony Liverpool."
    assert only(answer, "STATUS") == "CONFIRMED"
    assert only(answer, "URL") == portal.PORTAL_URL + reverse("participants:register", args=[cast.session.pk])
    assert only(answer, "UID") == f"session-{cast.session.pk}@localhost"
    assert "DTSTART;TZID=Europe/London" in unfolded(answer)


def test_nobody_is_named_in_it(cast):
    cover = programmes.tutor(cast.liverpool, "Cora Vance")
    held = {"register_taken_at": timezone.now(), "register_taken_by": cast.joanne, "register_version": 1}
    programmes.session(cast.strings, day=day(days=2), tutor=cover, **held)
    programmes.session(cast.strings, day=day(days=-2), cancelled_at=timezone.now(), cancel_reason="tutor_away")
    text = unfolded(fetch(acts.make(by=cast.ruth)))
    people = [cast.priya, cast.ruth, cast.joanne, cover, *cast.children, *cast.others]
    names = {part for person in people for part in person.name.split()}
    assert {name for name in names if name in text} == set()
    assert ("utor" in text, "ATTENDEE" in text, "ORGANIZER" in text) == (False, False, False)


def test_a_session_that_is_cancelled_moved_or_brought_back_says_so_and_keeps_its_name(cast):
    secret = acts.make(by=cast.priya)
    before = fetch(secret)
    session = cast.session
    sessions.cancel(session=session, reason=Session.CancelReason.NO_ROOM, by=cast.ruth)
    gone = fetch(secret)
    assert (only(gone, "STATUS"), only(gone, "SUMMARY")) == ("CANCELLED", "Cancelled: Year 4 Strings")
    sessions.bring_back(session=session, by=cast.ruth)
    slot = Slot(session.day, time(14, 0), time(15, 0))
    sessions.change(session=session, slot=slot, by=cast.ruth)
    moved = fetch(secret)
    assert (only(moved, "STATUS"), only(moved, "DTSTART")[-6:]) == ("CONFIRMED", "140000")
    assert len({only(answer, "UID") for answer in (before, gone, moved)}) == 1


def test_a_change_moves_the_note_of_the_last_change_and_a_register_does_not(committed_cast):
    cast = committed_cast
    changed = lambda: Session.objects.values_list("changed_at", flat=True).get(pk=cast.session.pk)  # noqa: E731
    made = changed()
    taken = {"register_taken_at": timezone.now(), "register_taken_by": cast.joanne, "register_version": 1}
    Session.objects.filter(pk=cast.session.pk).update(**taken)
    assert changed() == made
    Session.objects.filter(pk=cast.session.pk).update(starts_at=time(9, 0))
    assert changed() > made


def test_what_is_unchanged_is_answered_without_it(cast):
    secret = acts.make(by=cast.priya)
    first = fetch(secret)
    same = fetch(secret, if_none_match=first["ETag"])
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    programmes.session(cast.strings, day=day(days=-1))
    assert fetch(secret, if_none_match=first["ETag"]).status_code == 200


def test_it_is_kept_by_nobody_found_by_nobody_and_told_to_nobody(cast):
    secret = acts.make(by=cast.priya)
    first = fetch(secret)
    for answer in (first, fetch(secret, if_none_match=first["ETag"])):
        assert answer["Cache-Control"] == "private, no-store"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert (first["Referrer-Policy"], first["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert first.cookies == {}


def test_it_is_read_and_not_written_to(cast):
    address = reverse("programmes:calendar", args=[acts.make(by=cast.priya)])
    assert (Client().head(address).status_code, Client().post(address).status_code) == (200, 405)
    with pytest.raises(InternalError, match="read-only"), transaction.atomic(), reading(Scope(person=cast.priya.pk)):
        programmes.session(cast.brass)


def test_a_secret_that_is_dead_or_was_never_one_finds_nothing(cast):
    secret = acts.make(by=cast.priya)
    acts.end(by=cast.priya)
    known = CalendarFeed.objects.values_list("secret_hash", flat=True)
    acts.make(by=cast.ruth)
    for wrong in (secret, "x", "0" * 43, known.get()):
        assert fetch(wrong).status_code == 404


def test_a_shut_account_and_one_without_a_role_find_nothing(cast):
    secret = acts.make(by=cast.priya)
    cast.priya.role_assignments.update(ends_on=day(days=1))
    assert fetch(secret).status_code == 404
    cast.priya.role_assignments.update(ends_on=None)
    assert fetch(secret).status_code == 200
    type(cast.priya).objects.filter(pk=cast.priya.pk).update(is_active=False)
    assert fetch(secret).status_code == 404


@pytest.mark.parametrize("who", ["sam", "nia", "olu", "stranger"])
def test_who_has_no_sessions_of_their_own_can_make_none_and_an_old_one_opens_nothing(client, cast, who):
    client.force_login(getattr(cast, who))
    assert [client.post(MAKE).status_code, client.get(MINE).status_code] == [403, 403]
    assert fetch(acts.make(by=getattr(cast, who))).status_code == 404


@pytest.mark.parametrize("who", ["omar", "nia", "olu", "stranger"])
def test_it_is_the_makers_calendar_whoever_is_signed_in(client, cast, who):
    client.force_login(getattr(cast, who))
    assert titles(fetch(acts.make(by=cast.priya), client)) == ["Year 4 Strings"]
    assert fetch("x", client).status_code == 404


def test_who_reads_too_often_is_sent_away(cast, settings):
    settings.CALENDAR_RATE_LIMITS = {"read": "6/m/ip,3/5m/key"}
    secret, other = acts.make(by=cast.priya), acts.make(by=cast.ruth)
    assert [fetch(secret).status_code for _ in range(4)] == [200, 200, 200, 429]
    # that one, not everybody; then everybody at that address
    assert [fetch(other).status_code for _ in range(3)] == [200, 200, 429]


def test_the_page_makes_an_address_shows_it_once_and_ends_it(client, cast):
    client.force_login(cast.priya)
    assert "You have no address yet." in client.get(MINE).content.decode()
    shown = client.post(MAKE)
    (address,) = re.findall(rf"{portal.PORTAL_URL}(/calendar/[\w-]+\.ics)", shown.content.decode())
    assert f'href="webcal://localhost:8000{address}"' in shown.content.decode()
    assert ("no-store" in shown["Cache-Control"], shown["Referrer-Policy"]) == (True, "no-referrer")
    assert Client().get(address).status_code == 200
    page = client.get(MINE).content.decode()
    assert ("Make a new address" in page, address in page) == (True, False)
    assert "The address is dead." in client.post(END, follow=True).content.decode()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("size", [1, 8])
def test_it_needs_the_same_statements_whatever_its_size(cast, size, django_assert_num_queries):
    secret = acts.make(by=cast.priya)
    for number in range(size):
        venue = programmes.venue(cast.liverpool, cast.saltwharf, f"room {number}")
        programmes.session(cast.strings, day=date.fromordinal(day(days=0).toordinal() + 1 + number), venue=venue)
    with django_assert_num_queries(9):
        fetch(secret)


def test_a_joint_session_is_in_the_calendar_of_whoever_leads_one_of_the_ensembles(cast):
    bea = person("Bea Moss", "coordinator", programme=cast.liverpool)
    cast.brass.tutors.add(programmes.tutor(cast.liverpool, "Bea Moss", bea))
    programmes.session(cast.strings, day=day(days=-1), joined_by=[cast.brass])
    programmes.session(cast.strings, day=day(days=-2))
    assert titles(fetch(acts.make(by=bea))) == ["Year 4 Strings with Year 5 Brass"]
    joint, alone = "Year 4 Strings with Year 5 Brass", "Year 4 Strings"
    assert titles(fetch(acts.make(by=cast.priya))) == [alone, alone, joint]


def test_who_joins_or_leaves_a_session_is_a_change_of_it(committed_cast):
    cast, session = committed_cast, committed_cast.session
    slot = Slot(session.day, session.starts_at, session.ends_at, session.venue, session.tutor)
    changed = lambda: Session.objects.values_list("changed_at", flat=True).get(pk=session.pk)  # noqa: E731
    made = changed()
    sessions.change(session=session, slot=replace(slot, joined_by=(cast.brass,)), by=cast.ruth)
    joined = changed()
    sessions.change(session=session, slot=slot, by=cast.ruth)
    assert made < joined < changed()


@pytest.mark.parametrize("joining", [0, 3])
def test_joint_sessions_need_the_same_statements(cast, joining, django_assert_num_queries):
    secret = acts.make(by=cast.priya)
    others = [programmes.ensemble(cast.liverpool, f"Group {number}") for number in range(joining)]
    programmes.session(cast.strings, day=day(days=-1), joined_by=others)
    with django_assert_num_queries(9):
        fetch(secret)
