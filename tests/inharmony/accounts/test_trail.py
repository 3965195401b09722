"""Who came in, who was refused, who went, who changed a password."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from tests.second_factors import enrol, sign_in
from tests.trail import entries


@pytest.fixture(params=["priya", "sam", "nia", "olu", "stranger"])
def person(request, cast):
    cache.clear()
    user = getattr(cast, request.param)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    enrol(user)
    return user


def acts():
    return [(each.act, each.actor_id) for each in entries(act__startswith="person.")]


def test_a_session_from_end_to_end_whoever_it_is(client, person):
    assert sign_in(client, person).status_code == 302
    new = {
        "oldpassword": "three words apart",
        "password1": "four other words here",
        "password2": "four other words here",
    }
    assert client.post("/account/password/", new).status_code == 302
    assert client.post("/account/reauthenticate/", {"password": "four other words here"}).status_code == 302
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/account/")["Location"].startswith("/sign-in/")
    assert [act for act in acts() if act[0] != "person.signed_in"] == [
        ("person.password_changed", person.pk),
        ("person.confirmed", person.pk),
        ("person.signed_out", person.pk),
    ]
    assert acts()[0] == ("person.signed_in", person.pk)


def test_a_wrong_password_is_written_down_without_what_was_typed(client, person):
    client.post("/sign-in/", {"login": person.email.upper(), "password": "a word of mine"})
    client.post("/sign-in/", {"login": "nobody@hub.example", "password": "a word of mine"})
    known, unknown = entries(act="person.sign_in_refused")
    assert (known.actor_id, known.subject_id, unknown.subject_id) == (None, person.pk, None)
    assert known.details == unknown.details == {}
