"""The pages that shut an account and open it again."""

import pytest
from django.urls import reverse

from inharmony.access.gates import gate_of
from inharmony.accounts.actions import account as acts
from inharmony.accounts.models import RoleAssignment, User
from inharmony.accounts.views import account


def address(act, person):
    return reverse(f"accounts:person-{act}", args=[person.pk])


def state(person):
    return User.objects.get(pk=person.pk).is_active


def test_both_ask_for_a_fresh_proof_of_who_it_is():
    assert [gate_of(view).fresh for view in (account.deactivate, account.reactivate)] == [True, True]


def test_deactivating_asks_once_and_is_shown_on_the_persons_page(client, cast):
    client.force_login(cast.joanne)
    assert "Deactivate the account of Priya Shah?" in client.get(address("deactivate", cast.priya)).content.decode()
    assert state(cast.priya)
    page = client.post(address("deactivate", cast.priya), follow=True).content.decode()
    assert ("is deactivated, and they were signed out everywhere" in page, "by Joanne Carter" in page) == (True, True)
    assert ("Open the account again" in page, "Deactivate the account" in page, "Give a role" in page) == (False,) * 3
    assert not state(cast.priya)


def test_the_operator_opens_it_again(client, cast):
    acts.deactivate(person=cast.priya, by=cast.joanne)
    client.force_login(cast.olu)
    assert "Open the account again" in client.get(reverse("accounts:person", args=[cast.priya.pk])).content.decode()
    client.get(address("reactivate", cast.priya))
    assert not state(cast.priya)
    assert "is open again" in client.post(address("reactivate", cast.priya), follow=True).content.decode()
    assert state(cast.priya)


def test_a_manager_cannot_open_it_again(client, cast):
    acts.deactivate(person=cast.priya, by=cast.joanne)
    client.force_login(cast.joanne)
    response = client.post(address("reactivate", cast.priya))
    assert (response.status_code, state(cast.priya)) == (403, False)
    assert "Only the operator opens an account again: ask Olu Grant" in response.content.decode()


def test_a_refusal_is_said_on_the_page(client, cast):
    RoleAssignment.objects.create(user=cast.priya, role="coordinator", programme=cast.leeds)
    client.force_login(cast.joanne)
    assert "Deactivate" not in client.get(reverse("accounts:person", args=[cast.priya.pk])).content.decode()
    response = client.post(address("deactivate", cast.priya))
    assert (response.status_code, state(cast.priya)) == (422, True)
    assert "one elsewhere too" in response.content.decode()


@pytest.mark.parametrize("act", ["deactivate", "reactivate"])
def test_foreign_and_absent_people_are_not_found_alike(client, cast, act):
    client.force_login(cast.joanne)
    for path in (address(act, cast.omar), reverse(f"accounts:person-{act}", args=[999_999])):
        assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]
    assert state(cast.omar)
