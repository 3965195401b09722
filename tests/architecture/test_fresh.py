"""The acts that ask for a fresh proof of who it is are these, each with somebody who may; none may lose it unnoticed."""

import pytest
from django.urls import reverse

from inharmony.access.gates import gate_of
from tests.architecture.test_exports import EXPORTS
from tests.architecture.test_urls import ADDRESSES, filled

# an import accepted, a role changed, an account elsewhere taken off, a first password set
FRESH = {
    # a list leaves
    **{name: who for name, (_, _, who) in EXPORTS.items()},
    "account_set_password": "priya",
    "accounts:access-confirm": "joanne",
    "accounts:access-end": "joanne",
    "accounts:invite": "joanne",
    "accounts:person-deactivate": "joanne",
    "accounts:person-reactivate": "joanne",
    "accounts:person-second-factor": "joanne",
    "accounts:role-change": "joanne",
    "accounts:role-end": "joanne",
    "accounts:role-grant": "joanne",
    "participants:child-merge": "ruth",
    "participants:child-unprotect": "ruth",
    "participants:child-upn": "ruth",
    "participants:list-check-ask": "ruth",
    "participants:list-checks-ask": "ruth",
    "participants:past-register-accept": "ruth",
    "participants:roster-accept": "ruth",
    "participants:roster-left-out": "ruth",
    "programmes:leads": "joanne",
    "programmes:calendar-make": "priya",
    "participants:ensemble-end": "ruth",
    "programmes:ensemble-change": "ruth",
    "programmes:ensemble-new": "ruth",
    "programmes:agreement-end": "olu",
    "programmes:agreement-new": "olu",
    "programmes:hub-close": "olu",
    "programmes:hub-new": "olu",
    "programmes:hub-place": "olu",
    "programmes:hub-reopen": "olu",
    "programmes:partnership-end": "olu",
    "programmes:partnership-new": "olu",
    # what anybody reads is written, taken off, brought back
    "programmes:entry-publish": "joanne",
    "programmes:entry-publish-new": "joanne",
    "programmes:entry-restore": "joanne",
    "programmes:entry-withdraw": "joanne",
    "programmes:ensembles-bring": "ruth",
    "programmes:timetable-bring": "ruth",
    "programmes:schools-bring": "olu",
    "school-account-leave": "priya",
}


def test_the_acts_that_ask_again_are_these():
    assert {name for name, view, _ in ADDRESSES if gate_of(view).fresh} == set(FRESH)


@pytest.mark.parametrize(("name", "route"), [(name, route) for name, _, route in ADDRESSES if name in FRESH])
def test_each_asks_after_five_minutes_and_leads_back_to_the_page_the_press_was_on(client, cast, name, route):
    client.force_login(getattr(cast, FRESH[name]), ago=301)
    answer = client.post(filled(route), headers={"referer": "http://testserver/imports/7/?page=2"})
    assert answer["Location"] == reverse("account_reauthenticate") + "?next=/imports/7/%3Fpage%3D2"
    elsewhere = client.post(filled(route), headers={"referer": "https://evil.example/imports/"})
    assert elsewhere["Location"] == reverse("account_reauthenticate") + "?next=/"


@pytest.mark.parametrize(("name", "route"), [(name, route) for name, _, route in ADDRESSES if name in FRESH])
def test_who_has_just_proved_it_is_not_asked(client, cast, name, route):
    client.force_login(getattr(cast, FRESH[name]), ago=240)
    assert client.post(filled(route)).get("Location", "") != reverse("account_reauthenticate") + "?next=/"
