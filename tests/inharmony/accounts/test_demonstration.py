"""The demonstration's accounts need no password: so it answers this machine alone."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from inharmony.accounts.demonstration import LoopbackOnlyMiddleware


def answer(address, **headers):
    request = RequestFactory().get("/", REMOTE_ADDR=address, **headers)
    return LoopbackOnlyMiddleware(lambda _: HttpResponse("in"))(request).status_code


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.9.9.9"])
def test_loopback_comes_in(address):
    assert answer(address) == 200


@pytest.mark.parametrize("address", ["10.0.0.5", "192.168.1.2", "8.8.8.8", "2001:db8::1", ""])
def test_any_other_address_is_refused(address):
    assert answer(address) == 403


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"])
def test_what_came_through_a_proxy_is_refused(header):
    assert answer("127.0.0.1", **{header: "127.0.0.1"}) == 403


def test_one_press_sign_in_does_not_exist_outside_a_demonstration(client, cast):
    assert client.post("/demonstration/sign-in/", {"as": "coordinator@liverpool.example"}).status_code == 404
