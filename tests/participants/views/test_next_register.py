"""From a saved register to the next one that is missing, in one press."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import attendance
from participants.models.attendance import Mark
from programmes.models import Closing, Session
from tests.factories import programmes
from tests.people import person

# in the middle of a term, so that days before it are of the same year
NOON = timezone.make_aware(datetime(2026, 11, 18, 12, 0))  # noqa: DTZ001 - made aware in London


@pytest.fixture(autouse=True)
def _noon(monkeypatch, cast):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    Session.objects.filter(pk__in=[cast.session.pk, cast.leeds_session.pk]).update(day=NOON.date())
    cast.session.refresh_from_db()


@pytest.fixture
def address(cast):
    return reverse("participants:register", args=[cast.session.pk])


def save(client, cast, address):
    sent = {f"m{child.pk}": "p" for child in cast.children} | {"version": "0"}
    return client.post(address, sent, follow=True).content.decode()


def missing(cast, *, days=0, at=9, ensemble=None):
    day = NOON.date() - timedelta(days=days)
    return programmes.session(ensemble or cast.strings, day=day, starts_at=time(at), ends_at=time(at, 45))


def link(session, words):
    return f'<a href="{reverse("participants:register", args=[session.pk])}">Next: {words}</a>'


def test_todays_come_first_in_their_order_and_then_the_oldest_of_past_days(client, cast, address):
    client.force_login(cast.priya)
    missed = [missing(cast, days=1), missing(cast, days=8), missing(cast, at=14), missing(cast, at=13)]
    html = save(client, cast, address)
    for words in ("13:00 (4 left)", "14:00 (3 left)", "10 Nov (2 left)", "17 Nov (1 left)"):
        assert link(missed[-1], f"Year 4 Strings, {words}") in html
        programmes.forget(Session.objects.filter(pk=missed.pop().pk))
        html = client.get(address).content.decode()
    assert "All registers are taken." in html


def test_a_register_that_is_not_saved_leads_nowhere_else(client, cast, address):
    missing(cast, days=1)
    client.force_login(cast.priya)
    assert "Next:" not in client.get(address).content.decode()


def test_only_what_the_person_takes_counts_and_nothing_cancelled_to_come_or_of_last_year(client, cast, address):
    missing(cast, days=1, ensemble=cast.brass)
    missing(cast, days=2, ensemble=cast.leeds_strings)
    missing(cast, days=-1)
    missing(cast, days=90)
    gone = missing(cast, days=3)
    Session.objects.filter(pk=gone.pk).update(cancelled_at=NOON, cancel_reason=Session.CancelReason.OTHER)
    client.force_login(cast.priya)
    assert "All registers are taken." in save(client, cast, address)
    client.force_login(cast.ruth)
    assert "Next: Year 5 Brass, 17 Nov (1 left)" in client.get(address).content.decode()


def test_a_closed_hub_has_no_next_register(client, cast, address):
    missing(cast, days=1)
    client.force_login(cast.priya)
    assert "Next:" in save(client, cast, address)
    closed = {"programme": cast.liverpool, "closed_on": NOON.date(), "closed_by": cast.olu}
    Closing.objects.create(**closed)
    assert "All registers are taken." in client.get(address).content.decode()


def test_a_save_by_the_pages_script_is_told_the_next_one(client, cast, address):
    other = missing(cast, days=1)
    client.force_login(cast.priya)
    sent = {f"m{child.pk}": "p" for child in cast.children} | {"version": "0", "person": str(cast.priya.pk)}
    said = client.post(f"{address}send/", sent).json()
    href = reverse("participants:register", args=[other.pk])
    assert said["next"] == {"href": href, "words": "Next: Year 4 Strings, 17 Nov (1 left)"}


def test_a_locked_register_leads_on_too(client, cast):
    old, other = missing(cast, days=30), missing(cast, days=1)
    with scoped(cast.liverpool_scope):
        marks = {child.pk: Mark.PRESENT for child in cast.children}
        attendance.take_register(session=old, marks=marks, version=0, by=cast.priya)
    client.force_login(cast.priya)
    html = client.get(reverse("participants:register", args=[old.pk])).content.decode()
    assert ("Locked." in html, link(other, "Year 4 Strings, 17 Nov (2 left)") in html) == (True, False)
    assert "Next: Year 4 Strings, 10:15 (2 left)" in html


@pytest.mark.parametrize("many", [1, 3])
def test_a_saved_page_needs_the_same_statements_however_many_are_missing(
    client, cast, address, many, django_assert_num_queries
):
    client.force_login(cast.priya)
    save(client, cast, address)
    for days in range(1, many + 1):
        missing(cast, days=days)
    # as before it was saved: see test_attendance
    with django_assert_num_queries(12):
        client.get(address)


def test_a_joint_session_is_next_for_whoever_leads_one_of_the_ensembles_and_says_who_plays(client, cast, address):
    bea = person("Bea Moss", "coordinator", programme=cast.liverpool)
    cast.brass.tutors.add(programmes.tutor(cast.liverpool, "Bea Moss", bea))
    choir = programmes.ensemble(cast.liverpool, "Choir")
    joint = programmes.session(choir, day=NOON.date(), starts_at=time(14), ends_at=time(15), joined_by=[cast.brass])
    client.force_login(cast.priya)
    assert "All registers are taken." in save(client, cast, address)
    own = programmes.session(cast.brass, day=NOON.date(), starts_at=time(9), ends_at=time(10))
    client.force_login(bea)
    page = reverse("participants:register", args=[own.pk])
    sent = {f"m{child.pk}": "p" for child in cast.others} | {"version": "0"}
    html = client.post(page, sent, follow=True).content.decode()
    assert link(joint, "Choir with Year 5 Brass, 14:00 (1 left)") in html


@pytest.mark.parametrize("joining", [0, 3])
def test_joint_sessions_missing_need_the_same_statements(client, cast, address, joining, django_assert_num_queries):
    others = [programmes.ensemble(cast.liverpool, f"Group {number}") for number in range(joining)]
    client.force_login(cast.priya)
    save(client, cast, address)
    programmes.session(cast.strings, day=NOON.date() - timedelta(days=1), joined_by=others)
    with django_assert_num_queries(12):
        client.get(address)
