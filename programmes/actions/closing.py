"""Closing a hub, which can be read and not written from a day on, and opening it again."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from inharmony.pages.public import publish
from programmes.models import Closing, Programme


class ClosingRefusedError(Exception):
    """A hub that cannot be closed or opened so; the text says why and what to do."""


class ClosedAlreadyError(ClosingRefusedError):
    """The hub is closed, or its closing is set."""


class NotClosedError(ClosingRefusedError):
    """The hub is open, and no closing is set."""


class PastDayError(ClosingRefusedError):
    """The day is over: what was written on it stands."""


@transaction.atomic
def close(*, programme: Programme, on: date, by: User) -> Closing:
    """Closes a hub from a day on, today or later, and returns the closing. Raises ClosingRefusedError."""
    locked = _locked(programme)
    if on < timezone.localdate():
        raise PastDayError("A hub closes today or on a later day: what was written before stands.")
    if standing := Closing.objects.standing().filter(programme=locked).first():
        raise ClosedAlreadyError(
            f"{locked.short_name} is closed from {dates.day(standing.closed_on)} on. For another day, open it first."
        )
    closing = Closing.objects.create(programme=locked, closed_on=on, closed_by=by)
    audit(act="hub.closed", by=by, programme_id=locked.pk, subject=closing, details={"closed_on": on.isoformat()})
    publish()
    return closing


@transaction.atomic
def reopen(*, programme: Programme, by: User) -> Closing:
    """Opens a closed hub again from today, or takes back a closing to come; returns it. Raises NotClosedError."""
    locked = _locked(programme)
    standing = Closing.objects.standing().filter(programme=locked).first()
    if standing is None:
        raise NotClosedError(f"{locked.short_name} is open, and no closing is set.")
    standing.reopened_on, standing.reopened_by = max(standing.closed_on, timezone.localdate()), by
    standing.save(update_fields=["reopened_on", "reopened_by"])
    details = {"closed_on": standing.closed_on.isoformat(), "reopened_on": standing.reopened_on.isoformat()}
    audit(act="hub.reopened", by=by, programme_id=locked.pk, subject=standing, details=details)
    publish()
    return standing


def _locked(programme: Programme) -> Programme:
    """Two who press at once wait for each other here."""
    return Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
