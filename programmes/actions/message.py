"""
What the public writes: received from anybody, answered and closed by whoever it was written to, destroyed on its date.

No mail repeats a word of a message: one to whoever wrote says its number, one to whoever answers says that it waits.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from programmes.models import Message, Programme
from programmes.queries.message import answerers_of

# after it was closed
KEPT = timedelta(days=730)
# without 0, 1, I and O: a number is read out on the telephone
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class MessageRefusedError(Exception):
    """What cannot be done with a message; the text says why and what to do."""


class MessageChangedError(MessageRefusedError):
    """Somebody else answered or closed it since the page was opened; nothing was overwritten."""


@dataclass(frozen=True)
class Writing:
    """What somebody wrote, to a hub or to In Harmony as a whole. `send` is the page's own mark of one press."""

    kind: str
    programme: Programme | None
    text: str
    name: str = ""
    email: str = ""
    send: str = ""


def number_of(writing: Writing) -> str:
    """Returns the number of a message: of the same press with the same words the same, otherwise one nobody guesses."""
    hub = writing.programme.pk if writing.programme else ""
    parts = (writing.send or secrets.token_hex(16), writing.kind, hub, writing.text, writing.name, writing.email)
    mark = salted_hmac("programmes.message", repr(parts), algorithm="sha256").digest()
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in mark[:10])
    return f"{letters[:5]}-{letters[5:]}"


def receive(*, writing: Writing) -> Message:
    """Keeps a message of somebody unknown, tells whom it is for, and returns it; sent twice it is one."""
    number = number_of(writing)
    # whoever is signed in beside it: what is written here is written by nobody known
    with scoped(Scope(link=number)):
        found = Message.objects.filter(number=number).first()
        return found if found is not None else _keep(writing, number)


def _keep(writing: Writing, number: str) -> Message:
    now = timezone.now()
    try:
        with transaction.atomic():
            message = Message.objects.create(
                programme=writing.programme,
                number=number,
                kind=writing.kind,
                text=writing.text,
                name=writing.name,
                email=writing.email,
                received_at=now,
                acknowledged_at=now if writing.email else None,
            )
            audit(
                act="message.received",
                by=None,
                programme_id=message.programme_id,
                subject=message,
                details={"kind": message.kind},
            )
    except IntegrityError:
        # the same press, a moment earlier
        return Message.objects.get(number=number)
    _tell(message)
    return message


def _tell(message: Message) -> None:
    """Mails whoever answers that a message waits, and whoever wrote that it has come."""
    subject = f"A message waits: {message.number}"
    link = settings.PORTAL_URL + reverse("programmes:message", args=[message.pk])
    people, is_instead = answerers_of(message.programme)
    for person in people:
        context = {"message": message, "person": person, "link": "" if is_instead else link}
        _mail(subject, "emails/message-waits.txt", context, person.email)
    if message.email:
        _mail(
            f"We have your message: {message.number}",
            "emails/message-received.txt",
            {"message": message},
            message.email,
        )


def _mail(subject: str, template: str, context: dict[str, Any], to: str) -> None:
    text = render_to_string(template, context)
    transaction.on_commit(lambda: send_mail(subject, text, None, [to]) and None, robust=True)


@transaction.atomic
def answer(*, message: Message, note: str, seen: int, by: User) -> Message:
    """Writes down that whoever wrote has been answered, and how. `seen` is the version the person saw."""
    now = timezone.now()
    if message.closed_at is not None:
        raise MessageRefusedError("This message is closed. What was noted of it stands below.")
    done = {"answered_at": now, "answered_by": by, "acknowledged_at": message.acknowledged_at or now}
    fields = _write(message, done, note, seen)
    audit(act="message.answered", by=by, programme_id=message.programme_id, subject=message, details={"fields": fields})
    return message


@transaction.atomic
def close(*, message: Message, note: str, seen: int, by: User) -> Message:
    """Closes a message; two years later it is destroyed."""
    if message.closed_at is not None:
        raise MessageRefusedError("This message is closed already.")
    fields = _write(message, {"closed_at": timezone.now(), "closed_by": by}, note, seen)
    audit(act="message.closed", by=by, programme_id=message.programme_id, subject=message, details={"fields": fields})
    return message


def _write(message: Message, done: dict[str, Any], note: str, seen: int) -> list[str]:
    """Writes what was done, and the note; returns the fields of which the trail tells."""
    changed = Message.objects.filter(pk=message.pk, version=seen).update(note=note, version=F("version") + 1, **done)
    if not changed:
        raise MessageChangedError(
            "Somebody else answered or closed this message after you opened it. Nothing of yours has been written: "
            "look at what stands now."
        )
    fields = ["note"] if note != message.note else []
    message.refresh_from_db()
    return fields


@transaction.atomic
def destroy(*, now: datetime) -> int:
    """Deletes messages that were closed two years ago, of every hub; returns how many. Once a night, harmless twice."""
    every = frozenset(Programme.objects.values_list("pk", flat=True))
    with scoped(Scope(every, portal=True)):
        gone: int = Message.objects.filter(closed_at__lt=now - KEPT).delete()[0]
        if gone:
            audit(act="message.destroyed", by=None, details={"messages": gone})
    return gone
