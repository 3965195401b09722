"""The people page, inviting, and the page behind an invitation's link."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inharmony.accounts.actions import role as act
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


def names(client, **asked):
    """The people on the page, in its order."""
    html = client.get(reverse("accounts:people"), asked).content.decode()
    return re.findall(r'<a href="/people/\d+/">([^<]+)</a>', html)


def test_the_list_is_searched_by_name_and_address(client, cast):
    client.force_login(cast.olu)
    assert names(client, find="shah") == ["Priya Shah"]
    assert names(client, find="OMAR@hub") == ["Omar Khan"]
    assert names(client, find="nobody at all") == []


def test_the_list_is_narrowed_to_a_role_and_to_a_hub(client, cast):
    client.force_login(cast.olu)
    assert names(client, role="manager") == ["Joanne Carter", "Omar Khan"]
    assert names(client, role="manager", hub=cast.leeds.pk) == ["Omar Khan"]
    assert names(client, hub=cast.leeds.pk) == ["Omar Khan"]


def test_a_manager_is_offered_their_own_roles_and_no_hub(client, cast):
    client.force_login(cast.joanne)
    html = client.get(reverse("accounts:people")).content.decode()
    assert ('value="coordinator"' in html, 'value="operator"' in html, 'name="hub"' in html) == (True, False, False)
    assert names(client, role="operator", hub=cast.leeds.pk) == names(client)


def test_the_list_is_sorted_by_name_and_by_when_people_were_last_in(client, cast):
    client.force_login(cast.joanne)
    for who, day in ((cast.priya, 3), (cast.ruth, 1)):
        User.objects.filter(pk=who.pk).update(last_login=datetime(2026, 5, day, 9, tzinfo=UTC))
    assert names(client) == ["Joanne Carter", "Priya Shah", "Ruth Bell", "Sam Okoro"]
    assert names(client, sort="-name") == ["Sam Okoro", "Ruth Bell", "Priya Shah", "Joanne Carter"]
    assert names(client, sort="seen") == ["Sam Okoro", "Ruth Bell", "Priya Shah", "Joanne Carter"]
    assert names(client, sort="-seen") == ["Joanne Carter", "Priya Shah", "Ruth Bell", "Sam Okoro"]
    assert names(client, sort="password") == names(client)


def test_past_people_come_on_request_only(client, cast):
    client.force_login(cast.joanne)
    act.end(role=RoleAssignment.objects.get(user=cast.ruth), on=timezone.localdate(), by=cast.joanne)
    assert "Ruth Bell" not in names(client)
    assert names(client, who="past") == ["Ruth Bell"]
    assert names(client, who="past", role="coordinator") == []
    client.force_login(cast.olu)
    assert names(client, who="past") == ["Ruth Bell", "Stranger"]


def test_somebody_who_left_for_the_next_hub_is_a_past_person_here_and_shows_no_role_of_there(client, cast):
    act.grant(role=RoleAssignment(user=cast.ruth, role="manager", programme=cast.leeds), by=cast.olu)
    act.end(
        role=RoleAssignment.objects.get(user=cast.ruth, role="administrator"), on=timezone.localdate(), by=cast.joanne
    )
    client.force_login(cast.joanne)
    assert (names(client, who="past"), "Ruth Bell" in names(client)) == (["Ruth Bell"], False)
    html = client.get(reverse("accounts:people"), {"who": "past"}).content.decode()
    assert ("Hub administrator, Liverpool" in html, "Leeds" in html) == (True, False)


def test_the_list_asks_the_database_as_often_for_three_as_for_one(client, cast):
    client.force_login(cast.omar)
    asked_for = []
    for number in range(3):
        person(f"New{number} Person", "coordinator", programme=cast.leeds)
        if number != 1:
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("accounts:people"))
            asked_for.append(len(queries))
    assert asked_for == [asked_for[0]] * 2


def test_a_page_holds_fifty_people(client, cast):
    for number in range(60):
        person(f"Zoe{number:02} Person", "coordinator", programme=cast.liverpool)
    client.force_login(cast.joanne)
    assert (len(names(client)), len(names(client, page=2))) == (50, 14)
    html = client.get(reverse("accounts:people"), {"find": "Person", "page": 2}).content.decode()
    assert "People 51 to 60 of 60" in html
    assert "find=Person" in html


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
    assert client.cookies["sessionid"]["max-age"] == ""
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


def test_inviting_the_lead_of_a_school_of_two_hubs_says_whom_to_ask(client, cast):
    Partnership.objects.create(programme=cast.leeds, school=cast.marigold, starts_on="2024-09-01")
    client.force_login(cast.joanne)
    wanted = asked(cast, role="school_lead", programme="", school=cast.marigold.pk)
    response = client.post(reverse("accounts:invite"), wanted)
    assert (response.status_code, Invitation.objects.count()) == (422, 0)
    assert "ask the operator, Olu Grant, olu@hub.example" in response.content.decode()


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
