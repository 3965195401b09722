"""The timetable of ensembles: sessions are put into it, one ensemble's or a whole year's, in one act."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, time

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from programmes.models import Ensemble, Joining, Programme, Session, Venue
from programmes.queries.timetable import Planned

HEADS_NOT_COUNTED = "Only family and taster sessions are counted by heads. Choose one of these kinds, or untick it."


class TimetableRefusedError(Exception):
    """Sessions that cannot be put into the timetable; the text says which, why and what to do."""


class ForeignSessionError(TimetableRefusedError):
    """An ensemble, a venue or a cover tutor of another hub."""


class TimesOutOfOrderError(TimetableRefusedError):
    """A session would end before it starts."""


class OutsideEnsembleError(TimetableRefusedError):
    """A day before the first or after the last of the ensemble."""


class HeadsNotCountedError(TimetableRefusedError):
    """A session of a kind whose register names children was to be counted by heads."""


class VenueEndedError(TimetableRefusedError):
    """A day after the last on which a venue is used."""


class EnsembleBusyError(TimetableRefusedError):
    """The ensemble would play twice at once."""


@transaction.atomic
def add_sessions(*, programme: Programme, planned: Sequence[Planned], by: User) -> list[Session]:
    """
    Puts sessions of one hub's ensembles into the timetable and returns those that were not there yet.

    A fixed number of statements, however many they are. Sent twice it has one effect: what stands at the same start
    stays as it is. All or none: raises ForeignSessionError, TimesOutOfOrderError, OutsideEnsembleError,
    HeadsNotCountedError, VenueEndedError and EnsembleBusyError.
    """
    ensembles = _locked(programme, planned)
    venues = venues_as_they_stand(one.venue for one in planned)
    for one in planned:
        _require_possible(one, ensembles, programme, venues)
    days = {one.day for one in planned}
    standing = list(Session.objects.played_by(ensembles).filter(day__in=days).select_related("ensemble").with_joined())
    there = {(session.ensemble_id, session.day, session.starts_at) for session in standing}
    new = list({one.key: one for one in planned if one.key not in there}.values())
    _require_free(new, standing)
    made = Session.objects.bulk_create([_session(one, programme) for one in new])
    joining = [
        Joining(programme=programme, session=session, ensemble=ensemble)
        for session, one in zip(made, new, strict=True)
        for ensemble in one.plays[1:]
    ]
    if joining:
        Joining.objects.bulk_create(joining)
    if made:
        _audit(programme, made, joining, by)
    return made


@transaction.atomic
def take_out(*, programme: Programme, sessions: Collection[int], by: User) -> list[int]:
    """
    Takes sessions (ids) of a hub out of the timetable again, as part of undoing what these came with; returns which.

    A fixed number of statements. A session that was held stays: whoever undoes has taken its register back first.
    """
    rows = Session.objects.filter(pk__in=sessions, programme=programme, register_taken_at__isnull=True)
    found = list(rows.order_by("day", "pk"))
    if not found:
        return []
    Joining.objects.filter(session__in=found).delete()
    rows.delete()
    audit(
        act="timetable.taken_out",
        by=by,
        programme_id=programme.pk,
        details={
            "sessions": len(found),
            "ensembles": sorted({session.ensemble_id for session in found}),
            "first": found[0].day.isoformat(),
            "last": found[-1].day.isoformat(),
        },
    )
    return [session.pk for session in found]


def _locked(programme: Programme, planned: Collection[Planned]) -> dict[int, Ensemble]:
    """Who presses at once, and who ends an ensemble meanwhile, waits here."""
    keys = {ensemble.pk for one in planned for ensemble in one.plays}
    rows = Ensemble.objects.select_for_update(no_key=True).filter(pk__in=keys, programme=programme).order_by("pk")
    return {row.pk: row for row in rows}


def venues_as_they_stand(venues: Iterable[Venue | None]) -> dict[int, Venue]:
    """Returns venues anew by id, locked after the ensembles and before a session: who ends one meanwhile waits here."""
    keys = {venue.pk for venue in venues if venue is not None}
    if not keys:
        return {}
    rows = Venue.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).select_related("school")
    return {row.pk: row for row in rows.order_by("pk")}


def _require_possible(
    one: Planned, ensembles: dict[int, Ensemble], programme: Programme, venues: dict[int, Venue]
) -> None:
    used = [each for each in (one.venue, one.tutor) if each is not None]
    if any(each.pk not in ensembles for each in one.plays) or any(each.programme_id != programme.pk for each in used):
        raise ForeignSessionError(
            f"An ensemble, a venue or a tutor is not of {programme.short_name}. Choose again; nothing was added."
        )
    require_in_order(one.starts_at, one.ends_at)
    for each in one.plays:
        require_inside(ensembles[each.pk], one.day)
    if one.is_headcount and one.kind not in Session.MAY_COUNT_HEADS:
        raise HeadsNotCountedError(HEADS_NOT_COUNTED)
    require_used(venues[one.venue.pk] if one.venue else None, one.day)


def require_used(venue: Venue | None, day: date) -> None:
    """Raises VenueEndedError where a venue is not used any more on a day."""
    if venue is not None and venue.ends_on is not None and not venue.is_used_on(day):
        raise VenueEndedError(
            f"{venue} is used until {dates.day(venue.ends_on)}, and {dates.day(day)} is after that. "
            "Choose another venue, or an earlier day."
        )


def require_in_order(starts_at: time, ends_at: time) -> None:
    """Raises TimesOutOfOrderError unless a session ends after it starts."""
    if ends_at <= starts_at:
        raise TimesOutOfOrderError(
            f"The session would start at {dates.clock(starts_at)} and end at {dates.clock(ends_at)}. "
            "It ends after it starts, on the same day: change one of the times."
        )


def require_inside(ensemble: Ensemble, day: date) -> None:
    """Raises OutsideEnsembleError for a day on which the ensemble does not play yet, or no longer."""
    if day < ensemble.starts_on:
        raise OutsideEnsembleError(
            f"{ensemble.name} begins on {dates.day(ensemble.starts_on)}, and {dates.day(day)} is before that. "
            "Choose a later day, or change the first day of the ensemble."
        )
    if ensemble.ends_on is not None and day > ensemble.ends_on:
        raise OutsideEnsembleError(
            f"{ensemble.name} plays until {dates.day(ensemble.ends_on)}, and {dates.day(day)} is after that. "
            "Choose an earlier day."
        )


def _require_free(new: Sequence[Planned], standing: Sequence[Session]) -> None:
    taken: dict[tuple[int, date], list[Planned | Session]] = {}
    for session in standing:
        for player in () if session.is_cancelled else session.players:
            taken.setdefault((player.id, session.day), []).append(session)
    for one in new:
        for ensemble in one.plays:
            on_day = taken.setdefault((ensemble.pk, one.day), [])
            for other in on_day:
                if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                    raise busy(ensemble, other)
            on_day.append(one)


def busy(ensemble: Ensemble, other: Planned | Session) -> EnsembleBusyError:
    """Returns the refusal that an ensemble has another session at that time."""
    cancelled = "cancelled " * (isinstance(other, Session) and other.is_cancelled)
    instead = " or bring that one back" if cancelled else ""
    return EnsembleBusyError(
        f"{ensemble.name} has a {cancelled}session on {dates.day(other.day)} from {dates.clock(other.starts_at)} to "
        f"{dates.clock(other.ends_at)}. Choose another time or another day{instead}."
    )


def _session(one: Planned, programme: Programme) -> Session:
    return Session(
        programme=programme,
        ensemble=one.ensemble,
        venue=one.venue,
        tutor=one.tutor,
        day=one.day,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        kind=one.kind,
        is_headcount=one.is_headcount,
    )


def _audit(programme: Programme, made: Sequence[Session], joining: Sequence[Joining], by: User) -> None:
    ensembles = sorted({session.ensemble_id for session in made})
    days = sorted(session.day for session in made)
    audit(
        act="timetable.added",
        by=by,
        programme_id=programme.pk,
        subject=made[0].ensemble if len(ensembles) == 1 else None,
        details={
            "sessions": len(made),
            "ensembles": ensembles,
            "first": days[0].isoformat(),
            "last": days[-1].isoformat(),
        }
        | ({"joined_by": sorted({each.ensemble_id for each in joining})} if joining else {}),
    )
