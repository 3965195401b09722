"""Every address is classified, and the gates hold for every role."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from inharmony.access.gates import gate_of
from inharmony.access.permissions import Permission

# who may open which page, named by what it needs; pages that need nothing say why in their own declaration
OPEN = {
    "public:home",
    "public:about",
    "public:privacy",
    "public:privacy-children",
    "public:privacy-families",
    "public:cookies",
    "public:accessibility",
    "public:contact",
    "public:contact-received",
    "public:where",
    "public:programme",
    "public:figures",
    "public:figures-published",
    "public:figures-release",
    "public:figures-release-file",
    "public:in-action",
    "public:history",
    "public:impact",
    "public:funding",
    "pages:healthz",
    "pages:readyz",
    "accounts:accept",
    "programmes:calendar",
    "participants:list-link",
    "participants:public-photo",
    "outcomes:answer-code",
    "outcomes:answer",
    "outcomes:answer-question",
    "outcomes:answer-done",
    "account_login",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}


def addresses(patterns=None, space=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry.callback, str(entry.pattern)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry.url_patterns, inner)


ADDRESSES = list(addresses())


def filled(route):
    """Returns an address of a route, with values that lead to nothing for what it asks."""
    if route.startswith("^"):
        return "/" + re.sub(r"\(\?P<\w+>[^()]*\)", "1", route.strip("^$"))
    return "/" + re.sub(r"<(?:int:)\w+>", "1", re.sub(r"<(?:str:|slug:)?\w+>", "x", re.sub(r"<int:\w+>", "1", route)))


PEOPLE = ("priya", "ruth", "joanne", "sam", "omar", "nia", "olu", "stranger")


@pytest.mark.parametrize(("name", "view", "_path"), ADDRESSES, ids=[a[0] for a in ADDRESSES])
def test_every_address_has_a_name_and_declares_its_gate(name, view, _path):
    assert not name.endswith("None")
    gate = gate_of(view)
    assert gate is not None
    assert bool(gate.open_because) == (name in OPEN)


def plain_addresses():
    return [(name, view, "/" + path) for name, view, path in ADDRESSES if "<" not in path and "(?P" not in path]


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_open_to_the_roles_that_carry_their_permission_and_to_no_others(cast, client, who):
    user = getattr(cast, who)
    client.force_login(user)
    held = {p for h in user.reach.held for p in h.role.permissions}
    seen = {}
    for name, view, path in plain_addresses():
        gate = gate_of(view)
        if gate.permission is not None:
            seen[name] = (client.get(path).status_code == 403, gate.permission not in held)
    assert seen
    assert {name: refused for name, (refused, _) in seen.items()} == {name: due for name, (_, due) in seen.items()}


def test_nobody_signed_out_gets_past_a_gate(client, db):
    for name, view, path in plain_addresses():
        if not gate_of(view).open_because:
            response = client.get(path)
            assert (name, response.status_code) == (name, 302)
            assert response["Location"].startswith("/sign-in/")


def test_every_permission_is_asked_for_somewhere_or_held_by_a_role():
    from inharmony.access.roles import ROLES

    assert {p for role in ROLES.values() for p in role.permissions} == set(Permission)
