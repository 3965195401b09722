from datetime import date, time

from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from programmes.models import (
    Ensemble,
    Joining,
    Partnership,
    Programme,
    ProgrammeStatus,
    Session,
    SharingAgreement,
    Tutor,
    Venue,
)
from tests.factories.schools import LONG_AGO


def programme(short_name: str, *, is_agreed: bool = True, **fields) -> Programme:
    """Returns a new running programme, with an agreement to share children's data unless told otherwise."""
    slug = short_name.lower().replace(" ", "-")
    made = Programme.objects.create(slug=slug, short_name=short_name, name=f"In Harmony {short_name}", **fields)
    ProgrammeStatus.objects.create(programme=made, status=ProgrammeStatus.Status.RUNNING, starts_on=LONG_AGO)
    if is_agreed:
        agreement(made)
    return made


def agreement(programme: Programme, **fields) -> SharingAgreement:
    """Returns a new sharing agreement, signed long ago."""
    fields = {"signed_on": LONG_AGO, "parties": "The hub and its schools", "reference": "Shelf 4"} | fields
    return SharingAgreement.objects.create(programme=programme, **fields)


def partner(programme: Programme, school) -> Partnership:
    """Returns a new partnership since long ago."""
    return Partnership.objects.create(programme=programme, school=school, starts_on=LONG_AGO)


def tutor(programme: Programme, name: str, user=None) -> Tutor:
    """Returns a new tutor."""
    return Tutor.objects.create(programme=programme, name=name, user=user)


def ensemble(programme: Programme, name: str = "Year 4 Strings", *, school=None, led_by=()) -> Ensemble:
    """Returns a new string group since long ago."""
    made = Ensemble.objects.create(
        programme=programme, name=name, school=school, kind=Ensemble.Kind.STRING, starts_on=LONG_AGO
    )
    made.tutors.set(led_by)
    return made


def venue(programme: Programme, school, name: str = "hall") -> Venue:
    """Returns a new room of a school."""
    return Venue.objects.create(programme=programme, school=school, name=name)


def session(
    ensemble: Ensemble, *, day: date | None = None, starts_at=time(10, 15), ends_at=time(11, 0), joined_by=(), **fields
):
    """Returns a new session, today unless told, of one ensemble unless others join it."""
    made = Session.objects.create(
        programme_id=ensemble.programme_id,
        ensemble=ensemble,
        day=day or timezone.localdate(),
        starts_at=starts_at,
        ends_at=ends_at,
        **fields,
    )
    for other in joined_by:
        Joining.objects.create(programme_id=ensemble.programme_id, session=made, ensemble=other)
    return made


def forget(sessions) -> None:
    """Deletes sessions, in a scope of every hub: who deletes one is asked whether there are corrections of it."""
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        sessions.delete()
