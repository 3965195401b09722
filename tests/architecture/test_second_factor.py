"""Without a second factor somebody reaches nothing but setting one up."""

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

from inharmony.access.gates import gate_of
from tests.architecture.test_urls import ADDRESSES, PEOPLE, filled

# what somebody may do before they have a second factor: get one, prove who they are, leave
BEFORE = {
    "account_reauthenticate",
    "accounts:second-factor-code",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_list_webauthn",
}

# of each person every page; by whatever else there is, of one: the gate asks for no method
SENT, OTHERS, ONE = ("get",), ("post", "put", "patch", "delete", "options"), "ruth"


def test_the_pages_before_a_second_factor_are_these():
    assert {name for name, view, _ in ADDRESSES if gate_of(view).before_second_factor} == BEFORE


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_behind_a_sign_in_leads_to_setting_one_up(client, cast, who):
    client.force_login(getattr(cast, who), second_factor=False)
    asked = 0
    for name, view, route in ADDRESSES:
        if gate_of(view).open_because or name in BEFORE:
            continue
        for method in (*SENT, *(OTHERS if who == ONE else ())):
            answer = getattr(client, method)(filled(route))
            assert (name, method, answer.status_code) == (name, method, 302)
            assert answer["Location"].startswith("/account/second-factor/?next=")
            asked += 1
    assert asked > len(SENT) * 100


class _Mounted:
    """An administration that somebody mounted without a thought."""

    urlpatterns = [path("admin/", HttpResponse), path("", include("inharmony.urls"))]


def test_an_administration_that_somebody_mounts_stays_shut(client, cast, settings):
    site = admin.AdminSite()
    settings.ROOT_URLCONF = type("urls", (), {"urlpatterns": [path("admin/", site.urls), *_Mounted.urlpatterns[1:]]})
    type(cast.olu).objects.filter(pk=cast.olu.pk).update(is_staff=True, is_superuser=True)
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/login/").status_code == 403
    client.force_login(cast.olu)
    assert client.get("/admin/").status_code == 403
    asked = {"username": cast.olu.email, "password": "three words apart"}
    assert client.post("/admin/login/", asked).status_code == 403
