"""A manager lets somebody of the hub set up a new second factor."""

import re

from allauth.mfa.models import Authenticator

from tests.second_factors import enrol


def test_the_code_is_shown_once_and_opens_the_way(client, cast):
    enrol(cast.priya)
    client.force_login(cast.joanne)
    page = f"/people/{cast.priya.pk}/second-factor/"
    assert "How do you know that it is them?" in client.get(page).content.decode()
    unsaid = client.post(page)
    assert (unsaid.status_code, Authenticator.objects.count()) == (422, 2)
    done = client.post(page, {"how_known": "phone"})
    code = re.search(r"\d{4} \d{4}", done.content.decode()).group()
    assert "no-store" in done["Cache-Control"]
    assert code not in client.get(page).content.decode()
    priya = type(cast.priya).objects.get(pk=cast.priya.pk)
    client.force_login(priya, second_factor=False)
    client.prove(priya, "password")
    assert client.post("/account/second-factor/code/", {"code": code})["Location"] == "/account/second-factor/"


def test_somebody_of_another_hub_is_not_there(client, cast):
    enrol(cast.priya)
    client.force_login(cast.omar)
    assert client.post(f"/people/{cast.priya.pk}/second-factor/", {"how_known": "phone"}).status_code == 404
    assert Authenticator.objects.filter(user=cast.priya).count() == 2
