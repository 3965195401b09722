"""Signing in with a password, and the way back for a lost one."""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache

from inharmony.accounts.sessions import end_sessions
from tests.clients import SignedInClient
from tests.people import person
from tests.second_factors import enrol, shown, sign_in
from tests.trail import entries


@pytest.fixture
def priya(cast):
    cache.clear()
    EmailAddress.objects.create(user=cast.priya, email=cast.priya.email, verified=True, primary=True)
    enrol(cast.priya)
    return cast.priya


def test_sign_in_leads_to_the_work_of_today(client, priya):
    assert sign_in(client, priya)["Location"] == "/"
    page = client.get("/", follow=True)
    assert page.redirect_chain[-1][0] == "/today/"
    assert "Year 4 Strings" in page.content.decode()


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


def test_the_link_of_the_mail_leads_to_the_portal_whatever_host_was_sent(client, priya, mailoutbox):
    client.post("/password/reset/", {"email": priya.email}, HTTP_HOST="localhost:6666")
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/" in word)
    assert link.startswith(f"{settings.PORTAL_URL}/password/reset/")
    assert "6666" not in link


def test_asking_for_an_unknown_address_looks_the_same(client, priya, mailoutbox):
    known = client.post("/password/reset/", {"email": priya.email}, follow=True)
    unknown = client.post("/password/reset/", {"email": "nobody@hub.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert "Priya" not in mailoutbox[1].body


def test_nobody_at_a_screen_left_alone_gives_an_account_its_first_password(client, priya):
    """Whoever signs in with an account of their school has none: it would be the proof that opens everything else."""
    priya.set_unusable_password()
    priya.save()
    client.force_login(priya, ago=600)
    new = {"password1": "four other words here", "password2": "four other words here"}
    assert client.post("/account/password/set/", new)["Location"].startswith("/account/reauthenticate/")
    priya.refresh_from_db()
    assert not priya.has_usable_password()


def wrong(client, person, number, **headers):
    return client.post("/sign-in/", {"login": person.email, "password": f"wrong words {number}"}, **headers)


def test_after_eight_wrong_tries_an_account_waits_five_minutes_whatever_is_typed(client, priya):
    for number in range(8):
        assert "are not correct" in wrong(client, priya, number).content.decode()
    right = client.post("/sign-in/", {"login": priya.email, "password": "three words apart"})
    assert right.status_code == 200
    assert "Wait five minutes" in right.content.decode()


def test_a_forged_address_of_a_proxy_gives_no_further_try(client, priya):
    for number in range(8):
        wrong(client, priya, number, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}", HTTP_FORWARDED=f"for=10.0.0.{number}")
    again = wrong(client, priya, 9, HTTP_X_FORWARDED_FOR="10.0.0.99")
    assert "Wait five minutes" in again.content.decode()


def test_another_port_or_capitals_in_the_host_give_no_further_try(client, priya):
    for number in range(8):
        wrong(client, priya, number, HTTP_HOST=f"localhost:{number + 1}" if number % 2 else "LocalHost")
    again = wrong(client, priya, 9, HTTP_HOST="LOCALHOST:99")
    assert "Wait five minutes" in again.content.decode()


def test_thirty_people_of_one_school_sign_in_at_nine(cast, db):
    cache.clear()
    for number in range(30):
        tutor = person(f"Tutor{number} Hall", "coordinator", programme=cast.liverpool)
        EmailAddress.objects.create(user=tutor, email=tutor.email, verified=True, primary=True)
        enrol(tutor)
        browser = SignedInClient(REMOTE_ADDR="203.0.113.7")
        wrong(browser, tutor, 0)
        assert sign_in(browser, tutor)["Location"] == "/"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_outside(client, priya, elsewhere):
    assert sign_in(client, priya, next=elsewhere)["Location"] == "/"


def test_somebody_switched_off_is_out_at_the_next_page(client, priya):
    sign_in(client, priya)
    assert client.get("/today/").status_code == 200
    priya.is_active = False
    priya.save()
    assert client.get("/today/")["Location"].startswith("/sign-in/")


def changed_password(person):
    person.set_password("four other words here")
    person.save()


def shut(person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize("meanwhile", [changed_password, shut, end_sessions])
def test_what_ends_all_sessions_ends_a_sign_in_that_is_half_done(client, priya, meanwhile):
    """Whoever came as far as the second step with a stolen password does not come further once its owner knows."""
    client.post("/sign-in/", {"login": priya.email, "password": "three words apart"})
    meanwhile(priya)
    answer = client.post("/sign-in/second-step/", {"code": shown()})
    assert answer["Location"] == "/sign-in/"
    assert "changed while you signed in" in client.get("/sign-in/").content.decode()
    assert client.get("/today/")["Location"].startswith("/sign-in/")
    assert [each.subject_id for each in entries(act="person.sign_in_refused")] == [priya.pk]
    assert entries(act="person.signed_in") == []
