"""Paper sheets are keyed in one after the other; what stands already is shown before it is replaced."""

import re
import threading

import pytest
from django.db import connection
from django.urls import reverse

from inharmony.access.scope import scoped
from outcomes.measures.shipped import NEWEST
from outcomes.measures.shipped.sdq import SDQ_CHILD
from outcomes.models import AskedGroup, Response
from tests.clients import SignedInClient
from tests.locks import until_somebody_waits
from tests.outcomes.waves import REFUSED, agree, made, respond, slips_of

LIKE = NEWEST["music"].items[0].words


@pytest.fixture
def hub(cast):
    """Liverpool, with a wave of 4B."""
    with scoped(cast.liverpool_scope):
        agree(cast.children, by=cast.ruth)
        cast.wave = made(cast)
        cast.slips = slips_of(cast.wave)
        group = AskedGroup.objects.get(wave=cast.wave, school=cast.saltwharf)
    cast.page = reverse("outcomes:keying", args=[cast.wave.pk, group.pk])
    return cast


def read(page):
    return " ".join(page.content.decode().split())


def key(client, hub, number, **sent):
    client.force_login(hub.ruth)
    return client.post(hub.page, {"number": number, **{f"item-{key}": value for key, value in sent.items()}})


def answers(hub):
    with scoped(hub.liverpool_scope):
        return {response.slip_id: response.answers for response in Response.objects.all()}


def test_a_sheet_is_saved_and_the_next_one_is_empty(hub, client):
    slip = hub.slips[0]
    answer = key(client, hub, f" {slip.number} ", like="4", bored="", team="1")
    assert (answer.status_code, answer["Location"]) == (302, hub.page)
    kept = answers(hub)[slip.pk]
    assert {name: value for name, value in kept.items() if value} == {"like": 4, "team": 1}
    html = read(client.get(hub.page))
    assert f"{slip.number} is keyed in." in html
    assert html.count(" checked") == len(NEWEST["music"].items)


@pytest.mark.parametrize("number", ["", "0000", "12", "12345", "abcd", "１２３４", "9" * 50])
def test_a_number_that_no_slip_has_is_named_and_nothing_is_lost(hub, client, number):
    taken = {slip.number for slip in hub.slips}
    assert number not in taken
    answer = key(client, hub, number, like="4")
    html = read(answer)
    assert answer.status_code == 422
    assert ("Number is missing." if not number else "No slip of this group has the number") in html
    assert 'name="item-like" value="4" checked' in html
    assert answers(hub) == {}


def test_a_slip_of_another_group_is_none_of_this(hub, client):
    with scoped(hub.liverpool_scope):
        agree(hub.others, by=hub.ruth)
        other = made(hub, name="Spring")
        numbers = {slip.number for slip in slips_of(other)} - {slip.number for slip in hub.slips}
    assert key(client, hub, numbers.pop(), like="4").status_code == 422


def test_what_differs_is_shown_and_replaced_only_with_a_second_press(hub, client):
    slip = hub.slips[0]
    with scoped(hub.liverpool_scope):
        respond(slip, by=hub.joanne, like=2, bored=1)
    answer = key(client, hub, slip.number, like="4", bored="1")
    html = read(answer)
    assert answer.status_code == 409
    assert f'{LIKE} <span class="was">A bit true</span>' in html
    assert '<span class="becomes">Very true</span>' in html
    assert html.count('class="was"') == 1
    assert answers(hub)[slip.pk] == {"like": 2, "bored": 1}
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    replaced = client.post(hub.page, {"number": slip.number, "seen": seen, "item-like": "4", "item-bored": "1"})
    assert replaced.status_code == 302
    assert answers(hub)[slip.pk]["like"] == 4


def test_of_what_was_answered_on_a_screen_it_says_only_that_it_stands(hub, client):
    slip = hub.slips[0]
    with scoped(hub.liverpool_scope):
        respond(slip, like=2, bored=1)
    answer = key(client, hub, slip.number, like="4", bored="1")
    html = read(answer)
    assert (answer.status_code, "They were given on a screen" in html, "Leave them" in html) == (409, True, True)
    # a table of what was keyed, and no word of what stands
    assert ('class="was"' in html, 'class="becomes"' in html) == (False, False)
    assert answers(hub)[slip.pk] == {"like": 2, "bored": 1}
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    replaced = client.post(hub.page, {"number": slip.number, "seen": seen, "item-like": "4", "item-bored": "1"})
    assert replaced.status_code == 302
    assert answers(hub)[slip.pk]["like"] == 4


def test_a_first_answer_given_while_a_sheet_is_keyed_in_stands_and_the_office_is_told(committed_cast):
    cast, sent = committed_cast, []
    with scoped(cast.liverpool_scope):
        agree(cast.children, by=cast.ruth)
        cast.wave = made(cast)
        slip = slips_of(cast.wave)[0]
    cast.page = reverse("outcomes:keying", args=[cast.wave.pk, slip.group_id])
    client = SignedInClient()

    def office():
        try:
            sent.append(key(client, cast, slip.number, like="4"))
        finally:
            connection.close()

    keying = threading.Thread(target=office)
    with scoped(cast.liverpool_scope):
        respond(slip, like=2)
        keying.start()
        until_somebody_waits()  # it has looked, found no answer, and waits to write
    keying.join()
    assert (sent[0].status_code, "answered by this slip just now" in read(sent[0])) == (409, True)
    assert 'name="item-like" value="4" checked' in read(sent[0])
    assert answers(cast)[slip.pk] == {"like": 2}


@pytest.mark.parametrize("value", ["9", "-1", "x", "1 "])
def test_an_answer_that_is_none_is_left_blank(hub, client, value):
    key(client, hub, hub.slips[0].number, like=value, bored="2")
    assert answers(hub)[hub.slips[0].pk]["like"] is None


def test_a_sheet_without_an_answer_and_one_without_consent_are_refused(hub, client):
    assert "No answer is ticked" in read(key(client, hub, hub.slips[0].number))
    with scoped(hub.liverpool_scope):
        agree(hub.children[:1], by=hub.ruth, answer=REFUSED)
    refused = key(client, hub, hub.slips[0].number, like="4")
    assert (refused.status_code, "does not agree to surveys" in read(refused)) == (422, True)
    assert hub.children[0].name not in read(refused)
    assert answers(hub) == {}


def test_the_page_names_no_child_and_no_number(hub, client):
    client.force_login(hub.ruth)
    html = read(client.get(hub.page))
    assert not any(slip.number in html or slip.child.name in html for slip in hub.slips)


# scores of what no screen may show

FORM = {"emotional": "4", "conduct": "3", "hyperactivity": "6", "peer": "3", "prosocial": "5"}


@pytest.fixture
def forms(hub):
    """The same hub and class, asking for the scores of a publisher's form."""
    with scoped(hub.liverpool_scope):
        hub.wave = made(hub, measure="sdq_child")
        hub.slips = slips_of(hub.wave)
        group = AskedGroup.objects.get(wave=hub.wave, school=hub.saltwharf)
    hub.page = reverse("outcomes:keying", args=[hub.wave.pk, group.pk])
    return hub


def key_scores(client, hub, number, **sent):
    client.force_login(hub.ruth)
    return client.post(hub.page, {"number": number, **{f"score-{key}": value for key, value in sent.items()}})


def test_the_page_asks_for_the_score_of_each_part_and_for_nothing_of_the_form(forms, client):
    client.force_login(forms.ruth)
    html = read(client.get(forms.page))
    for part in SDQ_CHILD.parts:
        assert f'<label for="score-{part.key}">{part.title}</label>' in html
    assert html.count("0 to 10") == 5
    assert "0 to 40, as it stands on the form" in html
    assert [told for told in ('type="radio"', "data-keying", "Left blank") if told in html] == []
    assert not any(slip.number in html or slip.child.name in html for slip in forms.slips)


def test_scores_are_saved_and_the_next_form_is_empty(forms, client):
    slip = forms.slips[0]
    answer = key_scores(client, forms, slip.number, **FORM | {"prosocial": " ", "peer": " 03 ", "total": "16"})
    assert (answer.status_code, answer["Location"]) == (302, forms.page)
    expected = {"emotional": 4, "conduct": 3, "hyperactivity": 6, "peer": 3, "prosocial": None}
    assert answers(forms) == {slip.pk: expected}
    html = read(client.get(forms.page))
    assert f"{slip.number} is keyed in." in html
    assert re.findall(r'name="score-\w+" value="(\w*)"', html) == [""] * 6


def test_what_is_wrong_stands_at_its_score_and_nothing_typed_is_lost(forms, client):
    answer = key_scores(client, forms, forms.slips[0].number, **FORM | {"conduct": "11", "peer": "three"})
    html = read(answer)
    assert answer.status_code == 422
    for key, value in (("conduct", "11"), ("peer", "three")):
        assert f'<a href="#score-{key}">“{value}” cannot be the score' in html
        assert f'name="score-{key}" value="{value}"' in html
        assert re.search(rf'aria-describedby="score-{key}-hint score-{key}-error" aria-invalid="true"', html)
    assert html.count('aria-invalid="true"') == 2
    assert 'name="score-emotional" value="4"' in html
    assert f'name="number" value="{forms.slips[0].number}"' in html
    assert answers(forms) == {}


@pytest.mark.parametrize("total", ["21", "x"])
def test_a_total_that_does_not_add_up_is_refused_at_its_field(forms, client, total):
    html = read(key_scores(client, forms, forms.slips[0].number, **FORM, total=total))
    assert '<a href="#score-total">The total' in html
    assert "which is 16" in html
    assert answers(forms) == {}


@pytest.mark.parametrize("typed", ["４", "٤", "1e0", "-0", "4.0", "9" * 40])
def test_a_score_is_typed_in_plain_digits(forms, client, typed):
    assert key_scores(client, forms, forms.slips[0].number, **FORM | {"peer": typed}).status_code == 422
    assert answers(forms) == {}


def test_other_scores_are_shown_and_replaced_only_with_a_second_press(forms, client):
    slip = forms.slips[0]
    key_scores(client, forms, slip.number, **FORM)
    answer = key_scores(client, forms, slip.number, **FORM | {"peer": "", "conduct": "0"})
    html = read(answer)
    assert answer.status_code == 409
    assert 'Conduct problems <span class="was">3</span>' in html
    assert '<span class="becomes">0</span>' in html
    assert 'Problems with peers <span class="was">3</span>' in html
    assert "there are other scores already" in html
    assert answers(forms)[slip.pk]["conduct"] == 3
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    sent = {f"score-{key}": value for key, value in (FORM | {"peer": "", "conduct": "0"}).items()}
    assert client.post(forms.page, {"number": slip.number, "seen": seen, **sent}).status_code == 302
    assert (answers(forms)[slip.pk]["conduct"], answers(forms)[slip.pk]["peer"]) == (0, None)


def test_who_said_no_since_and_a_form_without_a_score_are_refused(forms, client):
    assert "No score is keyed" in read(key_scores(client, forms, forms.slips[0].number))
    with scoped(forms.liverpool_scope):
        agree(forms.children[:1], by=forms.ruth, answer=REFUSED)
    refused = key_scores(client, forms, forms.slips[0].number, **FORM)
    assert (refused.status_code, "does not agree to surveys" in read(refused)) == (422, True)
    assert answers(forms) == {}


def test_scores_of_the_hub_next_door_are_not_keyed(forms, client):
    client.force_login(forms.omar)
    assert client.get(forms.page).status_code == 404
    sent = {f"score-{key}": value for key, value in FORM.items()}
    assert client.post(forms.page, {"number": forms.slips[0].number, **sent}).status_code == 404
    assert answers(forms) == {}
