"""Somebody's page: who sees it, and which of their roles."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.actions import role as act
from inharmony.accounts.models import RoleAssignment, User
from programmes.models import Partnership
from tests.people import person


def page(client, by, of):
    client.force_login(by)
    return client.get(reverse("accounts:person", args=[of.pk]))


def html(client, by, of):
    return page(client, by, of).content.decode()


def test_a_manager_sees_the_people_of_their_hub_and_the_leads_of_its_schools(client, cast):
    for somebody in (cast.priya, cast.ruth, cast.joanne, cast.sam):
        assert page(client, cast.joanne, somebody).status_code == 200
    for somebody in (cast.omar, cast.nia, cast.olu, cast.stranger):
        assert page(client, cast.joanne, somebody).status_code == 404
    assert client.get(reverse("accounts:person", args=[999_999])).status_code == 404


def test_the_operator_sees_everybody(client, cast):
    for somebody in (cast.priya, cast.omar, cast.sam, cast.nia, cast.olu, cast.stranger):
        assert page(client, cast.olu, somebody).status_code == 200


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "nia", "stranger"])
def test_who_keeps_nobody_sees_nobody_not_even_themselves(client, cast, who):
    somebody = getattr(cast, who)
    assert page(client, somebody, somebody).status_code == 403


def test_of_somebody_in_two_hubs_each_manager_sees_the_roles_of_their_own(client, cast):
    for name in ("coordinator", "administrator"):
        act.grant(role=RoleAssignment(user=cast.ruth, role=name, programme=cast.leeds), by=cast.olu)
    act.grant(role=RoleAssignment(user=cast.ruth, role="national"), by=cast.olu)
    seen = html(client, cast.joanne, cast.ruth)
    assert ("Hub administrator, Liverpool" in seen, "Leeds" in seen, "Arts Council staff" in seen) == (
        True,
        False,
        False,
    )
    seen = html(client, cast.omar, cast.ruth)
    assert ("Coordinator, Leeds" in seen, "Liverpool" in seen) == (True, False)
    seen = html(client, cast.olu, cast.ruth)
    assert ("Liverpool" in seen, "Leeds" in seen, "Arts Council staff" in seen) == (True, True, True)


def test_the_lead_of_a_school_that_left_for_another_hub_is_theirs(client, cast):
    today = timezone.localdate()
    Partnership.objects.filter(school=cast.saltwharf).update(ends_on=today - timedelta(days=1))
    Partnership.objects.create(programme=cast.leeds, school=cast.saltwharf, starts_on=today)
    assert (page(client, cast.joanne, cast.sam).status_code, page(client, cast.omar, cast.sam).status_code) == (
        404,
        200,
    )


def test_the_page_tells_who_gave_and_who_ended_each_role_and_when(client, cast):
    today = timezone.localdate()
    act.grant(role=RoleAssignment(user=cast.priya, role="administrator", programme=cast.liverpool), by=cast.joanne)
    coming = RoleAssignment(
        user=cast.priya, role="manager", programme=cast.liverpool, starts_on=today + timedelta(days=50)
    )
    act.grant(role=coming, by=cast.olu)
    act.end(role=RoleAssignment.objects.get(user=cast.priya, role="coordinator"), on=today, by=cast.joanne)
    seen = html(client, cast.joanne, cast.priya)
    now, to_come, past = (
        seen.split("Roles now")[1].split("Roles to come")[0],
        *seen.split("Roles to come")[1].split("Roles that are over"),
    )
    assert ("Hub administrator, Liverpool" in now, "Given by Joanne Carter" in now, "manager" in now) == (
        True,
        True,
        False,
    )
    assert ("Hub manager, Liverpool" in to_come, "Given by Olu Grant" in to_come) == (True, True)
    assert ("Coordinator, Liverpool" in past, 'data-label="Ended by">Joanne Carter' in past) == (True, True)


def test_a_role_withdrawn_before_it_began_says_so(client, cast):
    coming = RoleAssignment(
        user=cast.priya,
        role="manager",
        programme=cast.liverpool,
        starts_on=timezone.localdate() + timedelta(days=50),
    )
    act.grant(role=coming, by=cast.olu)
    act.end(role=coming, on=timezone.localdate(), by=cast.olu)
    assert "Withdrawn before it began" in html(client, cast.joanne, cast.priya)


def test_a_coordinator_who_leads_no_ensemble_is_told_apart(client, cast):
    assert "Leads Year 4 Strings" in html(client, cast.joanne, cast.priya)
    new = person("Noor New", "coordinator", programme=cast.liverpool)
    assert "Leads no ensemble yet" in html(client, cast.joanne, new)


def test_when_somebody_was_last_in_is_shown_while_they_are_here(client, cast):
    User.objects.filter(pk=cast.priya.pk).update(last_login=timezone.now())
    assert "Last in" in html(client, cast.joanne, cast.priya)
    act.end(role=RoleAssignment.objects.get(user=cast.priya), on=timezone.localdate(), by=cast.joanne)
    assert "Last in" not in html(client, cast.joanne, cast.priya)
    assert "Last in" in html(client, cast.olu, cast.priya)


def test_ones_own_page_offers_no_way_to_more_or_to_an_end(client, cast):
    for who in (cast.joanne, cast.olu):
        seen = html(client, who, who)
        assert ("Give a role" in seen, ">Change<" in seen, ">End<" in seen) == (False, False, False)
    seen = html(client, cast.joanne, cast.priya)
    assert ("Give a role" in seen, ">Change<" in seen, ">End<" in seen) == (True, True, True)
