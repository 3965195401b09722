"""What stands in the trail, read with every hub in reach: entries that name children are behind the wall."""

import re

from inharmony.access.scope import Scope, scoped
from inharmony.audit.history import histories
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


def history() -> list[tuple[str, str, int, list[str]]]:
    """Returns what the history of tables about children holds: table, update or delete, child, fields."""
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        return sorted(
            (model.pgh_tracked_model.__name__, left.pgh_label, left.child_id, left.changed)
            for model in histories(of_children=True)
            for left in model.objects.order_by("pk")
        )


def lines_of(html: str) -> list[tuple[str, str]]:
    """Returns who and what of each line of a page of the trail, as they stand on it."""
    return re.findall(r'<tr><td>[^<]*</td><th scope="row">([^<]*)</th><td>([^<]*)</td>', html)
