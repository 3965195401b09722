"""Schools that begin to work with a hub, and that stop."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import ExclusionViolation

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from programmes.models import Partnership


class PartnershipRefusedError(Exception):
    """A partnership that cannot begin or end so; the text says why and what to do."""


class PartnerAlreadyError(PartnershipRefusedError):
    """The school works with the hub at that time."""


class LastDayError(PartnershipRefusedError):
    """The last day is before the first or over already, or the partnership ends before it."""


@transaction.atomic
def begin(*, partnership: Partnership, by: User) -> Partnership:
    """Writes down that a school works with a hub from a day on, and returns it. Raises PartnerAlreadyError."""
    try:
        with transaction.atomic():
            partnership.save(force_insert=True)
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation):
            raise
        raise PartnerAlreadyError(
            f"{partnership.school} works with {partnership.programme.short_name} at that time already."
        ) from error
    _audit("partnership.begun", partnership, by)
    return partnership


@transaction.atomic
def end(*, partnership: Partnership, on: date, by: User) -> Partnership:
    """Gives a partnership its last day, today or later, and returns it. Raises LastDayError."""
    locked = Partnership.objects.select_for_update(of=("self",)).select_related("programme", "school")
    ending = locked.get(pk=partnership.pk)
    if on < timezone.localdate() or on < ending.starts_on:
        raise LastDayError("A partnership ends today or later, and not before its first day.")
    if ending.ends_on is not None and on > ending.ends_on:
        raise LastDayError("This partnership ends before that day. To go on, begin it again from the day after.")
    ending.ends_on = on
    ending.save(update_fields=["ends_on"])
    _audit("partnership.ended", ending, by)
    return ending


def _audit(act: str, partnership: Partnership, by: User) -> None:
    details = {
        "school": partnership.school_id,
        "starts_on": partnership.starts_on.isoformat(),
        "ends_on": partnership.ends_on.isoformat() if partnership.ends_on else None,
    }
    audit(act=act, by=by, programme_id=partnership.programme_id, subject=partnership, details=details)
    publish()
