"""What stands in the trail, read with every hub in reach: entries that name children are behind the wall."""

from inharmony.access.scope import Scope, scoped
from inharmony.audit.models import AuditEvent
from programmes.models import Programme


def entries(**wanted) -> list[AuditEvent]:
    """Returns the entries that fit, oldest first."""
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        return list(AuditEvent.objects.filter(**wanted).order_by("pk"))


def entry(**wanted) -> AuditEvent:
    """Returns the one entry that fits."""
    (found,) = entries(**wanted)
    return found
