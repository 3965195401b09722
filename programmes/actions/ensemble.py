"""Ensembles: made, changed and ended. Who is in one, and so who is taken out when it ends, is of participants."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max, Min

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from programmes.models import Ensemble, Session, Tutor

# what a form may change, by the names of the fields
CHANGED_BY_HAND = ("name", "kind", "level", "school_id", "capacity", "starts_on", "instruments")


class EnsembleRefusedError(Exception):
    """What cannot be done to an ensemble; the text says why and what to do."""


class ForeignTutorError(EnsembleRefusedError):
    """Somebody who leads in another programme."""


class SessionBeforeError(EnsembleRefusedError):
    """The ensemble has a session before the first day it is given."""


class EndedBeforeError(EnsembleRefusedError):
    """The ensemble has ended, or would end before it began."""


class RegisterAfterError(EnsembleRefusedError):
    """A session after the last day has a register."""


class SessionAfterError(EnsembleRefusedError):
    """A session after the last day is still to come."""


@transaction.atomic
def make(*, ensemble: Ensemble, tutors: Iterable[Tutor], by: User) -> Ensemble:
    """Begins an ensemble with those who lead it, and returns it. Raises ForeignTutorError."""
    leading = _require_own(ensemble, tutors)
    ensemble.save(force_insert=True)
    ensemble.tutors.set(leading)
    audit(
        act="ensemble.made",
        by=by,
        programme_id=ensemble.programme_id,
        subject=ensemble,
        details={"tutors": [tutor.pk for tutor in leading]},
    )
    return ensemble


@transaction.atomic
def change(*, ensemble: Ensemble, tutors: Iterable[Tutor], by: User) -> list[str]:
    """
    Gives an ensemble the values it has in memory and these tutors; returns the names of the fields that changed.

    Who leads it sees its children from the next request on. Nothing changed leaves no entry. Raises ForeignTutorError
    and SessionBeforeError.
    """
    before = Ensemble.objects.select_for_update().get(pk=ensemble.pk)
    leading = _require_own(ensemble, tutors)
    changed = [name for name in CHANGED_BY_HAND if getattr(before, name) != getattr(ensemble, name)]
    if "starts_on" in changed:
        _require_no_session_before(ensemble)
    was, is_now = set(before.tutors.values_list("pk", flat=True)), {tutor.pk for tutor in leading}
    if not changed and was == is_now:
        return []
    ensemble.save(update_fields=[name.removesuffix("_id") for name in changed])
    ensemble.tutors.set(leading)
    fields = [name.removesuffix("_id") for name in changed] + ["tutors"] * (was != is_now)
    details = {"fields": fields, "added": sorted(is_now - was), "removed": sorted(was - is_now)}
    audit(act="ensemble.changed", by=by, programme_id=ensemble.programme_id, subject=ensemble, details=details)
    return fields


@transaction.atomic
def end(*, ensemble: Ensemble, on: date, by: User) -> Ensemble:
    """
    Gives an ensemble its last day, and returns it; its children are taken out by who calls.

    Raises EndedBeforeError, RegisterAfterError and SessionAfterError.
    """
    ending = Ensemble.objects.select_for_update().get(pk=ensemble.pk)
    require_endable(ending, on)
    ending.ends_on = on
    ending.save(update_fields=["ends_on"])
    details = {"ends_on": on.isoformat()}
    audit(act="ensemble.ended", by=by, programme_id=ending.programme_id, subject=ending, details=details)
    return ending


@transaction.atomic
def reopen(*, ensemble: Ensemble, by: User) -> Ensemble:
    """Takes the last day of an ensemble away again, and returns it."""
    found = Ensemble.objects.select_for_update().get(pk=ensemble.pk)
    found.ends_on = None
    found.save(update_fields=["ends_on"])
    audit(act="ensemble.reopened", by=by, programme_id=found.programme_id, subject=found)
    return found


def require_endable(ensemble: Ensemble, on: date) -> None:
    """Raises what keeps an ensemble from ending on a day: its own days, and sessions after it."""
    if ensemble.ends_on is not None:
        raise EndedBeforeError(f"{ensemble.name} ended on {dates.day(ensemble.ends_on)} already.")
    if on < ensemble.starts_on:
        raise EndedBeforeError(f"{ensemble.name} begins on {dates.day(ensemble.starts_on)}: it cannot end before.")
    after = Session.objects.played_by([ensemble.pk]).filter(day__gt=on)
    held = after.held().aggregate(last=Max("day"))["last"]
    if held is not None:
        many = after.held().count()
        raise RegisterAfterError(
            f"{ensemble.name} has {many} register{'s' * (many != 1)} after that day, the last of {dates.day(held)}. "
            "End it on that day or a later one."
        )
    coming = after.filter(cancelled_at__isnull=True)
    first = coming.aggregate(first=Min("day"))["first"]
    if first is not None:
        many = coming.count()
        raise SessionAfterError(
            f"{ensemble.name} has {many} session{'s' * (many != 1)} after that day, the first on {dates.day(first)}. "
            "Cancel them first, or end it later."
        )


def _require_own(ensemble: Ensemble, tutors: Iterable[Tutor]) -> list[Tutor]:
    leading = list(tutors)
    if any(tutor.programme_id != ensemble.programme_id for tutor in leading):
        raise ForeignTutorError(f"One of those who would lead {ensemble.name} is of another hub. Choose again.")
    return leading


def _require_no_session_before(ensemble: Ensemble) -> None:
    first = Session.objects.played_by([ensemble.pk]).aggregate(first=Min("day"))["first"]
    if first is not None and first < ensemble.starts_on:
        raise SessionBeforeError(
            f"{ensemble.name} has a session on {dates.day(first)}. Its first day cannot be after that."
        )
