"""Messages of the public on the pages of those who answer them, and on nobody else's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import scoped
from programmes.models import Message
from tests.programmes.messages import COMPLAINT, received
from tests.trail import entry

INBOX = "/messages/"


@pytest.fixture
def messages(cast):
    """One to each hub, and one to none."""
    return {"liverpool": received(cast.liverpool), "leeds": received(cast.leeds), "none": received(None)}


def aged(cast, message, days):
    with scoped(cast.both):
        Message.objects.filter(pk=message.pk).update(received_at=timezone.localtime() - timedelta(days=days))


@pytest.mark.parametrize(("who", "own"), [("joanne", "liverpool"), ("omar", "leeds"), ("olu", "none")])
def test_each_sees_what_was_written_to_them_and_all_else_is_not_there(cast, client, messages, who, own):
    client.force_login(getattr(cast, who))
    page = client.get(INBOX).content.decode()
    assert {name for name, message in messages.items() if message.number in page} == {own}
    for name, message in messages.items():
        for act in ("message", "message-answer", "message-close"):
            address = reverse(f"programmes:{act}", args=[message.pk])
            sent = {"note": "x", "seen": "9"}
            answer = client.get(address) if act == "message" else client.post(address, sent)
            assert answer.status_code == (404 if name != own else 200 if act == "message" else 422)


@pytest.mark.parametrize("who", ["priya", "ruth", "sam", "nia", "stranger"])
def test_nobody_else_opens_them(cast, client, messages, who):
    client.force_login(getattr(cast, who))
    assert client.get(INBOX).status_code == 403
    assert client.get(reverse("programmes:message", args=[messages["leeds"].pk])).status_code == 403
    assert 'href="/messages/"' not in client.get("/account/").content.decode()


def test_the_list_shows_no_name_and_no_word_and_the_sight_of_one_is_in_the_trail(cast, client):
    message = received(cast.leeds, name="Wanda Wren", email="wanda@home.example")
    client.force_login(cast.omar)
    page = client.get(INBOX).content.decode()
    assert all(words not in page for words in (COMPLAINT, "Wanda", "wanda@"))
    page = client.get(reverse("programmes:message", args=[message.pk])).content.decode()
    assert all(words in page for words in (COMPLAINT, "Wanda Wren", "wanda@home.example"))
    told = entry(act="message.viewed")
    assert (told.actor_id, told.programme_id, told.subject_id) == (cast.omar.pk, cast.leeds.pk, message.pk)


def test_complaints_past_their_thirty_days_stand_first(cast, client):
    young = received(cast.leeds, kind=Message.Kind.QUESTION)
    old_question = received(cast.leeds, kind=Message.Kind.QUESTION, text="When is the concert?")
    late = received(cast.leeds, kind=Message.Kind.DATA)
    aged(cast, old_question, 50)
    aged(cast, late, 31)
    client.force_login(cast.omar)
    page = client.get(INBOX).content.decode()
    assert page.index(late.number) < page.index(old_question.number) < page.index(young.number)
    assert "31 days: over 30 days" in page
    assert "50 days" in page


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Today: 29 left of 30"), (1, "1 day: 28 left"), (29, "29 days: 0 left")]
)
def test_the_clock_says_what_is_left(cast, client, days, words):
    aged(cast, received(cast.leeds), days)
    client.force_login(cast.omar)
    assert words in client.get(INBOX).content.decode()


def test_a_message_is_answered_and_closed_and_leaves_the_list(cast, client):
    message = received(cast.leeds)
    client.force_login(cast.omar)
    page = reverse("programmes:message", args=[message.pk])
    answer = client.post(page + "answer/", {"note": "Called them.", "seen": "1"}, follow=True).content.decode()
    assert "Noted as answered." in answer
    assert "Called them." in answer
    assert message.number not in client.get(INBOX).content.decode()
    assert message.number in client.get(INBOX + "?state=answered").content.decode()
    assert (
        "destroyed in two years"
        in client.post(page + "close/", {"note": "Called them.", "seen": "2"}, follow=True).content.decode()
    )
    assert message.number in client.get(INBOX + "?state=closed&kind=complaint").content.decode()
    assert message.number not in client.get(INBOX + "?state=closed&kind=photo").content.decode()


def test_who_is_second_is_told_and_keeps_their_words(cast, client):
    message = received(cast.leeds)
    client.force_login(cast.omar)
    page = reverse("programmes:message", args=[message.pk])
    client.post(page + "answer/", {"note": "Called them.", "seen": "1"})
    answer = client.post(page + "answer/", {"note": "Wrote to them.", "seen": "1"})
    assert answer.status_code == 422
    assert "Somebody else answered or closed" in answer.content.decode()
    assert "Wrote to them." in answer.content.decode()
    assert "Called them." in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"note": " ", "seen": "1"}, {"note": "x", "seen": "<b>"}, {"note": "x\0", "seen": "1"}]
)
def test_nothing_is_noted_without_words(cast, client, sent):
    message = received(cast.leeds)
    client.force_login(cast.omar)
    answer = client.post(reverse("programmes:message-answer", args=[message.pk]), sent)
    assert answer.status_code == 422


def test_five_hundred_messages_are_read_fifty_at_a_time_by_as_many_statements_as_one(cast, client):
    received(cast.leeds)
    client.force_login(cast.omar)
    client.get(INBOX)
    with CaptureQueriesContext(connection) as one:
        client.get(INBOX)
    with scoped(cast.leeds_scope):
        Message.objects.bulk_create(
            Message(programme=cast.leeds, number=f"M{n:010}", kind="question", text="x", received_at=timezone.now())
            for n in range(500)
        )
    with CaptureQueriesContext(connection) as many:
        page = client.get(INBOX)
    assert len(many) == len(one)
    assert page.content.decode().count("<tr>") == 51
    assert "501 wait" in page.content.decode()
    assert client.get(INBOX + "?page=99&state=x&kind=%00").status_code == 200
