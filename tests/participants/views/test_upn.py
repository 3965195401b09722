"""The one page that shows a UPN."""

import logging

import pytest
from django.urls import reverse

from inharmony.access.gates import gate_of
from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from participants.views.upn import upn
from tests.factories import participants, programmes
from tests.participants.lists import UPNS
from tests.trail import entries, entry


@pytest.fixture
def known(cast):
    """A child of Year 4 Strings with a UPN."""
    with scoped(cast.liverpool_scope):
        (child,) = participants.children(
            cast.liverpool, cast.saltwharf, by=cast.ruth, names=[("Bo", "Wren")], upn=UPNS[0]
        )
        participants.join(cast.strings, [child], by=cast.ruth)
    return child


def address(child):
    return reverse("participants:child-upn", args=[child.pk])


def test_pressing_shows_the_upn_of_this_child_on_a_page_nobody_stores(client, cast, known):
    client.force_login(cast.ruth)
    response = client.post(address(known))
    html = response.content.decode()
    assert (response.status_code, html.count(UPNS[0])) == (200, 1)
    assert {"no-store", "private"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert UPNS[0] in html.split('class="task off-paper"')[1]


def test_opening_the_address_asks_and_shows_nothing(client, cast, known):
    client.force_login(cast.ruth)
    html = client.get(address(known)).content.decode()
    assert ("Show the UPN of Bo Wren?" in html, UPNS[0] in html) == (True, False)
    assert entries(act="upn.shown") == []


def test_the_address_holds_no_upn_and_nothing_else_of_the_child(known):
    assert address(known) == f"/children/{known.pk}/upn/"


def test_the_trail_names_whose_upn_was_shown_and_not_the_upn(client, cast, known):
    client.force_login(cast.ruth)
    client.post(address(known))
    event = entry(act="upn.shown")
    assert (event.actor_id, event.programme_id, event.children, event.details) == (
        cast.ruth.pk,
        cast.liverpool.pk,
        [known.pk],
        {},
    )
    assert UPNS[0] not in str([vars(one) for one in entries()])


def test_no_log_holds_it(client, cast, known, caplog):
    client.force_login(cast.ruth)
    with caplog.at_level(logging.DEBUG):
        client.post(address(known))
    assert UPNS[0] not in caplog.text


@pytest.mark.parametrize("who", ["joanne", "priya", "sam", "nia", "olu", "stranger"])
def test_nobody_but_the_hub_administrator_is_shown_one(client, cast, known, who):
    client.force_login(getattr(cast, who))
    for answer in (client.get(address(known)), client.post(address(known))):
        assert (answer.status_code, UPNS[0] in answer.content.decode()) == (403, False)
    assert entries(act="upn.shown") == []


def test_a_child_of_the_hub_next_door_is_not_found_whether_there_or_not(client, cast, known):
    admin = cast.omar
    RoleAssignment.objects.create(user=admin, role="administrator", programme=cast.leeds)
    client.force_login(admin)
    for pk in (known.pk, 999_999_999):
        answer = client.post(reverse("participants:child-upn", args=[pk]))
        assert (answer.status_code, UPNS[0] in answer.content.decode()) == (404, False)
    assert entries(act="upn.shown") == []


def test_an_administrator_of_one_hub_is_shown_none_of_another_where_they_only_teach(client, cast):
    with scoped(cast.leeds_scope):
        (child,) = participants.children(cast.leeds, cast.kirkfold, by=cast.omar, names=[("Bo", "Wren")], upn=UPNS[0])
        participants.join(cast.leeds_strings, [child], by=cast.omar)
    RoleAssignment.objects.create(user=cast.ruth, role="coordinator", programme=cast.leeds)
    cast.leeds_strings.tutors.add(programmes.tutor(cast.leeds, "Ruth Bell", cast.ruth))
    client.force_login(cast.ruth)
    answer = client.post(address(child))
    assert (answer.status_code, UPNS[0] in answer.content.decode()) == (403, False)


def test_a_child_without_one_is_said_to_have_none_and_nothing_was_shown(client, cast):
    client.force_login(cast.ruth)
    assert "No UPN is held for" in client.post(address(cast.children[0])).content.decode()
    assert entries(act="upn.shown") == []


def test_one_sealed_with_another_key_is_said_to_be_lost_and_nothing_was_shown(client, cast, known, settings):
    settings.IDENTITY_KEY = "another key"
    client.force_login(cast.ruth)
    page = client.post(address(known)).content.decode()
    assert ("This UPN cannot be opened" in page, known.name in page) == (True, True)
    assert entries(act="upn.shown") == []
    # the page names the child all the same
    assert [each.children for each in entries(act="child.viewed")] == [[known.pk]]


def test_showing_one_asks_for_a_fresh_proof_of_who_it_is():
    assert gate_of(upn).fresh
