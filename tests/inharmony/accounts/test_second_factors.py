"""A password alone opens nothing: setting up a second factor, using it, losing it."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from tests.second_factors import SECRET, enrol, shown, sign_in
from tests.trail import entries, entry

PASSWORD = "three words apart"
HOME = "/account/second-factor/"


@pytest.fixture
def priya(cast):
    cache.clear()
    EmailAddress.objects.create(user=cast.priya, email=cast.priya.email, verified=True, primary=True)
    return cast.priya


@pytest.fixture
def newcomer(client, priya):
    """Signed in with the password, and nothing else yet."""
    client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    return priya


def secret_on(page) -> str:
    return re.search(r'<code class="secret">(\w+)</code>', page.content.decode()).group(1)


def test_who_has_a_password_only_is_led_to_setting_up_a_second_factor_and_then_on(client, newcomer):
    answer = client.get("/today/?x=1")
    assert answer["Location"] == f"{HOME}?next=/today/%3Fx%3D1"
    assert "Set up your second factor" in client.get(HOME).content.decode()


def test_an_app_is_set_up_with_a_code_and_the_session_goes_on_with_recovery_codes(committed_cast, client):
    client.force_login(committed_cast.priya, second_factor=False)
    client.prove(committed_cast.priya, "password")
    secret = secret_on(client.get(f"{HOME}app/"))
    assert client.get("/today/").status_code == 302
    assert client.post(f"{HOME}app/", {"code": shown(secret)})["Location"] == f"{HOME}codes/"
    codes = re.findall(r"<li><code>(\d{8})</code></li>", client.get(f"{HOME}codes/").content.decode())
    assert len(set(codes)) == 10
    assert client.get("/today/").status_code == 200
    assert mail.outbox[-1].subject == "An authenticator app was set up"
    assert sorted(each.details["kind"] for each in entries(act="second_factor.added")) == ["recovery_codes", "totp"]


def test_a_wrong_code_sets_nothing_up_and_says_what_to_do(client, newcomer):
    secret_on(client.get(f"{HOME}app/"))
    page = client.post(f"{HOME}app/", {"code": "000000"}).content.decode()
    assert "Codes change every 30 seconds" in page
    assert not Authenticator.objects.filter(user=newcomer).exists()
    assert client.get("/today/").status_code == 302


def test_the_password_leads_to_the_second_step_and_nowhere_else(client, priya):
    enrol(priya)
    answer = client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    assert answer["Location"].startswith("/sign-in/second-step/")
    assert client.get("/today/")["Location"].startswith("/sign-in/")
    page = client.post("/sign-in/second-step/", {"code": "000000"})
    assert "Codes change every 30 seconds" in page.content.decode()
    assert client.get("/today/")["Location"].startswith("/sign-in/")
    assert entry(act="second_factor.refused").subject_id == priya.pk


def test_a_code_is_good_once(client, priya):
    enrol(priya)
    code = shown()
    client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    assert client.post("/sign-in/second-step/", {"code": code}).status_code == 302
    client.post("/sign-out/")
    client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    assert client.post("/sign-in/second-step/", {"code": code}).status_code == 200


@pytest.mark.parametrize("where", ["/sign-in/second-step/", "/account/reauthenticate/code/"])
def test_a_code_seen_over_the_shoulder_is_not_good_again_while_the_clocks_tolerance_lasts(client, priya, where):
    enrol(priya)
    code = shown(steps=1)
    client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    assert client.post("/sign-in/second-step/", {"code": code}).status_code == 302
    # what half a minute does to what allauth remembers of it
    cache.delete(f"allauth.mfa.totp.used?user={priya.pk}&code={code}")
    if "second-step" in where:
        client.post("/sign-out/")
        client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    refused = client.post(where, {"code": f"{code[:3]} {code[3:]}"})
    assert "Codes change every 30 seconds" in refused.content.decode()


def test_a_recovery_code_lets_in_once(client, priya):
    code = enrol(priya)[0]
    for status in (302, 200):
        client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
        assert client.post("/sign-in/second-step/", {"code": code}).status_code == status
        client.post("/sign-out/")


def test_codes_are_guessed_eight_times_and_no_more(client, priya):
    enrol(priya)
    client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    for _ in range(8):
        client.post("/sign-in/second-step/", {"code": "000000"})
    refused = client.post("/sign-in/second-step/", {"code": shown()})
    assert "Wait five minutes" in refused.content.decode()


def test_patience_gives_no_more_than_thirty_wrong_codes_a_day(client, priya):
    enrol(priya)
    began = timezone.now()
    for batch in range(4):
        with time_machine.travel(began + timedelta(minutes=6 * batch)):
            client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
            pages = [client.post("/sign-in/second-step/", {"code": "000000"}) for _ in range(8)]
    assert "Too many wrong codes today" in pages[-1].content.decode()
    assert "Too many wrong codes today" not in pages[5].content.decode()
    with time_machine.travel(began + timedelta(minutes=30)):
        client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
        assert client.post("/sign-in/second-step/", {"code": shown()}).status_code == 200
        # whoever guesses has the password: with a new one they are out, and the owner is in
        priya.set_password("four other words here")
        priya.save()
        assert sign_in(client, priya, "four other words here").status_code == 302


def test_the_only_second_factor_stays(client, priya):
    enrol(priya)
    sign_in(client, priya)
    assert "This is your only second factor" in client.post(f"{HOME}app/remove/").content.decode()
    assert Authenticator.objects.filter(user=priya, type="totp").count() == 1


def test_one_of_two_passkeys_may_go_and_the_last_stays(client, priya):
    first, second = (
        Authenticator.objects.create(user=priya, type="webauthn", data={"name": name, "credential": {}})
        for name in ("Phone", "Tablet")
    )
    client.force_login(priya)
    assert client.post(f"{HOME}passkeys/{first.pk}/remove/").status_code == 302
    client.post(f"{HOME}passkeys/{second.pk}/remove/")
    assert list(Authenticator.objects.filter(user=priya).values_list("pk", flat=True)) == [second.pk]


def test_looking_at_recovery_codes_is_in_the_trail(client, priya):
    codes = enrol(priya)
    sign_in(client, priya)
    assert codes[0] in client.get(f"{HOME}codes/").content.decode()
    assert codes[0] in client.get(f"{HOME}codes/file/").content.decode()
    assert [each.actor_id for each in entries(act="second_factor.codes_shown")] == [priya.pk, priya.pk]


def test_naming_a_passkey_anew_is_in_the_trail(client, priya):
    passkey = Authenticator.objects.create(user=priya, type="webauthn", data={"name": "Phone", "credential": {}})
    client.force_login(priya)
    assert client.get(f"{HOME}passkeys/{passkey.pk}/").status_code == 200
    assert client.post(f"{HOME}passkeys/{passkey.pk}/", {"name": ""}).status_code == 200
    assert entries(act="second_factor.renamed") == []
    assert client.post(f"{HOME}passkeys/{passkey.pk}/", {"name": "Old phone"}).status_code == 302
    assert entry(act="second_factor.renamed").actor_id == priya.pk
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "Old phone"


def test_somebody_elses_passkey_is_not_there(client, cast, priya):
    foreign = Authenticator.objects.create(user=cast.omar, type="webauthn", data={"name": "Omar's", "credential": {}})
    client.force_login(priya)
    assert client.post(f"{HOME}passkeys/{foreign.pk}/remove/").status_code == 404
    assert client.get(f"{HOME}passkeys/{foreign.pk}/").status_code == 404
    assert Authenticator.objects.filter(pk=foreign.pk).exists()


def test_the_database_keeps_no_secret_of_an_app_in_the_clear(priya):
    codes = enrol(priya)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        kept = cursor.fetchone()[0]
    assert SECRET not in kept
    assert [code for code in codes if code in kept] == []


def test_changing_second_factors_asks_who_it_is_after_a_while(client, priya):
    enrol(priya)
    client.force_login(priya, ago=600)
    answer = client.get(f"{HOME}codes/")
    assert answer["Location"] == f"/account/reauthenticate/?next={quote(HOME, safe='')}codes%2F"
    assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == f"{HOME}codes/"
    assert client.get(f"{HOME}codes/").status_code == 200
    assert entry(act="person.confirmed").details == {"method": "password"}


@pytest.mark.parametrize("page", [f"{HOME}app/", f"{HOME}passkeys/add/"])
def test_a_session_from_before_the_second_factor_cannot_add_one_of_its_own(client, newcomer, page):
    """Whoever stole the password and came first is not let in by staying: the owner has set a factor up since."""
    thief = client
    enrol(newcomer)
    before = Authenticator.objects.count()
    assert thief.get(page)["Location"].startswith("/sign-in/")
    assert thief.post(page, {"code": "000000"}).status_code == 302
    assert Authenticator.objects.count() == before
    assert thief.get(HOME)["Location"].startswith("/sign-in/")


MADE, SAID = '{"clientDataJSON": "e30", "attestationObject": "AA"}', '{"clientDataJSON": "AA", "signature": "AA"}'
NO_PASSKEY = (
    *("9" * 5000, "[" * 3000, "{", "[]", "18", "true", '"x"', "null", '{"response": 1}', '{"id": 1, "rawId": "é"}'),
    *(f'{{"id": "AA", "rawId": "AA", "type": "public-key", "response": {response}}}' for response in (MADE, SAID)),
)


@pytest.mark.parametrize("sent", NO_PASSKEY)
def test_what_is_no_passkey_is_refused_wherever_one_is_asked_for(client, priya, sent):
    client.get("/sign-in/passkey/")
    assert client.post("/sign-in/passkey/", {"credential": sent}).status_code < 500
    enrol(priya)
    client.post("/sign-in/", {"login": priya.email, "password": PASSWORD})
    assert client.post("/sign-in/second-step/", {"credential": sent}).status_code < 500
    client.force_login(priya)
    for page in ("/account/reauthenticate/passkey/", f"{HOME}passkeys/add/"):
        assert client.post(page, {"credential": sent}).status_code < 500
