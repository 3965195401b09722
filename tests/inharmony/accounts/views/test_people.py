"""The people page, inviting, and the page behind an invitation's link."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.models import Invitation, RoleAssignment, User
from programmes.models import Partnership
from tests.people import person


def asked(cast, **changes):
    return {"name": "New", "email": "new@hub.example", "role": "coordinator", "programme": cast.liverpool.pk} | changes


def test_a_manager_sees_the_people_of_their_own_hub(client, cast):
    client.force_login(cast.joanne)
    html = client.get(reverse("accounts:people")).content.decode()
    assert ("Priya Shah" in html, "Sam Okoro" in html, "Omar Khan" in html) == (True, True, False)


def test_an_operator_sees_everybody_with_a_role(client, cast):
    client.force_login(cast.olu)
    html = client.get(reverse("accounts:people")).content.decode()
    assert ("Priya Shah" in html, "Omar Khan" in html) == (True, True)


def test_invite_to_accept_is_one_story(client, cast, mailoutbox, django_capture_on_commit_callbacks):
    client.force_login(cast.joanne)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("accounts:invite"), asked(cast), follow=True)
    assert "The invitation to new@hub.example is on its way" in response.content.decode()
    link = next(word for word in mailoutbox[0].body.split() if "/invitation/" in word)
    client.logout()
    path = "/" + link.split("/", 3)[3]
    assert "Joanne Carter invites you" in client.get(path).content.decode()
    short = client.post(path, {"name": "Noor", "password": "short"})
    assert (short.status_code, User.objects.filter(email="new@hub.example").exists()) == (422, False)
    assert client.post(path, {"name": "Noor", "password": "three words apart"}).status_code == 302
    assert User.objects.get(email="new@hub.example").name == "Noor"
    assert client.get(path).status_code == 410


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"programme": ""}, "Choose the hub this coordinator works for"),
        ({"role": "school_lead", "programme": ""}, "Choose the school this person leads"),
        ({"role": "national"}, "Select a valid choice"),
        ({"email": "priya@hub.example"}, "has an account already"),
    ],
)
def test_what_a_manager_may_not_give_is_refused_at_its_field(client, cast, changes, words):
    client.force_login(cast.joanne)
    response = client.post(reverse("accounts:invite"), asked(cast, **changes))
    assert (response.status_code, Invitation.objects.count()) == (422, 0)
    assert words in response.content.decode()


def test_a_manager_cannot_invite_into_the_hub_next_door(client, cast):
    client.force_login(cast.joanne)
    response = client.post(reverse("accounts:invite"), asked(cast, programme=cast.leeds.pk))
    assert (response.status_code, Invitation.objects.count()) == (422, 0)


def test_a_manager_appoints_no_lead_of_a_school_that_left_for_another_hub(client, cast):
    """The lead of Kirkfold sees the children Leeds has there."""
    Partnership.objects.create(
        programme=cast.liverpool, school=cast.kirkfold, starts_on="2010-09-01", ends_on="2012-08-31"
    )
    lead = person("Lena Hall", "school_lead", school=cast.kirkfold)
    client.force_login(cast.joanne)
    asked_for = asked(cast, role="school_lead", programme="", school=cast.kirkfold.pk)
    assert client.post(reverse("accounts:invite"), asked_for).status_code == 422
    assert not Invitation.objects.exists()
    assert lead.name not in client.get(reverse("accounts:people")).content.decode()


def test_an_invitation_to_somebody_who_joined_meanwhile_is_refused_in_words(client, cast):
    waiting = Invitation.objects.create(
        email=cast.priya.email,
        name="Priya",
        role="manager",
        programme=cast.leeds,
        secret_hash=hashlib.sha256(b"secret").hexdigest(),
        invited_by=cast.omar,
        expires_at=timezone.now() + timedelta(days=1),
    )
    response = client.post("/invitation/secret/", {"name": "Priya", "password": "three words apart"})
    assert (response.status_code, "has an account already" in response.content.decode()) == (422, True)
    assert not RoleAssignment.objects.filter(user=cast.priya, programme=waiting.programme).exists()


def test_the_page_behind_a_link_is_not_stored_and_opens_whoever_is_signed_in(client, cast):
    for somebody in (None, cast.nia, cast.joanne):
        if somebody:
            client.force_login(somebody)
        page = client.get("/invitation/nothing/")
        assert (page.status_code, "no-store" in page["Cache-Control"]) == (410, True)


def test_national_staff_who_also_operate_the_portal_see_everybody(client, cast):
    RoleAssignment.objects.create(user=cast.nia, role="operator")
    client.force_login(cast.nia)
    assert "Omar Khan" in client.get(reverse("accounts:people")).content.decode()
    assert client.get(reverse("evaluation:national")).status_code == 200
