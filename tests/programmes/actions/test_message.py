"""What the public writes: kept, told of, answered, closed, destroyed on its date; and never repeated."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from inharmony.access.scope import Scope, scope_of, scoped
from inharmony.accounts.models import RoleAssignment
from programmes.actions import message as acts
from programmes.models import Message
from programmes.tasks import destroy_messages
from tests.programmes.messages import COMPLAINT, received
from tests.trail import entries, entry


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Receives a message and sends its mails."""

    def receive(*args, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return received(*args, **fields)

    return receive


def test_a_message_gets_a_number_that_can_be_read_out(cast, sent):
    message = sent(cast.leeds)
    assert len(message.number) == 11
    assert set(message.number) <= {*acts.LETTERS, "-"}
    told = entry(act="message.received")
    assert (told.actor_id, told.programme_id, told.details) == (None, cast.leeds.pk, {"kind": "complaint"})


def test_managers_of_the_hub_are_told_without_a_word_of_it(cast, sent):
    message = sent(cast.leeds, name="Wanda Wren", email="wanda@home.example")
    to = {each.to[0]: each for each in mail.outbox}
    assert set(to) == {cast.omar.email, "wanda@home.example"}
    assert f"/messages/{message.pk}/" in to[cast.omar.email].body
    assert message.number in to["wanda@home.example"].body
    for each in mail.outbox:
        assert COMPLAINT not in each.body
        assert "Wanda" not in each.subject + each.body
    assert "wanda@" not in to[cast.omar.email].body


def test_an_address_is_told_at_once_and_that_acknowledges(cast, sent):
    assert sent(cast.leeds, email="wanda@home.example").acknowledged_at is not None
    assert sent(cast.leeds).acknowledged_at is None


def test_what_is_for_no_hub_goes_to_the_operator(cast, sent):
    sent(None)
    assert [each.to for each in mail.outbox] == [[cast.olu.email]]


def test_a_hub_that_nobody_manages_is_told_of_to_the_operator_without_a_link(cast, sent):
    RoleAssignment.objects.filter(user=cast.omar).delete()
    sent(cast.leeds)
    (told,) = mail.outbox
    assert told.to == [cast.olu.email]
    assert "Give somebody the role" in told.body
    assert "/messages/" not in told.body


def test_the_same_press_is_one_message_and_other_words_are_another(cast, sent):
    first = sent(cast.leeds, send="one")
    assert sent(cast.leeds, send="one").pk == first.pk
    assert sent(cast.leeds, send="one", text="And another thing.").pk != first.pk
    assert sent(cast.leeds).pk != sent(cast.leeds).pk
    assert len(mail.outbox) == 4


@pytest.mark.parametrize("who", ["omar", "joanne", "olu"])
def test_the_database_shows_a_message_to_its_hub_and_to_its_number_alone(cast, sent, who):
    of_leeds, of_none = sent(cast.leeds), sent(None)
    with scoped(scope_of(getattr(cast, who))):
        seen = set(Message.objects.values_list("pk", flat=True))
    assert seen == {"omar": {of_leeds.pk}, "joanne": set(), "olu": {of_none.pk}}[who]
    with scoped(Scope(link=of_leeds.number)):
        assert list(Message.objects.values_list("pk", flat=True)) == [of_leeds.pk]
    with scoped(Scope(link="AAAAA-AAAAA")):
        assert not Message.objects.exists()


def test_whoever_writes_can_neither_change_nor_delete_the_message_of_another(cast, sent):
    other = sent(cast.leeds)
    with scoped(Scope(link="AAAAA-AAAAA")):
        assert Message.objects.filter(pk=other.pk).update(text="") == 0
        assert Message.objects.filter(pk=other.pk).delete()[0] == 0


@pytest.mark.parametrize("who", ["priya", "sam", "nia", "stranger", "olu", "joanne"])
def test_anybody_signed_in_may_write_too_and_is_not_known(cast, sent, who):
    with scoped(scope_of(getattr(cast, who))):
        message = sent(cast.leeds)
    assert entry(act="message.received", subject_id=message.pk).actor_id is None


def found_of(programme, pk):
    with scoped(Scope(frozenset({programme.pk}))):
        return Message.objects.get(pk=pk)


def test_answering_and_closing_are_noted_with_who_and_when(cast, sent):
    message = sent(cast.leeds)
    with scoped(cast.leeds_scope):
        message = acts.answer(message=message, note="Called them.", seen=1, by=cast.omar)
        assert (message.answered_by, message.version, message.is_waiting) == (cast.omar, 2, False)
        assert message.acknowledged_at == message.answered_at
        message = acts.close(message=message, note="Called them.", seen=2, by=cast.omar)
        assert message.closed_by == cast.omar
        for act in (acts.answer, acts.close):
            with pytest.raises(acts.MessageRefusedError):
                act(message=message, note="x", seen=3, by=cast.omar)
    assert [e.details for e in entries(act__in=["message.answered", "message.closed"])] == [
        {"fields": ["note"]},
        {"fields": []},
    ]
    assert COMPLAINT not in str([e.details for e in entries()])


def test_who_saw_an_older_version_overwrites_nothing(cast, sent):
    message = sent(cast.leeds)
    with scoped(cast.leeds_scope):
        acts.answer(message=message, note="Called them.", seen=1, by=cast.omar)
        stale = Message.objects.get(pk=message.pk)
        with pytest.raises(acts.MessageChangedError):
            acts.close(message=stale, note="Spam.", seen=1, by=cast.omar)
        stale.refresh_from_db()
    assert (stale.note, stale.closed_at) == ("Called them.", None)


def test_two_years_after_it_was_closed_a_message_is_destroyed(cast, sent, time_machine):
    kept, gone, waiting = sent(cast.leeds), sent(None), sent(cast.liverpool)
    with scoped(Scope(cast.both.programmes, portal=True)):
        for message, days in ((kept, 729), (gone, 731)):
            at = timezone.localtime() - timedelta(days=days)
            Message.objects.filter(pk=message.pk).update(closed_at=at, closed_by=cast.omar)
    destroy_messages()
    destroy_messages()
    with scoped(Scope(cast.both.programmes, portal=True)):
        assert set(Message.objects.values_list("pk", flat=True)) == {kept.pk, waiting.pk}
    assert [e.details for e in entries(act="message.destroyed")] == [{"messages": 1}]


def test_the_same_press_twice_at_once_is_one_message(committed_cast):
    numbers, errors, start = [], [], threading.Barrier(4)

    def press():
        try:
            start.wait()
            numbers.append(received(committed_cast.leeds, send="one").pk)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(set(numbers)) == 1
