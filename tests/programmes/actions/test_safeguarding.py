"""Whom to call about a child: entered, replaced and ended by date."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from programmes.actions import safeguarding
from programmes.actions.safeguarding import Caller
from programmes.models import SafeguardingContact
from programmes.queries.safeguarding import ContactPlace
from tests.trail import entries, entry

Kind = SafeguardingContact.Kind
DAY = timedelta(days=1)
MAY = Caller("May Lowe", "0151 496 0111", "Deputy head", "may@saltwharf.example")
BEN = Caller("Ben Hart", "0151 496 0112")


def keep(cast, caller=MAY, *, starts_on=date(2026, 9, 1), kind=Kind.SCHOOL, **of):
    of = of or ({"school": cast.saltwharf} if kind == Kind.SCHOOL else {})
    place = ContactPlace(cast.liverpool, kind, **of)
    return safeguarding.keep_contact(place=place, caller=caller, starts_on=starts_on, by=cast.joanne)


def history():
    rows = SafeguardingContact.objects.order_by("starts_on", "pk")
    return [(one.name, one.starts_on, one.ends_on) for one in rows]


def test_a_contact_is_kept_with_who_kept_it(cast):
    made = keep(cast)
    made.refresh_from_db()
    assert (made.name, made.phone, made.role, made.email) == (MAY.name, MAY.phone, MAY.role, MAY.email)
    assert (made.school, made.programme, made.ends_on, made.recorded_by) == (
        cast.saltwharf,
        cast.liverpool,
        None,
        cast.joanne,
    )


def test_the_next_one_ends_the_one_before_on_the_day_before(cast):
    keep(cast)
    keep(cast, BEN, starts_on=date(2026, 11, 2))
    assert history() == [
        ("May Lowe", date(2026, 9, 1), date(2026, 11, 1)),
        ("Ben Hart", date(2026, 11, 2), None),
    ]


def test_one_with_the_same_first_day_is_a_correction(cast):
    keep(cast)
    keep(cast, Caller("May Lowe", "0151 496 0999", "Deputy head", "may@saltwharf.example"))
    assert history() == [("May Lowe", date(2026, 9, 1), None)]
    assert entry(act="safeguarding.contact_corrected").details["fields"] == ["phone"]


def test_sent_twice_it_is_kept_once(cast):
    assert keep(cast) == keep(cast)
    assert (len(history()), len(entries(act="safeguarding.contact_kept"))) == (1, 1)
    assert entries(act="safeguarding.contact_corrected") == []


def test_each_place_has_its_own(cast):
    keep(cast)
    keep(cast, BEN, school=cast.marigold)
    keep(cast, BEN, kind=Kind.HUB)
    authority = cast.saltwharf.local_authority
    keep(cast, BEN, kind=Kind.CHILDREN, local_authority=authority)
    keep(cast, BEN, kind=Kind.LADO, local_authority=authority)
    assert [ends_on for _, _, ends_on in history()] == [None] * 5


@pytest.mark.parametrize(
    ("starts_on", "refusal"),
    [(date(2026, 8, 31), safeguarding.ContactTooEarlyError), ("tomorrow", safeguarding.ContactNotYetError)],
)
def test_one_that_cannot_follow_is_refused_and_leaves_nothing_behind(cast, starts_on, refusal):
    keep(cast)
    with pytest.raises(refusal):
        keep(cast, BEN, starts_on=timezone.localdate() + DAY if starts_on == "tomorrow" else starts_on)
    assert history() == [("May Lowe", date(2026, 9, 1), None)]
    assert len(entries(act="safeguarding.contact_kept")) == 1


def test_after_an_end_the_next_begins_later(cast):
    safeguarding.end_contact(contact=keep(cast), by=cast.joanne)
    yesterday = timezone.localdate() - DAY
    with pytest.raises(safeguarding.ContactTooEarlyError, match="Choose a later day"):
        keep(cast, BEN, starts_on=yesterday)
    keep(cast, BEN, starts_on=timezone.localdate())
    assert history() == [
        ("May Lowe", date(2026, 9, 1), yesterday),
        ("Ben Hart", timezone.localdate(), None),
    ]


def test_ended_twice_is_ended_once(cast):
    contact = keep(cast)
    for _ in range(2):
        safeguarding.end_contact(contact=contact, by=cast.joanne)
    assert history() == [("May Lowe", date(2026, 9, 1), timezone.localdate() - DAY)]
    assert len(entries(act="safeguarding.contact_ended")) == 1


def test_one_entered_today_and_ended_today_was_never_called(cast):
    contact = keep(cast, starts_on=timezone.localdate())
    for _ in range(2):
        safeguarding.end_contact(contact=contact, by=cast.joanne)
    assert (history(), len(entries(act="safeguarding.contact_ended"))) == ([], 1)


def test_the_trail_names_the_place_and_no_person(cast):
    keep(cast)
    event = entry(act="safeguarding.contact_kept")
    assert (event.actor_id, event.programme_id, event.children) == (cast.joanne.pk, cast.liverpool.pk, [])
    assert event.details == {
        "kind": "school",
        "school": cast.saltwharf.pk,
        "fields": ["email", "name", "phone", "role"],
    }


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"kind": "hub"}, "of_its_place"),
        ({"school": None}, "of_its_place"),
        ({"phone": "call May"}, "can_be_called"),
        ({"name": ""}, "can_be_called"),
        ({"ends_on": date(2026, 8, 31)}, "dates_in_order"),
    ],
)
def test_the_database_holds_what_a_contact_is(cast, changed, constraint):
    contact = keep(cast)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SafeguardingContact.objects.filter(pk=contact.pk).update(**changed)


def test_the_database_lets_no_two_stand_at_once(cast):
    keep(cast)
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        SafeguardingContact.objects.create(
            programme=cast.liverpool,
            kind="school",
            school=cast.saltwharf,
            name="X",
            phone="999",
            starts_on="2026-10-01",
        )


def test_two_who_press_at_the_same_moment_leave_one_contact(committed_cast):
    started, failed = threading.Barrier(3), []

    def press():
        try:
            started.wait(5)
            keep(committed_cast)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, len(history())) == ([], 1)
