"""Consent from the browser's side of the wire: an answer written down, and one taken back in two presses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment
from inharmony.pages import dates
from participants.models import Consent
from tests.factories import participants, programmes
from tests.trail import entries, entry

GIVEN, REFUSED, WITHDRAWN = Consent.Answer
PUBLIC = Consent.Purpose.PHOTO_PUBLIC


@pytest.fixture
def ruth(client, cast):
    client.force_login(cast.ruth)
    return client


@pytest.fixture
def given(cast):
    """The first child's family said yes to photos in public."""
    with scoped(cast.liverpool_scope):
        return participants.answer(cast.children[0], PUBLIC, GIVEN, by=cast.ruth)


def form_of(child):
    return reverse("participants:child-consent", args=[child.pk])


def withdrawal_of(child, purpose=PUBLIC):
    return reverse("participants:child-withdraw", args=[child.pk, purpose])


def page_of(child):
    return reverse("participants:child", args=[child.pk])


def sent(**changed):
    return {
        "purpose": PUBLIC,
        "answer": REFUSED,
        "given_by": "Their aunt",
        "answered_on": f"{timezone.localdate():%d/%m/%Y}",
        "wording_version": "2026-09",
    } | changed


def answers(cast):
    with scoped(cast.both):
        return [one.answer for one in Consent.objects.order_by("pk")]


def test_the_form_opens_on_the_purpose_asked_for_with_today_and_the_newest_words(ruth, cast):
    html = ruth.get(f"{form_of(cast.children[0])}?purpose=research").content.decode()
    assert html.count("checked") == 1
    assert 'value="research"' in html[html.index("checked") - 200 : html.index("checked")]
    assert f'value="{timezone.localdate():%d/%m/%Y}"' in html
    assert html.index('value="2026-09"') < html.index('value="2024-09"')
    assert "May independent researchers use" in html


def test_an_answer_is_written_down_and_shown(ruth, cast):
    response = ruth.post(form_of(cast.children[0]), sent(), follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [(page_of(cast.children[0]), 302)]
    assert "Noted: photos in public, refused." in html
    assert "by Their aunt, to the wording 2026-09. Written down by Ruth Bell." in html
    assert answers(cast) == ["refused"]


def test_a_form_sent_twice_has_one_effect(ruth, cast):
    for _ in range(2):
        assert ruth.post(form_of(cast.children[0]), sent()).status_code == 302
    assert (answers(cast), len(entries(act="consent.answered"))) == (["refused"], 1)


def test_an_older_yes_is_kept_and_said_not_to_stand(ruth, cast):
    day = timezone.localdate() - timedelta(days=1)
    ruth.post(form_of(cast.children[0]), sent())
    response = ruth.post(form_of(cast.children[0]), sent(answer=GIVEN, answered_on=f"{day:%d/%m/%Y}"), follow=True)
    words = f"The answer of {dates.day(timezone.localdate())} is newer and still stands."
    assert words in response.content.decode()
    assert answers(cast) == ["refused", "given"]


def test_a_no_older_than_the_yes_that_stands_is_refused_beside_its_day(ruth, cast, given):
    day = timezone.localdate() - timedelta(days=1)
    response = ruth.post(form_of(cast.children[0]), sent(answered_on=f"{day:%d/%m/%Y}"))
    assert response.status_code == 422
    assert f"A yes of {dates.day(timezone.localdate())} stands, which is later." in response.content.decode()
    assert answers(cast) == ["given"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"answered_on": "tomorrow"}, "is still to come"),
        ({"answered_on": "31/08/2017"}, "was not born yet"),
        ({"answered_on": "31/02/2026"}, "The day cannot be read. Write it like 17/11/2026."),
        ({"answered_on": "01/08/2026"}, "is in use since 1 September 2026"),
        ({"given_by": " "}, "Who gave it is missing."),
        ({"given_by": "x" * 121}, "at most 120 characters"),
        ({"purpose": "everything"}, "is not one of the available choices"),
        ({"answer": "maybe"}, "is not one of the available choices"),
        ({"wording_version": "2031-01"}, "is not one of the available choices"),
        ({"purpose": "", "answer": ""}, "The answer is missing."),
    ],
)
def test_what_cannot_be_an_answer_is_refused_with_words_and_leaves_nothing(ruth, cast, changed, words):
    if changed.get("answered_on") == "tomorrow":
        changed = {"answered_on": f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"}
    response = ruth.post(form_of(cast.children[0]), sent(**changed))
    html = response.content.decode()
    assert (response.status_code, words in html) == (422, True)
    assert "The answer is not written down" in html
    assert (answers(cast), entries(act="consent.answered")) == ([], [])


def test_withdrawing_takes_two_presses_and_no_typing(ruth, cast, given):
    child = cast.children[0]
    page = ruth.get(page_of(child)).content.decode()
    assert page.count(f'href="{withdrawal_of(child)}"') == 1
    asked = ruth.get(withdrawal_of(child)).content.decode()
    assert "Withdraw photos in public?" in asked
    assert 'value="Their mother"' in asked
    response = ruth.post(withdrawal_of(child), {"given_by": "Their mother"}, follow=True)
    assert "Withdrawn: photos in public. It counts from now on." in response.content.decode()
    assert answers(cast) == ["given", "withdrawn"]


def test_a_withdrawal_counts_at_the_next_request(ruth, cast, given):
    child, register = cast.children[0], reverse("participants:register", args=[cast.session.pk])
    with scoped(cast.liverpool_scope):
        participants.answer(child, Consent.Purpose.PHOTO_INSIDE, GIVEN, by=cast.ruth)
    assert "No photos" not in ruth.get(register).content.decode()
    ruth.post(withdrawal_of(child, "photo_inside"), {"given_by": "Their mother"})
    for address in (register, "/children/", reverse("participants:ensemble", args=[cast.strings.pk]), page_of(child)):
        assert "No photos" in ruth.get(address).content.decode(), address


def test_opening_the_second_press_withdraws_nothing(ruth, cast, given):
    ruth.get(withdrawal_of(cast.children[0]))
    assert answers(cast) == ["given"]


def test_withdrawn_twice_is_withdrawn_once(ruth, cast, given):
    for _ in range(2):
        assert ruth.post(withdrawal_of(cast.children[0]), {"given_by": "Their mother"}).status_code == 302
    assert (answers(cast), len(entries(act="consent.withdrawn"))) == (["given", "withdrawn"], 1)


def test_where_no_consent_stands_the_page_says_what_to_do_instead(ruth, cast):
    address = withdrawal_of(cast.children[0])
    assert "There is nothing to withdraw" in ruth.get(address).content.decode()
    response = ruth.post(address, {"given_by": "Their mother"})
    assert (response.status_code, "record that they refused" in response.content.decode()) == (422, True)
    assert answers(cast) == []


def test_a_withdrawal_by_nobody_is_refused(ruth, cast, given):
    response = ruth.post(withdrawal_of(cast.children[0]), {"given_by": ""})
    assert (response.status_code, answers(cast)) == (422, ["given"])


def test_a_purpose_nobody_asks_about_is_not_found(ruth, cast):
    assert ruth.get(withdrawal_of(cast.children[0], "everything")).status_code == 404


@pytest.mark.parametrize("who", ["priya", "sam", "nia", "olu", "stranger"])
def test_roles_that_keep_no_consent_are_refused(client, cast, given, who):
    client.force_login(getattr(cast, who))
    child = cast.children[0]
    for address, form in ((form_of(child), sent()), (withdrawal_of(child), {"given_by": "Their mother"})):
        assert (client.get(address).status_code, client.post(address, form).status_code) == (403, 403)
    assert answers(cast) == ["given"]


def test_a_child_of_the_hub_next_door_is_not_found_whether_there_or_not(client, cast, given):
    client.force_login(cast.omar)
    for pk in (cast.children[0].pk, 999_999_999):
        for address in (
            reverse("participants:child-consent", args=[pk]),
            reverse("participants:child-withdraw", args=[pk, PUBLIC]),
        ):
            posted = client.post(address, sent())
            assert (client.get(address).status_code, posted.status_code) == (404, 404)
    assert answers(cast) == ["given"]


def test_keeping_consent_in_one_hub_gives_no_right_to_it_in_another(client, cast):
    """Ruth keeps Liverpool's; in Leeds she only takes registers, and sees the child."""
    RoleAssignment.objects.create(user=cast.ruth, role="coordinator", programme=cast.leeds)
    cast.leeds_strings.tutors.add(programmes.tutor(cast.leeds, "Ruth Bell", cast.ruth))
    client.force_login(cast.ruth)
    child = cast.leeds_children[0]
    page = client.get(page_of(child)).content.decode()
    assert (child.name.replace("'", "&#x27;") in page, "Record an answer" in page) == (True, False)
    assert client.post(form_of(child), sent()).status_code == 403
    assert client.post(withdrawal_of(child), {"given_by": "x"}).status_code == 403
    assert answers(cast) == []


def test_who_opened_a_form_about_a_child_is_in_the_trail(ruth, cast, given):
    ruth.get(form_of(cast.children[0]))
    ruth.get(withdrawal_of(cast.children[0]))
    assert [event.children for event in entries(act="child.viewed")] == [[cast.children[0].pk]] * 2


def test_the_trail_of_a_withdrawal_names_nobody_but_by_key(ruth, cast, given):
    ruth.post(withdrawal_of(cast.children[0]), {"given_by": "Their mother"})
    event = entry(act="consent.withdrawn")
    assert (event.actor_id, event.children, event.details) == (
        cast.ruth.pk,
        [cast.children[0].pk],
        {"purpose": "photo_public", "fields": ["answer"]},
    )
