"""Signing in with a password, and the way back for a lost one."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache


@pytest.fixture
def priya(cast):
    cache.clear()
    EmailAddress.objects.create(user=cast.priya, email=cast.priya.email, verified=True, primary=True)
    return cast.priya


def test_sign_in_leads_to_the_work_of_today(client, priya):
    response = client.post("/sign-in/", {"login": priya.email, "password": "three words apart"}, follow=True)
    assert response.redirect_chain[-1][0] == "/today/"
    assert "Year 4 Strings" in response.content.decode()


def test_a_wrong_password_says_so_and_does_not_say_which(client, priya):
    known = client.post("/sign-in/", {"login": priya.email, "password": "wrong words apart"})
    unknown = client.post("/sign-in/", {"login": "nobody@hub.example", "password": "wrong words apart"})
    assert known.status_code == unknown.status_code == 200
    words = "The email address and/or password you specified are not correct"
    assert [words in page.content.decode() for page in (known, unknown)] == [True, True]


def test_there_is_no_sign_up(client, db):
    assert "invitation" in client.get("/sign-up/").content.decode().lower()
    client.post("/sign-up/", {"email": "me@hub.example", "password1": "three words apart"})
    assert not EmailAddress.objects.filter(email="me@hub.example").exists()


def test_a_lost_password_is_replaced_through_the_mail(client, priya, mailoutbox):
    client.post("/password/reset/", {"email": priya.email})
    (mail,) = mailoutbox
    link = next(word for word in mail.body.split() if "/password/reset/" in word)
    form = client.get("/" + link.split("/", 3)[3], follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "four other words here", "password2": "four other words here"})
    assert client.login(username=priya.email, password="four other words here")


def test_asking_for_an_unknown_address_looks_the_same(client, priya, mailoutbox):
    known = client.post("/password/reset/", {"email": priya.email}, follow=True)
    unknown = client.post("/password/reset/", {"email": "nobody@hub.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert "Priya" not in mailoutbox[1].body


def test_too_many_tries_are_answered_with_what_to_do(client, priya):
    tries = [client.post("/sign-in/", {"login": priya.email, "password": f"wrong words {n}"}) for n in range(31)]
    assert [page.status_code for page in tries] == [200] * 30 + [429]
    assert "Wait five minutes" in tries[-1].content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_outside(client, priya, elsewhere):
    asked = {"login": priya.email, "password": "three words apart", "next": elsewhere}
    assert client.post("/sign-in/", asked)["Location"] == "/"


def test_somebody_switched_off_is_out_at_the_next_page(client, priya):
    client.post("/sign-in/", {"login": priya.email, "password": "three words apart"})
    assert client.get("/today/").status_code == 200
    priya.is_active = False
    priya.save()
    assert client.get("/today/")["Location"].startswith("/sign-in/")
