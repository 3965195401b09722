"""The trail as its page reads it."""

from datetime import date

from django.db.models import QuerySet

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.accounts.queries.role import people_of
from inharmony.audit.models import AuditEvent
from inharmony.audit.words import Kind, acts_of

# more than anybody reads; a period is what narrows it
MOST = 10_000


def people_in_trail(user: User) -> QuerySet[User]:
    """Returns the people by whom a person may filter the trail: of their hubs; of the whole portal for who keeps it."""
    people = User.objects.order_by("name", "pk")
    if user.reach.may_everywhere(Permission.SEE_TRAIL):
        return people
    return people.filter(pk__in=people_of(user.reach.programmes_for(Permission.SEE_TRAIL)))


def entries_for(
    user: User, *, since: date, until: date, person: User | None = None, kind: str = ""
) -> QuerySet[AuditEvent]:
    """Returns the newest entries of a period that the person may read, of one person and kind of act where named."""
    entries = AuditEvent.objects.visible_to(user).between(since, until)
    if person is not None:
        entries = entries.filter(actor_id=person.pk)
    if kind:
        entries = entries.filter(act__in=acts_of(Kind(kind)))
    return entries[:MOST]
