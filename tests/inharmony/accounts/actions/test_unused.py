"""Accounts that nobody has used for twelve months."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from inharmony.accounts.actions import account, unused
from inharmony.accounts.models import Deactivation, RoleAssignment, User
from inharmony.accounts.queries.unused import unused_accounts
from tests.people import person, signed_in
from tests.trail import entries, entry


@pytest.fixture
def used(cast):
    """Says when somebody was last in; everybody else is in all the time."""
    User.objects.update(joined_at=datetime(2020, 9, 1, tzinfo=UTC), last_login=datetime(2199, 1, 1, tzinfo=UTC))

    def last(user, moment):
        User.objects.filter(pk=user.pk).update(last_login=moment)

    return last


def active(user):
    return User.objects.get(pk=user.pk).is_active


def run():
    """Does what is due; returns who was written to, shut and kept, by first name."""
    done = unused.disable_unused_accounts(by=None)
    return tuple([each.user.name.split()[0] for each in part] for part in (done.warned, done.disabled, done.kept))


SUMMER, WINTER = "+01:00", "+00:00"


@pytest.mark.parametrize(
    ("last_in", "now", "is_shut"),
    [
        # twelve months exactly, to the day in London
        (f"2025-08-31T23:59:00{SUMMER}", f"2026-08-30T23:59:00{SUMMER}", False),
        (f"2025-08-31T23:59:00{SUMMER}", f"2026-08-31T00:00:00{SUMMER}", True),
        (f"2025-09-01T00:00:00{SUMMER}", f"2026-08-31T23:59:00{SUMMER}", False),  # still August in Greenwich
        (f"2025-09-01T00:00:00{SUMMER}", f"2026-09-01T00:00:00{SUMMER}", True),
        # the leap day has no like in the next year
        (f"2028-02-29T12:00:00{WINTER}", f"2029-02-27T23:59:00{WINTER}", False),
        (f"2028-02-29T12:00:00{WINTER}", f"2029-02-28T00:00:00{WINTER}", True),
        (f"2027-02-28T12:00:00{WINTER}", f"2028-02-28T00:00:00{WINTER}", True),
        # clocks change between
        (f"2026-10-25T00:30:00{SUMMER}", f"2027-10-24T23:59:00{SUMMER}", False),
        (f"2026-10-25T00:30:00{SUMMER}", f"2027-10-25T00:00:00{SUMMER}", True),
    ],
)
def test_an_account_is_shut_when_twelve_months_are_over_in_london(cast, used, time_machine, last_in, now, is_shut):
    used(cast.priya, datetime.fromisoformat(last_in))
    time_machine.move_to(now)
    run()
    assert active(cast.priya) == (not is_shut)


def test_who_never_signed_in_is_counted_from_joining(cast, used, time_machine):
    User.objects.filter(pk=cast.priya.pk).update(last_login=None, joined_at=datetime(2025, 11, 17, 9, tzinfo=UTC))
    time_machine.move_to("2026-11-16T12:00:00Z")
    assert run() == (["Priya"], [], [])
    time_machine.move_to("2026-11-17T12:00:00Z")
    assert run() == ([], ["Priya"], [])


def test_the_person_gets_a_letter_two_weeks_before_and_one_on_the_day(
    cast, used, time_machine, mailoutbox, django_capture_on_commit_callbacks
):
    used(cast.priya, datetime(2025, 8, 31, 12, tzinfo=UTC))
    told = {}
    for day in (16, 17, 18, 30, 31):
        time_machine.move_to(datetime(2026, 8, day, 12, tzinfo=UTC))
        with django_capture_on_commit_callbacks(execute=True):
            told[day] = run()
    nothing = ([], [], [])
    assert told == {16: nothing, 17: (["Priya"], [], []), 18: nothing, 30: nothing, 31: ([], ["Priya"], [])}
    soon, now = mailoutbox
    assert (soon.to, soon.subject) == ([cast.priya.email], "Your In Harmony account will be shut")
    assert "since 31 August 2025. On 31 August 2026 it will be shut" in soon.body
    assert (now.to, now.subject) == ([cast.priya.email], "Your In Harmony account is shut")
    assert "ask Olu Grant, olu@hub.example" in now.body


def test_who_signs_in_after_the_letter_keeps_the_account_and_is_written_to_anew_next_time(cast, used, time_machine):
    used(cast.priya, datetime(2025, 8, 31, 12, tzinfo=UTC))
    time_machine.move_to("2026-08-20T12:00:00Z")
    assert run() == (["Priya"], [], [])
    used(cast.priya, timezone.now())
    time_machine.move_to("2026-09-01T12:00:00Z")
    assert run() == ([], [], [])
    time_machine.move_to("2027-08-06T12:00:00Z")
    assert run() == (["Priya"], [], [])


def test_shutting_signs_out_and_is_in_the_trail_of_the_hub_with_nobody_as_its_actor(cast, used, client):
    used(cast.priya, datetime(2020, 9, 1, tzinfo=UTC))
    is_in = signed_in(client, cast.priya)
    used(cast.priya, datetime(2020, 9, 1, tzinfo=UTC))
    run()
    assert (is_in(), active(cast.priya)) == (False, False)
    event = entry(act="person.deactivated")
    assert (event.actor_id, event.programme_id, event.details) == (None, cast.liverpool.pk, {"reason": "unused"})
    assert Deactivation.objects.get().deactivated_by is None


def test_a_letter_is_in_the_trail_with_its_day(cast, used, time_machine):
    used(cast.priya, datetime(2025, 8, 31, 12, tzinfo=UTC))
    time_machine.move_to("2026-08-20T12:00:00Z")
    run()
    event = entry(act="person.unused_notice")
    assert (event.subject_id, event.details) == (cast.priya.pk, {"due_on": "2026-08-31"})


def test_an_account_opened_again_has_twelve_months_more(cast, used, time_machine):
    used(cast.priya, datetime(2025, 8, 31, 12, tzinfo=UTC))
    time_machine.move_to("2026-08-31T12:00:00Z")
    run()
    account.reactivate(person=cast.priya, by=cast.olu)
    assert (run(), active(cast.priya)) == (([], [], []), True)
    time_machine.move_to("2027-08-31T12:00:00Z")
    assert run() == ([], ["Priya"], [])


def test_the_last_operator_stays_whoever_was_in_last(cast, used, mailoutbox):
    ines = person("Ines Moor", "operator")
    used(cast.olu, datetime(2020, 9, 1, tzinfo=UTC))
    used(ines, datetime(2020, 9, 2, tzinfo=UTC))
    User.objects.filter(pk=ines.pk).update(joined_at=datetime(2020, 9, 1, tzinfo=UTC))
    assert run() == ([], ["Olu"], ["Ines"])
    assert run() == ([], [], ["Ines"])
    assert active(ines)


def test_the_only_operator_is_not_threatened_with_what_does_not_happen(cast, used, time_machine):
    used(cast.olu, datetime(2025, 8, 31, 12, tzinfo=UTC))
    time_machine.move_to("2026-08-20T12:00:00Z")
    assert run() == ([], [], [])


def test_an_operator_whose_role_is_over_does_not_count_as_one(cast, used):
    ines = person("Ines Moor", "operator")
    User.objects.filter(pk=ines.pk).update(last_login=timezone.now())
    RoleAssignment.objects.filter(user=ines).update(ends_on=date(2021, 1, 1))
    used(cast.olu, datetime(2020, 9, 1, tzinfo=UTC))
    assert run() == ([], [], ["Olu"])


def test_who_signs_in_while_it_runs_is_left_alone(cast, used):
    used(cast.priya, datetime(2020, 9, 1, tzinfo=UTC))
    (planned,) = unused_accounts(timezone.localdate()).disabled
    used(cast.priya, timezone.now())
    assert unused._disable(planned, None, timezone.localdate()) is False
    assert (active(cast.priya), entries(act="person.deactivated")) == (True, [])


def test_the_operator_who_was_to_remain_may_have_gone_meanwhile(cast, used):
    ines = person("Ines Moor", "operator")
    used(cast.olu, datetime(2020, 9, 1, tzinfo=UTC))
    (planned,) = unused_accounts(timezone.localdate()).disabled
    RoleAssignment.objects.filter(user=ines).delete()
    assert unused._disable(planned, None, timezone.localdate()) is False
    assert active(cast.olu)


def test_an_account_that_is_shut_is_left_as_it_is(cast, used):
    used(cast.priya, datetime(2020, 9, 1, tzinfo=UTC))
    account.deactivate(person=cast.priya, by=cast.joanne)
    assert (run(), Deactivation.objects.get().reason) == (([], [], []), "by_hand")
