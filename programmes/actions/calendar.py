"""Term dates and closures: entered, corrected and taken off by whoever keeps the timetable of a hub."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from inharmony.accounts.models import User
from inharmony.audit.record import audit
from inharmony.pages import dates
from programmes.models import Programme
from programmes.queries.calendar import CalendarPlace
from schools.models import AcademicYear, Closure, LocalAuthority, School, Term


class CalendarRefusedError(Exception):
    """Dates that cannot be kept as entered; the text says why and what to do."""


class DatesOutOfOrderError(CalendarRefusedError):
    """Something would end before it starts, or a half-term would lie outside its term."""


class OutsideYearError(CalendarRefusedError):
    """A day lies outside the academic year of the term."""


class TermsOverlapError(CalendarRefusedError):
    """Two terms of one place would have a day in common."""


@dataclass(frozen=True)
class TermDates:
    """First and last day of a term, and of its half-term break where there is one."""

    starts_on: date
    ends_on: date
    half_term_starts_on: date | None = None
    half_term_ends_on: date | None = None


@transaction.atomic
def keep_term(*, place: CalendarPlace, year: int, season: Term.Season, term_dates: TermDates, by: User) -> Term:
    """
    Keeps the dates of one term of a place and returns it; the term of that season entered before is corrected.

    Sent twice it is kept once. Raises DatesOutOfOrderError, OutsideYearError, TermsOverlapError.
    """
    _require_in_order(term_dates, year)
    _lock(place)
    others = Term.objects.filter(**place.owner)
    clash = others.exclude(year=year, season=season).filter(
        starts_on__lte=term_dates.ends_on, ends_on__gte=term_dates.starts_on
    )
    if other := clash.first():
        raise TermsOverlapError(
            f"The {other.get_season_display().lower()} term of {place.name} lasts from {dates.day(other.starts_on)} to "
            f"{dates.day(other.ends_on)}. Two terms cannot have a day in common: change one of them."
        )
    AcademicYear.objects.get_or_create(year=year)
    found = others.filter(year=year, season=season).first()
    fields = asdict(term_dates)
    if found is not None and all(getattr(found, name) == value for name, value in fields.items()):
        return found
    kept = found or Term(year_id=year, season=season, **place.owner)
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.save()
    _audit("calendar.term_kept", place.programme, kept, by)
    return kept


@transaction.atomic
def remove_term(*, term: Term, programme: Programme, by: User) -> None:
    """Takes a term off the calendar; taken off twice is taken off once."""
    found = Term.objects.select_for_update().filter(pk=term.pk).first()
    if found is not None:
        _audit("calendar.term_removed", programme, found, by)
        found.delete()


@transaction.atomic
def keep_closure(*, place: CalendarPlace, starts_on: date, ends_on: date, reason: str, by: User) -> Closure:
    """Keeps days without sessions at a place and returns them; the same sent twice is kept once.

    Raises DatesOutOfOrderError.
    """
    if ends_on < starts_on:
        raise DatesOutOfOrderError(f"{dates.day(ends_on)} comes before {dates.day(starts_on)}. Change one of them.")
    _lock(place)
    same = {"starts_on": starts_on, "ends_on": ends_on, "reason": reason} | place.owner
    found = Closure.objects.filter(**same).first()
    if found is not None:
        return found
    made = Closure.objects.create(**same)
    _audit("calendar.closure_kept", place.programme, made, by)
    return made


@transaction.atomic
def remove_closure(*, closure: Closure, programme: Programme, by: User) -> None:
    """Takes days without sessions off the calendar; taken off twice is taken off once."""
    found = Closure.objects.select_for_update().filter(pk=closure.pk).first()
    if found is not None:
        _audit("calendar.closure_removed", programme, found, by)
        found.delete()


def _require_in_order(given: TermDates, year: int) -> None:
    academic = AcademicYear(year=year)
    if not academic.starts_on <= given.starts_on <= given.ends_on <= academic.ends_on:
        if given.ends_on < given.starts_on:
            raise DatesOutOfOrderError("The term would end before it starts. Change one of the two days.")
        raise OutsideYearError(
            f"The year {academic} lasts from {dates.day(academic.starts_on)} to {dates.day(academic.ends_on)}. "
            "Choose another year, or change the days."
        )
    first, last = given.half_term_starts_on, given.half_term_ends_on
    if (first is None) != (last is None):
        raise DatesOutOfOrderError("Of the half-term one day is missing. Enter its first and its last day, or neither.")
    if first and last and not given.starts_on < first <= last < given.ends_on:
        raise DatesOutOfOrderError("The half-term lies inside its term, and starts before it ends. Change its days.")


def _lock(place: CalendarPlace) -> None:
    """Two who press at once wait for each other here, also from two hubs that serve one authority."""
    rows: type[School | LocalAuthority] = School if place.school else LocalAuthority
    owner = place.school or place.authority
    assert owner is not None
    rows._default_manager.select_for_update(no_key=True).get(pk=owner.pk)


def _audit(act: str, programme: Programme, row: Term | Closure, by: User) -> None:
    details = {
        "school": row.school_id,
        "local_authority": row.local_authority_id,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }
    audit(act=act, by=by, programme_id=programme.pk, subject=row, details=details)
