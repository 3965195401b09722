"""The page of a hub's children who may have moved to another: who sees it, what it says, what it answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions.at_risk import flag_at_risk
from participants.models import Enrolment, HubMove
from tests.factories import participants
from tests.factories.evaluation import register
from tests.trail import entries, entry

FROM = timezone.localdate() - timedelta(days=20)


def question(cast, child):
    with scoped(cast.both):
        return participants.may_have_moved(child, counts_from=FROM)


@pytest.fixture
def asked(cast):
    cast.move = question(cast, cast.children[0])
    cast.leeds_move = question(cast, cast.leeds_children[0])
    return cast


def address(programme):
    return reverse("participants:hub-moves", args=[programme.slug])


def test_the_page_says_who_and_since_when_and_nothing_of_the_other_hub(client, asked):
    client.force_login(asked.ruth)
    page = client.get(address(asked.liverpool)).content.decode()
    assert "Amara Adeyemi" in page
    assert f"In another hub from {FROM.day} {FROM:%B %Y}" in page
    assert f'value="{FROM - timedelta(days=1):%Y-%m-%d}"' in page
    assert [word for word in ("Leeds", "Kirkfold", "Zoë", asked.move.pair) if word in page] == []
    assert entry(act="hub_move.viewed").children == [asked.children[0].pk]


@pytest.mark.parametrize(
    ("who", "status"),
    [("ruth", 200), ("joanne", 200), ("omar", 404), ("priya", 403), ("sam", 403), ("nia", 403), ("olu", 403)],
)
def test_only_who_keeps_the_lists_of_the_hub_sees_it(client, asked, who, status):
    client.force_login(getattr(asked, who))
    assert client.get(address(asked.liverpool)).status_code == status
    assert client.post(address(asked.liverpool), {"move": asked.move.pk, "answer": "here"}).status_code in {status, 302}
    with scoped(asked.both):
        asked.move.refresh_from_db()
    assert asked.move.state == ("here" if status == 200 else "waiting")


def test_a_question_of_another_hub_is_none(client, asked):
    client.force_login(asked.ruth)
    for written in (asked.leeds_move.pk, 0, "", "x", "9" * 400, "-1", "１"):
        for answer in ("here", "left"):
            assert client.post(address(asked.liverpool), {"move": written, "answer": answer}).status_code == 404
    with scoped(asked.both):
        assert set(HubMove.objects.values_list("state", flat=True)) == {"waiting"}


def test_still_with_us(client, asked):
    client.force_login(asked.ruth)
    page = client.post(address(asked.liverpool), {"move": asked.move.pk, "answer": "here"}, follow=True)
    assert "Amara Adeyemi stays" in page.content.decode()
    assert "Still with us" in page.content.decode()
    again = client.post(address(asked.liverpool), {"move": asked.move.pk, "answer": "here"}, follow=True)
    assert "answered meanwhile" in again.content.decode()
    assert len(entries(act="hub_move.answered")) == 1


def test_has_left(client, asked):
    client.force_login(asked.ruth)
    sent = {"move": asked.move.pk, "answer": "left", f"{asked.move.pk}-last_day": f"{FROM - timedelta(days=1)}"}
    page = client.post(address(asked.liverpool), sent, follow=True).content.decode()
    assert "Amara Adeyemi left, the last day is" in page
    with scoped(asked.liverpool_scope):
        assert Enrolment.objects.get(child=asked.children[0]).ends_on == FROM - timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [
        ("", 422, "field-wrong"),
        ("yesterday", 422, "Enter a valid date"),
        (f"{timezone.localdate() + timedelta(days=1)}", 409, "The last day is today"),
        ("2001-01-01", 409, "began at the school after that day"),
    ],
)
def test_a_day_that_cannot_be_is_said_at_the_field(client, asked, day, status, words):
    client.force_login(asked.ruth)
    sent = {"move": asked.move.pk, "answer": "left", f"{asked.move.pk}-last_day": day}
    answer = client.post(address(asked.liverpool), sent)
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert "<title>Error: " in page
    with scoped(asked.liverpool_scope):
        assert Enrolment.objects.get(child=asked.children[0]).ends_on is None


def test_the_hubs_page_says_that_there_is_something_to_answer(client, asked):
    client.force_login(asked.ruth)
    home = client.get(reverse("evaluation:hub", args=[asked.liverpool.slug])).content.decode()
    assert "1 child may have moved to another hub" in home
    assert address(asked.liverpool) in home
    client.post(address(asked.liverpool), {"move": asked.move.pk, "answer": "here"})
    home = client.get(reverse("evaluation:hub", args=[asked.liverpool.slug])).content.decode()
    assert "may have moved" not in home


def test_a_child_at_risk_stands_on_neither_page(client, asked):
    with scoped(asked.liverpool_scope):
        flag_at_risk(child=asked.children[0], by=asked.ruth)
    client.force_login(asked.ruth)
    assert "Amara" not in client.get(address(asked.liverpool)).content.decode()
    home = client.get(reverse("evaluation:hub", args=[asked.liverpool.slug])).content.decode()
    assert "may have moved" not in home


def test_statements_do_not_grow_with_the_children(client, asked, django_assert_max_num_queries):
    client.force_login(asked.ruth)
    for child in (*asked.children[1:], *asked.others):
        question(asked, child)
    client.get(address(asked.liverpool))
    with django_assert_max_num_queries(20):
        page = client.get(address(asked.liverpool)).content.decode()
    assert page.count("Last day here") == 5


def test_the_last_day_offered_is_none_on_which_the_child_came_later(client, asked):
    with scoped(asked.liverpool_scope):
        register(asked.session, "ppp", by=asked.joanne)
    client.force_login(asked.ruth)
    page = client.get(address(asked.liverpool)).content.decode()
    assert f'value="{timezone.localdate():%Y-%m-%d}"' in page
    assert "Last came on" in page
