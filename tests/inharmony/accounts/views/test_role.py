"""The forms that give, change and end a role."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.gates import gate_of
from inharmony.access.roles import ROLES
from inharmony.accounts.models import RoleAssignment
from inharmony.accounts.views import people, role
from tests.people import person


@pytest.fixture
def joanne(client, cast):
    client.force_login(cast.joanne)
    return client


def held(user):
    return sorted(RoleAssignment.objects.current().filter(user=user).values_list("role", flat=True))


def address(act, pk):
    return reverse(f"accounts:role-{act}", args=[pk])


def test_acts_on_roles_ask_for_a_fresh_proof_of_who_it_is():
    assert [gate_of(view).fresh for view in (role.grant, role.change, role.end, people.invite)] == [True] * 4


def test_the_form_offers_each_role_with_its_sentence(joanne, cast):
    html = joanne.get(address("grant", cast.priya.pk)).content.decode()
    offered = {name for name, each in ROLES.items() if f"<b>{each.title}</b><br>{each.description}" in html}
    assert offered == {"coordinator", "administrator", "manager", "school_lead"}


def test_giving_a_role_leads_back_to_the_person(joanne, cast):
    sent = {"role": "administrator", "programme": cast.liverpool.pk, "starts_on": timezone.localdate()}
    response = joanne.post(address("grant", cast.priya.pk), sent, follow=True)
    assert response.redirect_chain[-1][0] == reverse("accounts:person", args=[cast.priya.pk])
    assert "Priya Shah: Hub administrator, Liverpool, from now." in response.content.decode()
    assert held(cast.priya) == ["administrator", "coordinator"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"programme": ""}, "Choose the hub this hub administrator works for"),
        ({"role": "school_lead"}, "Choose the school this person leads"),
        ({"role": "operator"}, "Select a valid choice"),
        ({"role": "coordinator"}, "holds the role Coordinator, Liverpool at that time already"),
        ({"starts_on": "2020-01-01"}, "begins today or later"),
        ({"starts_on": ""}, "First day is missing"),
    ],
)
def test_what_cannot_be_given_is_said_and_changes_nothing(joanne, cast, changes, words):
    sent = {"role": "administrator", "programme": cast.liverpool.pk, "starts_on": timezone.localdate()} | changes
    response = joanne.post(address("grant", cast.priya.pk), sent)
    assert (response.status_code, held(cast.priya)) == (422, ["coordinator"])
    assert words in response.content.decode()


def test_foreign_and_absent_people_and_roles_are_not_found_alike(joanne, cast):
    foreign = RoleAssignment.objects.get(user=cast.omar)
    paths = [
        address("grant", cast.omar.pk),
        address("grant", 999_999),
        *(address(act, pk) for act in ("change", "end") for pk in (foreign.pk, 999_999)),
    ]
    sent = {"role": "administrator", "programme": cast.liverpool.pk, "when": "now", "starts_on": timezone.localdate()}
    assert {joanne.get(path).status_code for path in paths} == {404}
    assert {joanne.post(path, sent).status_code for path in paths} == {404}
    assert held(cast.omar) == ["manager"]


def test_changing_a_role_begins_with_what_is_held_and_leads_back(joanne, cast):
    now = RoleAssignment.objects.get(user=cast.priya)
    html = joanne.get(address("change", now.pk)).content.decode()
    (chosen,) = re.findall(r'<input type="radio"[^>]*checked[^>]*>', html)
    assert 'value="coordinator"' in chosen
    response = joanne.post(address("change", now.pk), {"role": "manager", "programme": cast.liverpool.pk}, follow=True)
    assert "Priya Shah is Hub manager, Liverpool now, and was signed out everywhere." in response.content.decode()
    assert held(cast.priya) == ["manager"]


def test_changing_into_the_same_is_refused(joanne, cast):
    now = RoleAssignment.objects.get(user=cast.priya)
    response = joanne.post(address("change", now.pk), {"role": "coordinator", "programme": cast.liverpool.pk})
    assert (response.status_code, "Choose another" in response.content.decode()) == (422, True)


def test_ending_asks_once_and_ends(joanne, cast):
    now = RoleAssignment.objects.get(user=cast.priya)
    page = joanne.get(address("end", now.pk)).content.decode()
    assert ("End this role?" in page, "Coordinator, Liverpool" in page, held(cast.priya)) == (
        True,
        True,
        ["coordinator"],
    )
    response = joanne.post(address("end", now.pk), {"when": "now"}, follow=True)
    assert "has ended; they were signed out everywhere" in response.content.decode()
    assert held(cast.priya) == []


def test_ending_with_a_last_day_names_it(joanne, cast):
    now = RoleAssignment.objects.get(user=cast.priya)
    assert joanne.post(address("end", now.pk), {"when": "later"}).status_code == 422
    day = timezone.localdate() + timedelta(days=10)
    response = joanne.post(address("end", now.pk), {"when": "later", "last_day": day}, follow=True)
    assert f"ends on {day.day} {day:%B %Y}" in response.content.decode()
    assert held(cast.priya) == ["coordinator"]


def test_a_last_day_may_be_the_last_there_is(joanne, cast):
    now = cast.priya.role_assignments.get()
    assert joanne.post(address("end", now.pk), {"when": "later", "last_day": "9999-12-31"}).status_code == 302
    now.refresh_from_db()
    assert now.ends_on == date.max


def test_a_refusal_to_end_is_said_on_the_page(joanne, cast):
    own = RoleAssignment.objects.get(user=cast.joanne)
    response = joanne.post(address("end", own.pk), {"when": "now"})
    assert (response.status_code, held(cast.joanne)) == (422, ["manager"])
    assert "Nobody ends their own role as hub manager" in response.content.decode()


def test_a_role_that_is_over_has_no_page(joanne, cast):
    over = RoleAssignment.objects.get(user=cast.priya)
    joanne.post(address("end", over.pk), {"when": "now"})
    assert joanne.get(address("end", over.pk)).status_code == 404


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "nia", "stranger"])
def test_who_keeps_nobody_gives_nothing(client, cast, who):
    client.force_login(getattr(cast, who))
    new = person("Noor New")
    sent = {"role": "manager", "programme": cast.liverpool.pk, "starts_on": timezone.localdate()}
    assert (client.post(address("grant", new.pk), sent).status_code, held(new)) == (403, [])
