"""One session of the timetable: cancelled and brought back, moved, covered, dropped. Registers are of participants."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from programmes.actions.timetable import (
    ForeignSessionError,
    TimetableRefusedError,
    busy,
    require_in_order,
    require_inside,
    require_used,
)
from programmes.models import Ensemble, Joining, Session, Tutor, Venue
from programmes.queries.timetable import plays


class SessionHeldError(TimetableRefusedError):
    """A session whose register was taken."""


class SessionGoneError(TimetableRefusedError):
    """A session that somebody has dropped."""


class CancelledNowError(TimetableRefusedError):
    """A session that is cancelled, and so cannot be moved or covered."""


@dataclass(frozen=True)
class Slot:
    """When and where one session is, who covers it (None: the ensemble's own tutors), and which ensembles join it."""

    day: date
    starts_at: time
    ends_at: time
    venue: Venue | None = None
    tutor: Tutor | None = None
    joined_by: tuple[Ensemble, ...] = ()


@transaction.atomic
def cancel(*, session: Session, reason: Session.CancelReason, by: User) -> Session:
    """
    Cancels a session for a reason and returns it; sent twice it is cancelled once, another reason replaces the first.

    Raises SessionHeldError and SessionGoneError.
    """
    found = _locked(session)
    _require_not_held(found, "cancelled")
    if found.is_cancelled and found.cancel_reason == reason:
        return found
    found.cancelled_at, found.cancel_reason = timezone.now(), reason
    found.save(update_fields=["cancelled_at", "cancel_reason"])
    _audit("session.cancelled", found, by, {"reason": str(reason)})
    return found


@transaction.atomic
def bring_back(*, session: Session, by: User) -> Session:
    """
    Lets a cancelled session take place after all and returns it; sent twice it has one effect.

    Raises EnsembleBusyError, OutsideEnsembleError and SessionGoneError.
    """
    found = _locked(session)
    if not found.is_cancelled:
        return found
    plays = _plays(found)
    for ensemble in plays:
        require_inside(ensemble, found.day)
    _require_free(found, plays)
    found.cancelled_at, found.cancel_reason = None, ""
    found.save(update_fields=["cancelled_at", "cancel_reason"])
    _audit("session.brought_back", found, by, {})
    return found


@transaction.atomic
def change(*, session: Session, slot: Slot, by: User) -> list[str]:
    """
    Gives a session another day, other times, another venue, a cover tutor or other ensembles that join it; returns the
    names of what changed.

    Nothing changed leaves no entry. Raises SessionHeldError, CancelledNowError, ForeignSessionError,
    TimesOutOfOrderError, OutsideEnsembleError, VenueEndedError, EnsembleBusyError and SessionGoneError.
    """
    found = _locked(session, slot.joined_by, slot.venue)
    _require_not_held(found, "changed")
    if found.is_cancelled:
        raise CancelledNowError(f"{_named(found)} is cancelled. Bring it back first, then change it.")
    used = (slot.venue, slot.tutor, *slot.joined_by)
    if any(each is not None and each.programme_id != found.programme_id for each in used):
        raise ForeignSessionError(
            "The venue, the tutor or an ensemble is of another hub. Choose again; nothing was changed."
        )
    joined, joining = _plays(found)[1:], [each for each in slot.joined_by if each != found.ensemble]
    wanted = {name: value for name, value in vars(slot).items() if name != "joined_by"}
    changed = [name for name, value in wanted.items() if getattr(found, name) != value]
    joins = set(joined) != set(joining)
    if not changed and not joins:
        return []
    before = found.day
    for name in changed:
        setattr(found, name, wanted[name])
    require_in_order(found.starts_at, found.ends_at)
    for ensemble in (found.ensemble, *joining):
        require_inside(ensemble, found.day)
    require_used(found.venue, found.day)
    _require_free(found, [found.ensemble, *joining])
    if changed:
        found.save(update_fields=changed)
    if joins:
        _join(found, joining)
        changed.append("joined_by")
    _audit("session.changed", found, by, {"fields": changed, "from": before.isoformat()})
    return changed


def _join(session: Session, joining: Collection[Ensemble]) -> None:
    Joining.objects.filter(session=session).exclude(ensemble__in=joining).delete()
    Joining.objects.bulk_create(
        [Joining(programme_id=session.programme_id, session=session, ensemble=ensemble) for ensemble in joining],
        ignore_conflicts=True,
    )


@transaction.atomic
def drop(*, session: Session, by: User) -> None:
    """Takes a session out of the timetable; dropped twice is dropped once. Raises SessionHeldError."""
    try:
        found = _locked(session)
    except SessionGoneError:
        return
    _require_not_held(found, "dropped")
    day = found.day.isoformat()
    details = {"session": found.pk, "day": day, "was_cancelled": found.is_cancelled}
    found.delete()
    audit(act="session.dropped", by=by, programme_id=found.programme_id, subject=found.ensemble, details=details)


def _locked(session: Session, joining: Collection[Ensemble] = (), venue: Venue | None = None) -> Session:
    """
    The ensembles first, as whoever adds sessions to them does, then the venue it is to have, which may have ended
    meanwhile; then the row a register would be saved in.
    """
    playing = Q(pk=session.ensemble_id) | Q(pk__in=[each.pk for each in joining]) | Q(joinings__session=session.pk)
    keys = set(Ensemble.objects.filter(playing).values_list("pk", flat=True))
    locked = Ensemble.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    ensemble = next(each for each in locked if each.pk == session.ensemble_id)
    if venue is not None:
        venue.refresh_from_db(fields=["ends_on"], from_queryset=Venue.objects.select_for_update(no_key=True))
    found = (
        Session.objects.select_for_update(of=("self",)).filter(pk=session.pk).select_related("venue", "tutor").first()
    )
    if found is None:
        raise SessionGoneError("Somebody has dropped this session meanwhile. Add it again if it is to be held.")
    found.ensemble = ensemble
    return found


def _plays(session: Session) -> list[Ensemble]:
    """Returns the ensembles that play in a session, its own first."""
    return [session.ensemble, *session.joined_by.order_by("name", "pk")]


def _named(session: Session) -> str:
    return f"The session of {session.ensemble.name} on {dates.day(session.day)}"


def _require_not_held(session: Session, done: str) -> None:
    if session.is_held:
        raise SessionHeldError(f"{_named(session)} has a register: it was held, and cannot be {done}.")


def _require_free(session: Session, playing: Sequence[Ensemble]) -> None:
    """Raises EnsembleBusyError where an ensemble that plays in it plays in another session at that time."""
    others = Session.objects.played_by(each.pk for each in playing).filter(day=session.day).exclude(pk=session.pk)
    then = others.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    for other in then.select_related("ensemble").with_joined():
        # a cancelled one leaves the time free, but not the very start: there is one session of it
        is_same_start = other.ensemble_id == session.ensemble_id and other.starts_at == session.starts_at
        if not other.is_cancelled or is_same_start:
            raise busy(next(each for each in playing if plays(each, other)), other)


def _audit(act: str, session: Session, by: User, details: dict[str, object]) -> None:
    details = {"ensemble": session.ensemble_id, "day": session.day.isoformat(), **details}
    audit(act=act, by=by, programme_id=session.programme_id, subject=session, details=details)
