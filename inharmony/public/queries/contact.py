"""Whom anybody can write to."""

import re
from datetime import date

from inharmony.access.scope import Scope, scoped
from programmes.models import Message, Programme

NUMBER = re.compile(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}")


def hubs_to_write_to(today: date) -> list[Programme]:
    """Returns the hubs that run today and are not closed, by name, with what they say of how to reach them."""
    # as anybody, whatever role of the database whoever is signed in has
    with scoped(Scope()):
        return list(Programme.objects.running_on(today).open_on(today).order_by("short_name"))


def message_of(number: str) -> Message | None:
    """Returns the message of a number, for who holds it; None where there is none."""
    if not NUMBER.fullmatch(number):
        return None
    with scoped(Scope(link=number)):
        found = Message.objects.filter(number=number).select_related("programme")
        return found.only("number", "kind", "received_at", "acknowledged_at", "programme__name").first()
