"""What is printed names a child on their own slip and on the teacher's list, and a child at risk nowhere."""

import re

import pytest
from django.urls import reverse

from inharmony.access.scope import scoped
from outcomes.measures.shipped import NEWEST
from outcomes.measures.structure import Informant
from outcomes.models import AskedGroup
from participants.actions.at_risk import flag_at_risk
from tests.factories import participants
from tests.outcomes.waves import REFUSED, agree, made, respond, sheet, slips_of
from tests.trail import entries


@pytest.fixture
def hub(cast):
    """Liverpool, a wave of 4B in which the third child is at risk, and a fourth whose family said no."""
    with scoped(cast.liverpool_scope):
        agree(cast.children, by=cast.ruth)
        cast.refusing = participants.children(cast.liverpool, cast.saltwharf, by=cast.ruth, names=[("Wren", "Lark")])[0]
        agree([cast.refusing], by=cast.ruth, answer=REFUSED)
        flag_at_risk(child=cast.children[2], by=cast.ruth)
        cast.wave = made(cast)
        cast.slips = slips_of(cast.wave)
        cast.group = AskedGroup.objects.get(wave=cast.wave, school=cast.saltwharf)
    return cast


def at(hub, name, wave=None, group=None):
    return reverse(f"outcomes:{name}", args=[(wave or hub.wave).pk, (group or hub.group).pk])


def read(page):
    return " ".join(page.content.decode().split())


def shown(client, hub, name):
    client.force_login(hub.ruth)
    return read(client.get(at(hub, name)))


def rows(html, css):
    return re.findall(rf'<(?:li|tr) class="{css}">(.*?)</(?:li|tr)>', html)


def test_each_slip_has_a_name_a_number_and_a_picture_and_one_at_risk_no_name(hub, client):
    html = shown(client, hub, "group-slips")
    slips = rows(html, "slip")
    assert [hub.slips[place].number in slip for place, slip in enumerate(slips)] == [True] * 3
    assert [hub.children[place].name in slip for place, slip in enumerate(slips)] == [True, True, False]
    assert hub.children[2].name not in html
    assert 'aria-label="No name"' in slips[2]
    assert "<b>1 slip has no name</b>" in html
    assert [slip.count("<svg") for slip in slips] == [1, 1, 1]
    assert all("testserver/answer/" in slip for slip in slips)


def test_the_teachers_list_has_names_and_numbers_and_says_nothing_of_who_has_answered(hub, client):
    before = shown(client, hub, "group-list")
    assert all(f"{child.name}</th>" in before for child in hub.children[:2])
    # of a child at risk the row is for the screen; the paper says that one is left out
    (hidden,) = rows(before, "off-paper")
    assert hub.children[2].name in hidden
    assert "<b>1 child is not printed</b>" in before
    with scoped(hub.liverpool_scope):
        respond(hub.slips[0], **sheet())
    after = shown(client, hub, "group-list")
    assert re.sub(r"Printed [^<]+", "", after) == re.sub(r"Printed [^<]+", "", before)


@pytest.mark.parametrize("name", ["group-slips", "group-list"])
def test_who_made_names_for_paper_is_in_the_trail(hub, client, name):
    shown(client, hub, name)
    (said,) = entries(act="wave.printed")
    assert (said.actor_id, set(said.children)) == (hub.ruth.pk, {child.pk for child in hub.children})


def test_the_poster_has_the_code_of_the_class_and_no_number(hub, client):
    html = shown(client, hub, "group-poster")
    assert f'<p class="poster-code">{hub.group.code}</p>' in html
    assert not any(slip.number in html for slip in hub.slips)
    assert not any(child.name in html for child in hub.children)


def test_paper_sheets_have_the_questions_a_number_and_never_a_name(hub, client):
    html = shown(client, hub, "group-sheets")
    assert html.count('<section class="paper-sheet') == 3
    assert all(f"<b>{slip.number}</b>" in html for slip in hub.slips)
    measure = NEWEST["music"]
    assert all(html.count(item.words) == 3 for item in measure.items)
    assert html.count('<span class="paper-box">') == 3 * len(measure.items) * len(measure.scale.answers)
    assert not any(child.name in html for child in hub.children)


def test_a_family_is_named_by_its_child_and_adults_by_nobody(hub, client):
    with scoped(hub.liverpool_scope):
        families = made(hub, measure="family", informant=Informant.FAMILY)
        group = AskedGroup.objects.get(wave=families, school=hub.saltwharf)
    client.force_login(hub.ruth)
    assert f"For the family of {hub.children[0].name}" in read(client.get(at(hub, "group-slips", families, group)))


def test_who_cannot_be_asked_is_listed_with_what_the_family_said(hub, client):
    html = shown(client, hub, "group-consent")
    assert hub.refusing.name in html
    assert "Refused" in html
    assert f"/children/{hub.refusing.pk}/consent/?purpose=survey" in html
    assert hub.children[0].name not in html
    assert entries(act="wave.consent_viewed")[0].children == [hub.refusing.pk]


def test_a_group_of_another_wave_is_not_there(hub, client):
    with scoped(hub.liverpool_scope):
        other = made(hub, name="Spring")
    client.force_login(hub.ruth)
    assert client.get(at(hub, "group-slips", wave=other)).status_code == 404


@pytest.fixture
def on_paper(hub):
    """A wave of which the portal holds no item: its publisher's form is filled in, and scores are keyed."""
    with scoped(hub.liverpool_scope):
        hub.wave = made(hub, measure="sdq_child")
        hub.slips = slips_of(hub.wave)
        hub.group = AskedGroup.objects.get(wave=hub.wave, school=hub.saltwharf)
    return hub


def test_slips_for_a_publishers_form_have_a_number_and_no_way_to_a_screen(on_paper, client):
    html = shown(client, on_paper, "group-slips")
    slips = rows(html, "slip slip-plain")
    assert [on_paper.slips[place].number in slip for place, slip in enumerate(slips)] == [True] * 3
    assert [on_paper.children[place].name in slip for place, slip in enumerate(slips)] == [True, True, False]
    assert all("Write it there, and no name." in slip for slip in slips)
    listed = shown(client, on_paper, "group-list")
    for page in (html, listed):
        assert [told for told in ('class="qr', on_paper.group.code, "/answer/") if told in page] == []


def test_what_a_licence_does_not_let_be_shown_has_no_sheet_and_no_poster(on_paper, client):
    client.force_login(on_paper.ruth)
    for name in ("group-sheets", "group-poster"):
        assert client.get(at(on_paper, name)).status_code == 404
    page = read(client.get(reverse("outcomes:wave", args=[on_paper.wave.pk])))
    links = {name: at(on_paper, name) in page for name in ("group-slips", "group-list", "keying", "group-poster")}
    assert links == {"group-slips": True, "group-list": True, "keying": True, "group-poster": False}
    assert at(on_paper, "group-sheets") not in page
    assert "scores of paper forms" in page
