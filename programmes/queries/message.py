"""Messages of the public as those who answer them find them, and whom to tell that one has come."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When

from inharmony.access.roles import OPERATOR
from inharmony.accounts.models import RoleAssignment, User
from programmes.models import Message, Programme
from programmes.models.message import TO_ACKNOWLEDGE
from programmes.queries.programme import managers_of

COMPLAINTS = (Message.Kind.COMPLAINT, Message.Kind.DATA)
# what a list can be narrowed to: word in the address, and how it reads
STATES = {"waiting": "Waiting", "answered": "Answered", "closed": "Closed", "all": "All"}


@dataclass(frozen=True)
class Clock:
    """How long a message has waited, and how that is shown."""

    words: str
    kind: str = ""


def inbox(user: User, *, now: datetime, state: str = "waiting", kind: str = "") -> QuerySet[Message]:
    """Returns the messages the person answers: complaints past their 30 days first, then who has waited longest."""
    found = Message.objects.visible_to(user).select_related("programme")
    found = found.filter(_of_state(state))
    if kind in Message.Kind.values:
        found = found.filter(kind=kind)
    late = Q(
        kind__in=COMPLAINTS, received_at__lt=now - TO_ACKNOWLEDGE, answered_at__isnull=True, closed_at__isnull=True
    )
    is_late = Case(When(late, then=Value(value=True)), default=Value(value=False), output_field=BooleanField())
    ordered = "received_at" if state == "waiting" else "-received_at"
    return found.annotate(is_late=is_late).order_by("-is_late", ordered, "pk").defer("text", "note", "name", "email")


def _of_state(state: str) -> Q:
    if state == "answered":
        return Q(answered_at__isnull=False, closed_at__isnull=True)
    if state == "closed":
        return Q(closed_at__isnull=False)
    return Q() if state == "all" else Q(answered_at__isnull=True, closed_at__isnull=True)


def counts(user: User) -> dict[str, int]:
    """Returns how many messages stand in each state, for the filters of the list."""
    seen = Message.objects.visible_to(user).order_by()
    return seen.aggregate(**{state: Count("pk", filter=_of_state(state)) for state in STATES})


def clock_of(message: Message, now: datetime) -> Clock:
    """Returns what is left of the 30 days of a complaint; of any other message, for how long it has waited."""
    if message.closed_at is not None:
        return Clock("Closed")
    if message.answered_at is not None:
        return Clock("Answered", "ok")
    days = (now - message.received_at).days
    waited = "Today" if days < 1 else f"{days} day{'s' * (days != 1)}"
    if not message.is_complaint:
        return Clock(waited)
    left = (message.acknowledge_by - now).days
    if message.acknowledge_by < now:
        return Clock(f"{waited}: over 30 days", "bad")
    return Clock(f"{waited}: {left} left of 30", "warn" if left < 10 else "calm")


def answerers_of(programme: Programme | None) -> tuple[list[User], bool]:
    """
    Returns whom to tell that a message has come, and whether they are told instead of those who could read it.

    A hub without a manager who can sign in has nobody to answer: whoever keeps the portal is told to see to that.
    """
    managers = [role.user for role in managers_of(programme)] if programme is not None else []
    if managers:
        return _once(managers), False
    keeping = RoleAssignment.objects.current().filter(role=OPERATOR.name, user__is_active=True)
    return _once([role.user for role in keeping.select_related("user").order_by("pk")]), programme is not None


def _once(people: list[User]) -> list[User]:
    return list({person.pk: person for person in people}.values())
