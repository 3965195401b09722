"""The page on which roles are confirmed once a year, or ended."""

import re

import pytest
from django.urls import reverse

from inharmony.access.gates import gate_of
from inharmony.accounts.models import Certification, RoleAssignment
from inharmony.accounts.views import certification

PAGE = "/people/access/"


@pytest.fixture
def joanne(client, cast):
    client.force_login(cast.joanne)
    return client


def held(user):
    return RoleAssignment.objects.get(user=user)


def confirmed():
    return sorted(Certification.objects.values_list("role__user__name", flat=True))


def confirm(client, **sent):
    return client.post(reverse("accounts:access-confirm"), sent, follow=True).content.decode()


def end(client, **sent):
    return client.post(reverse("accounts:access-end"), sent, follow=True).content.decode()


def test_both_acts_ask_for_a_fresh_proof_of_who_it_is():
    assert [gate_of(view).fresh for view in (certification.confirm, certification.end)] == [True, True]


def test_the_page_lists_what_is_due_and_ones_own_without_a_tick(joanne, cast):
    html = joanne.get(PAGE).content.decode()
    assert re.findall(r'name="role" value="(\d+)"', html) == [
        str(held(each).pk) for each in (cast.priya, cast.ruth, cast.sam)
    ]
    assert ("Your own: somebody else confirms it" in html, "Omar Khan" in html) == (True, False)


def test_several_ticked_are_confirmed_with_one_press(joanne, cast):
    html = confirm(joanne, role=[held(cast.priya).pk, held(cast.ruth).pk])
    assert "2 roles confirmed: Priya Shah, Ruth Bell." in html
    assert confirmed() == ["Priya Shah", "Ruth Bell"]


def test_one_is_confirmed_with_one_press_whatever_is_ticked(joanne, cast):
    confirm(joanne, role=[held(cast.priya).pk], only=held(cast.ruth).pk)
    assert confirmed() == ["Ruth Bell"]


def test_one_is_ended_with_one_press_at_once(joanne, cast):
    html = end(joanne, role=[held(cast.priya).pk], only=held(cast.ruth).pk)
    assert "Ruth Bell: Hub administrator, Liverpool has ended" in html
    assert list(RoleAssignment.objects.not_over().filter(user__in=[cast.ruth, cast.priya])) == [held(cast.priya)]


def test_nothing_ticked_is_said(joanne, cast):
    assert "Nobody was ticked" in confirm(joanne)
    assert confirmed() == []


def test_ones_own_is_refused_in_words(joanne, cast):
    assert "Nobody confirms their own role" in confirm(joanne, only=held(cast.joanne).pk)
    assert "Nobody ends their own role" in end(joanne, only=held(cast.joanne).pk)
    assert (confirmed(), held(cast.joanne).ends_on) == ([], None)


@pytest.mark.parametrize("address", ["accounts:access-confirm", "accounts:access-end"])
def test_foreign_absent_and_senseless_roles_are_not_found_alike(joanne, cast, address):
    for key in (held(cast.omar).pk, 999_999, "x", "9" * 30, "²"):
        assert joanne.post(reverse(address), {"only": key}).status_code == 404
    both = {"role": [held(cast.priya).pk, held(cast.omar).pk]}
    assert joanne.post(reverse("accounts:access-confirm"), both).status_code == 404
    assert (confirmed(), held(cast.omar).ends_on) == ([], None)


def test_acts_are_posted(joanne, cast):
    assert joanne.get(reverse("accounts:access-confirm")).status_code == 405
    assert joanne.get(reverse("accounts:access-end")).status_code == 405


def test_the_list_of_people_tells_how_many_are_due(joanne, cast):
    assert "4 roles wait to be confirmed" in joanne.get("/people/").content.decode()
    Certification.objects.bulk_create(
        Certification(role=each, certified_by=cast.olu) for each in RoleAssignment.objects.all()
    )
    assert "Every role was looked at in the last year" in joanne.get("/people/").content.decode()
    assert "Nothing to confirm" in joanne.get(PAGE).content.decode()
