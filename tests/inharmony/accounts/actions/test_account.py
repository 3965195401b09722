"""Shutting an account and opening it again."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from inharmony.accounts.actions import account, role
from inharmony.accounts.models import Deactivation, RoleAssignment, User
from inharmony.accounts.validators import account as refusals
from inharmony.accounts.validators.role import BeyondReachError, LastManagerError, LastOperatorError
from tests.factories import programmes
from tests.people import person, signed_in
from tests.trail import entries, entry


def state(user):
    return User.objects.get(pk=user.pk).is_active


def give(user, name, *, by, **of):
    return role.grant(role=RoleAssignment(user=user, role=name, **of), by=by)


def refused(refusal, words, act, *, of, by):
    """The act is refused by that name, and leaves nothing behind."""
    before = (state(of), list(Deactivation.objects.values()), len(entries()))
    with pytest.raises(refusal, match=words):
        act(person=of, by=by)
    assert (state(of), list(Deactivation.objects.values()), len(entries())) == before


def test_deactivate_signs_out_at_once_lets_nobody_in_and_is_in_the_trail(cast, client):
    cache.clear()
    EmailAddress.objects.create(user=cast.priya, email=cast.priya.email, verified=True, primary=True)
    is_in = signed_in(client, cast.priya)
    assert is_in()
    account.deactivate(person=cast.priya, by=cast.joanne)
    assert (is_in(), state(cast.priya)) == (False, False)
    client.post("/sign-in/", {"login": cast.priya.email, "password": "three words apart"})
    assert client.get("/account/").status_code == 302
    event = entry(act="person.deactivated")
    assert (event.actor_id, event.programme_id, event.subject_id) == (cast.joanne.pk, cast.liverpool.pk, cast.priya.pk)
    assert event.details == {"reason": "by_hand"}


def test_deactivate_leaves_the_roles_and_reactivate_gives_them_back(cast):
    account.deactivate(person=cast.priya, by=cast.joanne)
    account.reactivate(person=cast.priya, by=cast.olu)
    assert (state(cast.priya), cast.priya.reach.titles()) == (True, ["Coordinator"])
    shut = Deactivation.objects.get()
    assert (shut.deactivated_by, shut.reactivated_by) == (cast.joanne, cast.olu)
    assert entry(act="person.reactivated").programme_id == cast.liverpool.pk


def test_a_session_of_before_is_not_back_with_the_account(cast, client):
    is_in = signed_in(client, cast.priya)
    account.deactivate(person=cast.priya, by=cast.joanne)
    account.reactivate(person=cast.priya, by=cast.olu)
    assert not is_in()


def test_deactivate_stands_in_the_trail_of_every_hub_the_person_works_for(cast):
    give(cast.priya, "administrator", programme=cast.leeds, by=cast.olu)
    account.deactivate(person=cast.priya, by=cast.olu)
    assert {event.programme_id for event in entries(act="person.deactivated")} == {cast.liverpool.pk, cast.leeds.pk}
    account.deactivate(person=cast.stranger, by=cast.olu)
    assert entries(act="person.deactivated")[-1].programme_id is None


def test_a_manager_deactivates_the_people_of_their_own_hub_and_the_leads_of_its_own_schools(cast):
    for somebody in (cast.priya, cast.ruth, cast.sam):
        account.deactivate(person=somebody, by=cast.joanne)
        assert not state(somebody)


def test_a_manager_does_not_deactivate_who_works_elsewhere_too(cast):
    give(cast.priya, "coordinator", programme=cast.leeds, by=cast.olu)
    refused(refusals.WorksElsewhereError, "Olu Grant", account.deactivate, of=cast.priya, by=cast.joanne)
    give(cast.ruth, "national", by=cast.olu)
    refused(refusals.WorksElsewhereError, "one elsewhere", account.deactivate, of=cast.ruth, by=cast.joanne)


def test_a_role_to_come_elsewhere_counts_as_well(cast):
    give(
        cast.priya, "coordinator", programme=cast.leeds, starts_on=timezone.localdate() + timedelta(days=9), by=cast.olu
    )
    refused(refusals.WorksElsewhereError, "elsewhere", account.deactivate, of=cast.priya, by=cast.joanne)


def test_a_role_that_is_over_elsewhere_does_not_count(cast):
    elsewhere = give(cast.priya, "coordinator", programme=cast.leeds, by=cast.olu)
    role.end(role=elsewhere, on=timezone.localdate(), by=cast.olu)
    account.deactivate(person=cast.priya, by=cast.joanne)
    assert not state(cast.priya)


def test_a_manager_does_not_deactivate_the_lead_of_a_school_of_two_hubs(cast):
    programmes.partner(cast.leeds, cast.saltwharf)
    for manager in (cast.joanne, cast.omar):
        refused(refusals.WorksElsewhereError, "elsewhere", account.deactivate, of=cast.sam, by=manager)
    account.deactivate(person=cast.sam, by=cast.olu)
    assert not state(cast.sam)


def test_a_manager_does_not_deactivate_who_has_no_role_of_theirs_any_more(cast):
    role.end(role=RoleAssignment.objects.get(user=cast.priya), on=timezone.localdate(), by=cast.joanne)
    refused(
        refusals.WorksElsewhereError, "no role of your hubs any more", account.deactivate, of=cast.priya, by=cast.joanne
    )


def test_nobody_beyond_ones_reach_is_deactivated(cast):
    for somebody in (cast.omar, cast.nia, cast.olu, cast.stranger):
        refused(BeyondReachError, "not among the people", account.deactivate, of=somebody, by=cast.joanne)


def test_nobody_deactivates_themselves(cast):
    for who in (cast.joanne, cast.olu):
        refused(refusals.OwnAccountError, "their own account", account.deactivate, of=who, by=who)


def test_the_last_who_can_sign_in_stays(cast):
    ines = person("Ines Moor", "operator")
    User.objects.filter(pk=cast.olu.pk).update(is_active=False)
    refused(LastOperatorError, "last operator", account.deactivate, of=ines, by=cast.olu)
    cleo = person("Cleo Vane", "manager", programme=cast.liverpool)
    User.objects.filter(pk=cast.joanne.pk).update(is_active=False)
    refused(LastManagerError, "last manager of Liverpool", account.deactivate, of=cleo, by=cast.joanne)
    account.deactivate(person=cleo, by=ines)
    assert not state(cleo)


def test_only_the_operator_opens_an_account_again(cast):
    account.deactivate(person=cast.priya, by=cast.joanne)
    refused(BeyondReachError, "Only the operator", account.reactivate, of=cast.priya, by=cast.joanne)


def test_twice_is_refused(cast):
    refused(refusals.SuchAlreadyError, "is open", account.reactivate, of=cast.priya, by=cast.olu)
    account.deactivate(person=cast.priya, by=cast.joanne)
    refused(refusals.SuchAlreadyError, "deactivated already", account.deactivate, of=cast.priya, by=cast.joanne)
    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        Deactivation.objects.create(user=cast.priya, deactivated_by=cast.joanne)
