"""The one way an entry gets into the trail."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from inharmony.audit.models import AuditEvent

if TYPE_CHECKING:
    from inharmony.accounts.models import User


def audit(
    *,
    act: str,
    by: "User | None",
    programme_id: int | None = None,
    subject: models.Model | None = None,
    children: Iterable[int] = (),
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """
    Writes one entry and returns it. `details` holds counts and field names; never a personal value.

    `children` are the ids of those shown or acted on, all of the programme named: children of two programmes are two
    entries, each read by its own hub.
    """
    made = entry(act=act, by=by, programme_id=programme_id, subject=subject, children=children, details=details)
    made.save()
    return made


def entry(
    *,
    act: str,
    by: "User | None",
    programme_id: int | None = None,
    subject: models.Model | None = None,
    children: Iterable[int] = (),
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Returns one entry that is not written yet: for `audit_together`."""
    return AuditEvent(
        act=act,
        actor_id=by.pk if by is not None else None,
        programme_id=programme_id,
        subject=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        children=list(children),
        details=details or {},
    )


def audit_together(entries: Iterable[AuditEvent]) -> None:
    """Writes several entries in one statement."""
    AuditEvent.objects.bulk_create(entries)
