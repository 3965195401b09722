"""Term dates and closures as a hub keeps them: of the authorities it serves, and of partner schools that differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Ensemble, Partnership, Place, Programme, Session, Venue
from schools.models import AcademicYear, Closure, LocalAuthority, School, Term
from schools.queries.calendar import CalendarOwner, owner_of


@dataclass(frozen=True)
class CalendarPlace:
    """Whose dates are kept, a local authority's or a school's, and by which hub."""

    programme: Programme
    school: School | None = None
    authority: LocalAuthority | None = None

    @property
    def key(self) -> str:
        """What names it in a form and an address."""
        return f"{self.programme.pk}-s{self.school.pk}" if self.school else f"{self.programme.pk}-a{self.owner_code}"

    @property
    def name(self) -> str:
        """Whose dates they are, by name."""
        return self.school.name if self.school else f"All schools of {self.authority}"

    @property
    def owner(self) -> dict[str, object]:
        """The columns by which a term or a closure belongs to it."""
        return {"school": self.school, "local_authority": None if self.school else self.authority}

    @property
    def owner_code(self) -> str:
        """The code of the authority; an empty text for a school."""
        return self.authority.pk if self.authority else ""


@dataclass(frozen=True)
class KeptCalendar:
    """The terms and closures of a place in one academic year."""

    place: CalendarPlace
    terms: Sequence[Term]
    closures: Sequence[Closure]

    @property
    def missing(self) -> list[tuple[str, str]]:
        """The terms that are not entered; a school without one follows its authority."""
        entered = {term.season for term in self.terms}
        return [] if self.place.school else [pair for pair in Term.Season.choices if pair[0] not in entered]


def calendar_places(user: User, day: date) -> list[CalendarPlace]:
    """Returns the places whose dates the person keeps, authorities before schools, by name."""
    mine = user.reach.programmes_for(Permission.KEEP_ENSEMBLES)
    now = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    served = Place.objects.filter(now, programme__in=mine, starts_on__lte=day)
    partners = Partnership.objects.visible_to(user).on(day).filter(programme__in=mine)
    partners = partners.select_related("programme", "school__local_authority")
    authorities = {(p.programme, p.local_authority) for p in served.select_related("programme", "local_authority")}
    authorities |= {(p.programme, p.school.local_authority) for p in partners if p.school.local_authority}
    found = [CalendarPlace(programme, authority=authority) for programme, authority in authorities]
    found += [CalendarPlace(partner.programme, school=partner.school) for partner in partners]
    return sorted(found, key=lambda place: (place.school is not None, place.name, place.key))


def kept_calendars(user: User, year: int, day: date) -> list[KeptCalendar]:
    """Returns what is kept of each place for an academic year; of schools, those that have dates of their own."""
    places = calendar_places(user, day)
    first, last = AcademicYear(year=year).starts_on, AcademicYear(year=year).ends_on
    concerned = Q(school__in=[p.school for p in places if p.school]) | Q(
        local_authority__in=[p.authority for p in places if p.authority]
    )
    terms = list(Term.objects.filter(concerned, year=year))
    closures = list(Closure.objects.filter(concerned, starts_on__lte=last, ends_on__gte=first))
    kept = [KeptCalendar(p, [t for t in terms if _is_of(t, p)], [c for c in closures if _is_of(c, p)]) for p in places]
    return [one for one in kept if one.place.authority or one.terms or one.closures]


def _is_of(row: Term | Closure, place: CalendarPlace) -> bool:
    if place.school:
        return row.school_id == place.school.pk
    return place.authority is not None and row.local_authority_id == place.authority.pk


def sessions_on_shut_days(user: User, closure: Closure) -> int:
    """Returns how many sessions the person sees stand on the days of a closure, at the schools it is about."""
    at = "school" if closure.school_id else "school__local_authority"
    of = closure.school_id or closure.local_authority_id
    there = Q(**{f"ensemble__{at}": of}) | Q(**{"ensemble__school__isnull": True, f"venue__{at}": of})
    standing = Session.objects.visible_to(user).filter(there, cancelled_at__isnull=True, register_taken_at__isnull=True)
    return standing.filter(day__range=(closure.starts_on, closure.ends_on)).count()


def calendar_owner(ensemble: Ensemble, venue: Venue | None) -> CalendarOwner:
    """Returns whose calendar an ensemble follows: its school's, else its venue's, else that of the hub's place."""
    school = ensemble.school or (venue.school if venue else None)
    if school is not None:
        return owner_of(school)
    place = Place.objects.filter(programme_id=ensemble.programme_id, ends_on__isnull=True).order_by("pk").first()
    return CalendarOwner(authority=place.local_authority_id if place else None)
