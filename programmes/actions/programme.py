"""Bringing in a hub, and the places it serves."""

from datetime import date

from django.db import IntegrityError, transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages.public import publish
from programmes.models import Place, Programme, ProgrammeStatus
from programmes.validators.programme import require_dark, require_free_slug
from schools.models import LocalAuthority


class HubRefusedError(Exception):
    """A hub that cannot be brought in, or a place that cannot be added; the text says why and what to do."""


class ServedAlreadyError(HubRefusedError):
    """The hub serves that place at that time."""


class TakenMeanwhileError(HubRefusedError):
    """Somebody brought in a hub of that name at the same moment."""


@transaction.atomic
def begin(*, programme: Programme, authority: LocalAuthority, starts_on: date, by: User) -> Programme:
    """Brings in a hub that runs from a day on and serves a first place; returns it.

    It is empty: its sharing agreement, its first manager and its schools are acts of their own. Raises
    ValidationError for what a hub cannot be called, TakenMeanwhileError.
    """
    programme.delivery_started_on = starts_on
    require_free_slug(programme.slug)
    require_dark(programme.colour)
    # when it was announced is part of the public record, which may not know it
    programme.full_clean(exclude=["announced_on"])
    try:
        with transaction.atomic():
            programme.save(force_insert=True)
    except IntegrityError as error:
        raise TakenMeanwhileError("Somebody brought in a hub with this address at the same moment.") from error
    ProgrammeStatus.objects.create(programme=programme, status=ProgrammeStatus.Status.RUNNING, starts_on=starts_on)
    details = {"starts_on": starts_on.isoformat(), "authority": authority.pk}
    audit(act="hub.begun", by=by, programme_id=programme.pk, subject=programme, details=details)
    _place(programme, authority, starts_on)
    publish()
    return programme


@transaction.atomic
def serve(*, programme: Programme, authority: LocalAuthority, starts_on: date, by: User) -> Place:
    """Adds a local authority area that the hub serves from a day on, and returns it. Raises ServedAlreadyError."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    served = Place.objects.filter(programme=programme, local_authority=authority).exclude(ends_on__lt=starts_on)
    if served.exists():
        raise ServedAlreadyError(f"{programme.short_name} serves {authority.name} already. Choose another place.")
    place = _place(programme, authority, starts_on)
    audit(
        act="hub.place_added",
        by=by,
        programme_id=programme.pk,
        subject=place,
        details={"authority": authority.pk, "starts_on": starts_on.isoformat()},
    )
    publish()
    return place


def _place(programme: Programme, authority: LocalAuthority, starts_on: date) -> Place:
    return Place.objects.create(
        programme=programme, name=authority.name, local_authority=authority, starts_on=starts_on
    )
