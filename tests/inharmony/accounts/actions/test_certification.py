"""Once a year somebody says of each role that it is still needed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from inharmony.accounts.actions import certification, role
from inharmony.accounts.models import Certification, RoleAssignment
from inharmony.accounts.queries.certification import roles_due
from inharmony.accounts.validators.role import BeyondReachError, OwnRoleError
from tests.factories import programmes
from tests.trail import entries, entry


def held(user):
    return RoleAssignment.objects.get(user=user)


def due(user, day=None):
    """The people whose roles the person should look at, in the order of the page."""
    return [each.user.name.split()[0] for each in roles_due(user, day or timezone.localdate())]


def given(user, day):
    RoleAssignment.objects.filter(user=user).update(starts_on=day)


def refused(refusal, words, *roles, by):
    before = (Certification.objects.count(), len(entries()))
    with pytest.raises(refusal, match=words):
        certification.certify(roles=roles, by=by)
    assert (Certification.objects.count(), len(entries())) == before


def test_certify_takes_a_role_off_the_list_for_a_year_and_is_in_the_trail_of_the_hub(cast, time_machine):
    assert "Priya" in due(cast.joanne)
    (made,) = certification.certify(roles=[held(cast.priya)], by=cast.joanne)
    assert (made.certified_on, made.certified_by) == (timezone.localdate(), cast.joanne)
    assert "Priya" not in due(cast.joanne)
    event = entry(act="role.certified")
    assert (event.actor_id, event.programme_id) == (cast.joanne.pk, cast.liverpool.pk)
    assert event.details == {"roles": [held(cast.priya).pk], "users": [cast.priya.pk]}


def test_certify_several_writes_one_entry_a_hub(cast):
    programmes.partner(cast.leeds, cast.saltwharf)
    certification.certify(roles=[held(cast.priya), held(cast.ruth), held(cast.sam)], by=cast.joanne)
    of_hub = {event.programme_id: event.details["users"] for event in entries(act="role.certified")}
    assert of_hub == {
        cast.liverpool.pk: [cast.priya.pk, cast.ruth.pk, cast.sam.pk],
        cast.leeds.pk: [cast.sam.pk],
    }


def test_certify_twice_on_a_day_writes_once(cast):
    certification.certify(roles=[held(cast.priya)], by=cast.joanne)
    assert certification.certify(roles=[held(cast.priya), held(cast.priya)], by=cast.joanne) == []
    assert (Certification.objects.count(), len(entries(act="role.certified"))) == (1, 1)


def test_nobody_certifies_their_own_role(cast):
    for who in (cast.joanne, cast.olu):
        refused(OwnRoleError, "Nobody confirms their own role", held(cast.priya), held(who), by=who)
    certification.certify(roles=[held(cast.joanne)], by=cast.olu)


def test_a_role_of_another_hub_or_one_that_is_over_is_not_certified(cast):
    refused(BeyondReachError, "not yours to keep", held(cast.priya), held(cast.omar), by=cast.joanne)
    refused(BeyondReachError, "not yours to keep", held(cast.priya), by=cast.ruth)
    over = role.end(role=held(cast.priya), on=timezone.localdate(), by=cast.joanne)
    refused(BeyondReachError, "is over by now", held(cast.ruth), over, by=cast.joanne)


@pytest.mark.parametrize(
    ("confirmed_on", "day", "is_due"),
    [
        (date(2025, 8, 31), date(2026, 8, 30), False),
        (date(2025, 8, 31), date(2026, 8, 31), True),
        (date(2028, 2, 29), date(2029, 2, 27), False),
        (date(2028, 2, 29), date(2029, 2, 28), True),
    ],
)
def test_a_role_falls_due_when_twelve_months_are_over(cast, confirmed_on, day, is_due):
    given(cast.priya, date(2020, 9, 1))
    Certification.objects.create(role=held(cast.priya), certified_on=confirmed_on, certified_by=cast.joanne)
    assert ("Priya" in due(cast.joanne, day)) == is_due


def test_giving_a_role_says_that_it_is_needed(cast):
    given(cast.priya, date(2026, 3, 1))
    assert "Priya" not in due(cast.joanne, date(2027, 2, 28))
    assert "Priya" in due(cast.joanne, date(2027, 3, 1))


def test_the_longest_unconfirmed_stands_first(cast):
    given(cast.priya, date(2022, 9, 1))
    given(cast.ruth, date(2021, 9, 1))
    given(cast.sam, date(2023, 9, 1))
    Certification.objects.create(role=held(cast.ruth), certified_on=date(2023, 1, 1), certified_by=cast.joanne)
    assert due(cast.joanne) == ["Joanne", "Priya", "Ruth", "Sam"]


def test_a_manager_sees_what_is_due_in_their_own_hub_only(cast):
    assert (sorted(due(cast.joanne)), due(cast.omar)) == (["Joanne", "Priya", "Ruth", "Sam"], ["Omar"])
    assert [due(who) for who in (cast.ruth, cast.sam, cast.nia, cast.stranger)] == [[], [], [], []]


def test_the_operator_is_shown_a_month_later_what_a_hub_did_not_look_at(cast):
    RoleAssignment.objects.update(starts_on=date(2025, 8, 31))
    assert due(cast.joanne, date(2026, 8, 31)) == ["Joanne", "Priya", "Ruth", "Sam"]
    assert due(cast.olu, date(2026, 9, 29)) == ["Nia", "Olu"]  # roles of no hub, which no manager keeps
    assert due(cast.olu, date(2026, 9, 30)) == ["Joanne", "Nia", "Olu", "Omar", "Priya", "Ruth", "Sam"]


def test_roles_that_are_over_or_to_come_are_not_due(cast):
    role.end(role=held(cast.ruth), on=timezone.localdate(), by=cast.joanne)
    given(cast.sam, timezone.localdate() + timedelta(days=1))
    assert due(cast.joanne) == ["Joanne", "Priya"]
