"""Protecting a child, from the browser's side of the wire."""

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from participants.models import Child
from tests.factories import programmes
from tests.trail import entries

ACTS = ("child-protect", "child-unprotect")


def address(act, pk):
    return reverse(f"participants:{act}", args=[pk])


def is_at_risk(cast, child):
    with scoped(cast.both):
        return Child.objects.get(pk=child.pk).is_at_risk


@pytest.mark.parametrize("who", ["ruth", "joanne"])
def test_protecting_asks_once_says_what_it_does_and_takes_no_reason(client, cast, who):
    child = cast.children[0]
    client.force_login(getattr(cast, who))
    page = client.get(reverse("participants:child", args=[child.pk])).content.decode()
    assert f'href="{address("child-protect", child.pk)}"' in page
    asked = client.get(address("child-protect", child.pk)).content.decode()
    assert "stands on no printed list and no printed register" in asked
    assert ("<textarea" in asked, 'type="text"' in asked) == (False, False)
    assert not is_at_risk(cast, child)
    response = client.post(address("child-protect", child.pk), follow=True)
    assert "This child is protected from now on." in response.content.decode()
    assert is_at_risk(cast, child)


def test_the_protection_is_ended_the_same_way(client, cast):
    child = cast.children[0]
    client.force_login(cast.ruth)
    client.post(address("child-protect", child.pk))
    assert "Be sure that whoever asked" in client.get(address("child-unprotect", child.pk)).content.decode()
    assert is_at_risk(cast, child)
    response = client.post(address("child-unprotect", child.pk), follow=True)
    assert "This child is not protected any more." in response.content.decode()
    assert not is_at_risk(cast, child)


def test_a_child_just_protected_is_gone_from_the_schools_next_page(client, cast):
    child = cast.children[0]
    client.force_login(cast.ruth)
    client.post(address("child-protect", child.pk))
    client.force_login(cast.sam)
    assert cast.children[1].name in client.get("/children/").content.decode()
    assert child.name not in client.get("/children/").content.decode()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["priya", "sam", "nia", "olu", "stranger"])
def test_roles_that_protect_nobody_are_refused(client, cast, who, act):
    client.force_login(getattr(cast, who))
    pk = cast.children[0].pk
    assert (client.get(address(act, pk)).status_code, client.post(address(act, pk)).status_code) == (403, 403)
    assert not is_at_risk(cast, cast.children[0])


@pytest.mark.parametrize("act", ACTS)
def test_a_child_of_the_hub_next_door_is_not_found_whether_there_or_not(client, cast, act):
    client.force_login(cast.omar)
    for pk in (cast.children[0].pk, 999_999_999):
        assert (client.get(address(act, pk)).status_code, client.post(address(act, pk)).status_code) == (404, 404)
    assert not is_at_risk(cast, cast.children[0])
    assert entries(act="child.flagged_at_risk") == []


@pytest.mark.parametrize("act", ACTS)
def test_flagging_in_one_hub_gives_no_right_to_it_in_another(client, cast, act):
    RoleAssignment.objects.create(user=cast.ruth, role="coordinator", programme=cast.leeds)
    cast.leeds_strings.tutors.add(programmes.tutor(cast.leeds, "Ruth Bell", cast.ruth))
    client.force_login(cast.ruth)
    assert client.post(address(act, cast.leeds_children[0].pk)).status_code == 403
    assert not is_at_risk(cast, cast.leeds_children[0])
