"""The pages of signing in, in the portal's own words."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache

from tests.second_factors import enrol, sign_in

PASSWORD = "three words apart"


@pytest.fixture
def priya(cast):
    """Priya, who came by an invitation (the link in it proved her address) and set up an app."""
    cache.clear()
    EmailAddress.objects.create(user=cast.priya, email=cast.priya.email, verified=True, primary=True)
    enrol(cast.priya)
    return cast.priya


def test_signing_in_leads_to_the_work_of_today(priya, client):
    assert sign_in(client, priya)["Location"] == "/"
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/today/"


def test_a_wrong_password_is_said_without_saying_which_was_wrong(priya, client):
    page = client.post("/sign-in/", {"login": priya.email, "password": "wrong"}).content.decode()
    unknown = client.post("/sign-in/", {"login": "nobody@hub.example", "password": "wrong"}).content.decode()
    said = re.compile(r'<div class="error-summary".*?</div>', re.DOTALL)
    assert "You are not signed in: 1 thing to mend" in page
    assert said.search(page).group() == said.search(unknown).group()


def test_what_is_missing_is_named_at_its_field(priya, client):
    page = client.post("/sign-in/", {"login": "", "password": ""}).content.decode()
    assert "<title>Error: Sign in - In Harmony</title>" in re.sub(r"\s*\n\s*", "", page)
    assert "Password is missing." in page
    assert 'href="#id_password"' in page


def test_nobody_can_open_an_account_for_themselves(client, db):
    assert "Accounts are by invitation" in client.get("/sign-up/").content.decode()


def test_a_forgotten_password_is_set_anew_through_the_link_in_a_mail(priya, client):
    client.post("/password/reset/", {"email": priya.email})
    (letter,) = mail.outbox
    assert letter.subject == "Set a new password for In Harmony"
    assert letter.body.startswith("Hello Priya Shah,")
    link = re.search(r"https?://[^/]+(/\S+)", letter.body).group(1)
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    address = form.redirect_chain[-1][0]
    weak = client.post(address, {"password1": "short", "password2": "short"}).content.decode()
    assert "The password is not set" in weak
    done = client.post(address, {"password1": "four other words now", "password2": "four other words now"}, follow=True)
    assert "Your new password is set" in done.content.decode()
    assert sign_in(client, priya, "four other words now")["Location"] == "/"
    assert mail.outbox[-1].subject == "Your In Harmony password was set anew"
    again = client.get(link, follow=True).content.decode()
    assert "The link no longer works" in again


def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_how_accounts_begin(priya, client):
    known = client.post("/password/reset/", {"email": priya.email}, follow=True).content
    unknown = client.post("/password/reset/", {"email": "nobody@hub.example"}, follow=True).content
    assert known == unknown
    assert "accounts are by invitation" in mail.outbox[-1].body


def test_a_password_is_changed_and_the_person_is_told_by_mail(priya, client):
    client.force_login(priya)
    wrong = client.post("/account/password/", {"oldpassword": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert "The password is not changed" in wrong.content.decode()
    new = {"oldpassword": PASSWORD, "password1": "four other words now", "password2": "four other words now"}
    client.post("/account/password/", new)
    assert mail.outbox[-1].subject == "Your In Harmony password was changed"
    assert "Was it not you?" in mail.outbox[-1].body


def test_signing_out_asks_first_and_then_says_so(priya, client):
    client.force_login(priya)
    assert "Sign out of In Harmony?" in client.get("/sign-out/").content.decode()
    page = client.post("/sign-out/", follow=True).content.decode()
    assert "You have signed out." in page
    assert client.get("/account/").status_code == 302


def test_a_closed_account_is_told_what_to_do(priya, client):
    type(priya).objects.filter(pk=priya.pk).update(is_active=False)
    page = client.post("/sign-in/", {"login": priya.email, "password": PASSWORD}, follow=True).content.decode()
    assert "This account is closed" in page
