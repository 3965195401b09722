"""Venues: made, changed, and no longer used from a day on. None is deleted: past sessions were held there."""

from datetime import date

from django.db import transaction
from django.db.models import Count, Min, Q

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from programmes.models import Programme, Session, Venue

# what a form may change, by the names of the fields
CHANGED_BY_HAND = ("name", "school_id", "postcode")


class VenueRefusedError(Exception):
    """What cannot be done to a venue; the text says why and what to do."""


class VenueNeededError(VenueRefusedError):
    """Sessions after the last day of a venue are to be held in it."""


class ForeignVenueError(VenueRefusedError):
    """The venue that would take the sessions over is of another hub, the same, or itself not used by then."""


@transaction.atomic
def make(*, venue: Venue, by: User) -> Venue:
    """Adds a venue to those of a hub, and returns it; pressed twice at once it is added once."""
    # the second waits here, and finds what the first wrote
    Programme.objects.select_for_update(no_key=True).get(pk=venue.programme_id)
    same = Venue.objects.filter(programme=venue.programme_id, school=venue.school_id, name=venue.name).first()
    if same is not None:
        return same
    venue.save(force_insert=True)
    audit(act="venue.made", by=by, programme_id=venue.programme_id, subject=venue)
    return venue


@transaction.atomic
def change(*, venue: Venue, by: User) -> list[str]:
    """
    Gives a venue the values it has in memory; returns the names of the fields that changed.

    Sessions held there bear the new name as well. Nothing changed leaves no entry.
    """
    before = Venue.objects.select_for_update().get(pk=venue.pk)
    fields = [name.removesuffix("_id") for name in CHANGED_BY_HAND if getattr(before, name) != getattr(venue, name)]
    if fields:
        venue.save(update_fields=fields)
        audit(act="venue.changed", by=by, programme_id=venue.programme_id, subject=venue, details={"fields": fields})
    return fields


@transaction.atomic
def end(*, venue: Venue, on: date, instead: Venue | None = None, by: User) -> int:
    """
    Gives a venue its last day of use; `instead` takes over the sessions after it. Returns how many it took over.

    Without one, cancelled sessions after that day are left without a venue. Raises VenueNeededError where others are
    to be held there, and ForeignVenueError.
    """
    # who puts sessions into one of them meanwhile waits here, or is waited for
    rows = Venue.objects.select_for_update().filter(pk__in=[venue.pk, (instead or venue).pk])
    locked = {row.pk: row for row in rows.order_by("pk")}
    found, instead = locked[venue.pk], locked[instead.pk] if instead is not None else None
    after = Session.objects.filter(venue=found, day__gt=on, register_taken_at__isnull=True)
    if instead is None:
        _require_nothing_after(found, after.aggregate(many=Count("pk", Q(cancelled_at=None)), first=_first()))
    elif instead.programme_id != found.programme_id or instead.pk == found.pk or instead.ends_on is not None:
        raise ForeignVenueError(f"{instead} cannot take over its sessions. Choose another venue of the hub.")
    moved = after.update(venue=instead)
    found.ends_on = on
    found.save(update_fields=["ends_on"])
    details = {"ends_on": on.isoformat(), "sessions": moved, "instead": instead.pk if instead else None}
    audit(act="venue.ended", by=by, programme_id=found.programme_id, subject=found, details=details)
    return moved if instead is not None else 0


@transaction.atomic
def reopen(*, venue: Venue, by: User) -> Venue:
    """Lets a venue be used again, and returns it; pressed twice it has one effect."""
    found = Venue.objects.select_for_update().get(pk=venue.pk)
    if found.ends_on is not None:
        found.ends_on = None
        found.save(update_fields=["ends_on"])
        audit(act="venue.reopened", by=by, programme_id=found.programme_id, subject=found)
    return found


def _first() -> Min:
    return Min("day", filter=Q(cancelled_at=None))


def _require_nothing_after(venue: Venue, after: dict[str, object]) -> None:
    many, first = after["many"], after["first"]
    if isinstance(first, date):
        raise VenueNeededError(
            f"{venue} has {many} session{'s' * (many != 1)} after that day, the first on {dates.day(first)}. "
            "Choose a venue that takes them over, or a later day."
        )
