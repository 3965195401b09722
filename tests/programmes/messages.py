"""Messages of people who are invented."""

from programmes.actions import message as acts
from programmes.models import Message

COMPLAINT = "The concert was moved and nobody told us. We stood before a locked door."


def received(programme=None, *, kind=Message.Kind.COMPLAINT, text=COMPLAINT, email="", name="", send="") -> Message:
    """Returns a message that came through the contact page."""
    return acts.receive(writing=acts.Writing(kind, programme, text, name, email, send))
