"""Signing in with an account of one's school: by issuer and subject, of an organisation that is let in, and no e-mail."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from inharmony.accounts.actions import invitation as invitations
from inharmony.accounts.models import Invitation, RoleAssignment, User
from inharmony.settings.school_accounts import providers
from tests import identity_provider
from tests.second_factors import enrol, shown
from tests.trail import entries, entry

JOIN = "/sign-in/with/northgate/?process=connect"
ENTER = "/sign-in/with/northgate/"


@pytest.fixture
def northgate(settings):
    """A school with sign-in accounts of its own, let in."""
    cache.clear()
    with identity_provider.running() as provider:
        settings.SCHOOL_ACCOUNTS = providers(json.dumps([provider.settings()]))
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": settings.SCHOOL_ACCOUNTS}
        }
        yield provider


@pytest.fixture
def priya(cast):
    EmailAddress.objects.create(user=cast.priya, email=cast.priya.email, verified=True, primary=True)
    enrol(cast.priya)
    return cast.priya


def through(client, provider, path):
    """Presses the button, agrees at the other page, and returns what the portal answers on the way back."""
    left = client.post(path)
    assert left["Location"].startswith(f"{provider.issuer}/authorize?"), left
    assert "code_challenge" in left["Location"]
    return client.get(provider.agree(left["Location"]).removeprefix("http://testserver"))


@pytest.fixture
def joined(client, northgate, priya):
    client.force_login(priya)
    assert through(client, northgate, JOIN)["Location"] == "/account/school-accounts/"
    client.post("/sign-out/")
    return priya


def test_an_account_is_joined_and_then_opens_the_portal_with_the_second_factor(client, northgate, joined):
    assert SocialAccount.objects.get().user == joined
    answer = through(client, northgate, ENTER)
    assert answer["Location"].startswith("/sign-in/second-step/")
    assert client.get("/today/")["Location"].startswith("/sign-in/")
    assert client.post("/sign-in/second-step/", {"code": shown()})["Location"] == "/"
    assert client.get("/today/").status_code == 200


def test_another_person_with_the_same_address_is_not_let_in(client, northgate, joined):
    northgate.claims = {"sub": "subject-2", "tid": "northgate", "email": joined.email, "email_verified": True}
    answer = through(client, northgate, ENTER)
    assert (answer.status_code, "No account of the portal is joined" in answer.content.decode()) == (403, True)
    assert client.get("/today/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "forged", [{"tid": "elsewhere"}, {"tid": ""}, {"iss": "https://evil.example"}, {"aud": "another"}, {"exp": 1}]
)
def test_another_organisation_issuer_audience_or_time_is_refused(client, northgate, joined, forged):
    northgate.claims |= forged
    answer = through(client, northgate, ENTER)
    assert answer.status_code in (200, 401, 403)
    assert client.get("/today/")["Location"].startswith("/sign-in/")
    assert entries(act="school_account.refused")[-1].details["reason"] in ("tenant", "protocol")


def test_an_organisation_no_longer_let_in_lets_nobody_in(client, northgate, joined, settings):
    settings.SCHOOL_ACCOUNTS[0]["settings"]["tenants"] = ["another"]
    assert through(client, northgate, ENTER).status_code == 403


def test_nobody_joins_who_has_not_just_shown_a_second_factor(client, northgate, priya):
    for proof in ({"second_factor": False}, {"ago": 600}):
        client.force_login(priya, **proof)
        answer = through(client, northgate, JOIN)
        assert (answer.status_code, SocialAccount.objects.count()) == (403, 0)
        client.post("/sign-out/")
    assert [each.details["reason"] for each in entries(act="school_account.refused")] == ["not_fresh"] * 2


def test_an_answer_nobody_asked_for_is_refused(client, northgate, priya):
    left = client.post(ENTER)
    back = northgate.agree(left["Location"].replace("state=", "state=x")).removeprefix("http://testserver")
    assert client.get(back).status_code in (200, 401)
    assert client.get("/today/")["Location"].startswith("/sign-in/")


def test_an_account_is_taken_off_again(client, northgate, joined):
    client.force_login(joined)
    account = SocialAccount.objects.get()
    assert "Northgate Primary" in client.get("/account/school-accounts/").content.decode()
    client.post("/account/school-accounts/leave/", {"account": account.pk})
    assert SocialAccount.objects.count() == 0
    told = entries(act__in=["school_account.joined", "school_account.left"])
    assert [(each.act, each.actor_id, each.subject_id, each.details) for each in told] == [
        ("school_account.joined", joined.pk, joined.pk, {"provider": "northgate"}),
        ("school_account.left", joined.pk, joined.pk, {"provider": "northgate"}),
    ]


def test_somebody_elses_account_is_not_taken_off(client, northgate, joined, cast):
    client.force_login(cast.omar)
    client.post("/account/school-accounts/leave/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.count() == 1


def test_an_invited_person_comes_in_with_the_account_of_their_school(
    client, northgate, cast, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked = Invitation(email="new@hub.example", name="Nell New", role="coordinator", programme=cast.liverpool)
        invitations.invite(invitation=asked, by=cast.joanne)
    link = next(word for word in mailoutbox[0].body.split() if "/invitation/" in word)
    assert "Go on with Northgate Primary" in client.get("/" + link.split("/", 3)[3]).content.decode()
    assert through(client, northgate, ENTER)["Location"] == "/"
    nell = User.objects.get(email="new@hub.example")
    assert (nell.has_usable_password(), RoleAssignment.objects.get(user=nell).role) == (False, "coordinator")
    assert client.get("/today/")["Location"].startswith("/account/second-factor/")
    assert entry(act="person.joined").actor_id == nell.pk


def test_a_stranger_with_an_account_of_the_school_is_not_let_in(client, northgate, db):
    answer = through(client, northgate, ENTER)
    assert (answer.status_code, User.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "not understood"),
        ('[{"id": "x"}]', "has no name, issuer, client_id, secret, tenant_claim, tenants"),
        ('{"id": "x"}', "not understood"),
        (
            (
                '[{"id": "x", "name": "X", "issuer": "https://x.example", "client_id": "c", "secret": "s",'
                ' "tenant_claim": "tid", "tenants": []}]'
            ),
            "has no tenants",
        ),
    ],
)
def test_a_provider_that_would_let_everybody_in_is_refused_at_the_start(text, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        providers(text)


def test_the_session_keeps_no_secret_of_an_invitation(
    client, northgate, cast, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        asked = Invitation(email="new@hub.example", name="Nell New", role="coordinator", programme=cast.liverpool)
        invitations.invite(invitation=asked, by=cast.joanne)
    link = next(word for word in mailoutbox[0].body.split() if "/invitation/" in word)
    client.get("/" + link.split("/", 3)[3])
    assert link.rstrip("/").rsplit("/", 1)[1] not in repr(dict(client.session))
