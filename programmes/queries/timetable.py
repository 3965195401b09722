"""What sessions could be put into the timetable, and what speaks against each day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Q, QuerySet

from inharmony.accounts.models import User
from inharmony.pages import dates
from programmes.models import Ensemble, Joining, Session, Tutor, Venue
from programmes.queries.calendar import calendar_owner
from programmes.queries.leading import Leading, leading
from programmes.queries.shared import Shared, SharedThen, shared_with
from schools.models import AcademicYear
from schools.queries.calendar import Calendar, calendars, owner_of


@dataclass(frozen=True)
class Planned:
    """
    One session that is to be, in local wall time; `tutor` is the cover, None the own tutors of the ensembles.

    Ensembles that play in it together with its own are `joined_by`.
    """

    ensemble: Ensemble
    day: date
    starts_at: time
    ends_at: time
    venue: Venue | None = None
    tutor: Tutor | None = None
    kind: str = Session.Kind.CURRICULAR
    is_headcount: bool = False
    joined_by: tuple[Ensemble, ...] = ()

    @property
    def plays(self) -> list[Ensemble]:
        """Every ensemble that plays in it, its own first."""
        return list(dict.fromkeys((self.ensemble, *self.joined_by)))

    @property
    def key(self) -> tuple[int, date, time]:
        """What there is one session of."""
        return self.ensemble.pk, self.day, self.starts_at


@dataclass(frozen=True)
class Proposed:
    """A session that could be; what speaks against it, in words; and whether it can be at all."""

    planned: Planned
    against: list[str]
    is_possible: bool
    # children of it whom another session needs at the same time
    shared: list[SharedThen] = field(default_factory=list)

    @property
    def is_ticked(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return self.is_possible and not self.against and not self.shared


def days_of(first: date, last: date, *, weekday: int, every: int = 1) -> list[date]:
    """Returns a weekday (Monday is 0) of every n-th week from a first to a last day."""
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    return [day + timedelta(weeks=week) for week in range(0, max((last - day).days // 7 + 1, 0), every)]


def proposed(planned: Sequence[Planned], user: User, *, besides: Session | None = None) -> list[Proposed]:
    """
    Returns the sessions of one ensemble with what speaks against each.

    A fixed number of statements, however many they are. `besides` is one that would make room. One is impossible when
    an ensemble that plays in it does not play that day or has a session then; the rest is for whoever plans.
    """
    if not planned:
        return []
    playing = {each.pk for one in planned for each in one.plays}
    around = Around(
        led=leading(playing, {one.tutor for one in planned if one.tutor is not None}),
        shared=shared_with(playing, user),
        closed=_closed(planned),
    )
    rows = _standing(planned, around, user)
    standing = [each for each in rows if besides is None or each.pk != besides.pk]
    return [_proposed(each, standing, around) for each in planned]


@dataclass(frozen=True)
class Closed:
    """The calendars that sessions go by: of the ensemble itself by their venue, of those that join it by ensemble."""

    own: dict[Venue | None, Calendar]
    guests: dict[Ensemble, Calendar]

    def why(self, one: Planned) -> list[str]:
        """Returns why a session cannot be on its day, each reason once."""
        is_holiday = one.kind == Session.Kind.HOLIDAY
        own = self.own[one.venue].why_shut(one.day, in_holidays=is_holiday)
        guests = [(each.name, self.guests[each]) for each in one.plays[1:] if each in self.guests]
        theirs = [(name, calendar.why_shut(one.day, in_holidays=is_holiday)) for name, calendar in guests]
        return [own, *(f"For {name}: {why}" for name, why in theirs if why and why != own)]


@dataclass(frozen=True)
class Around:
    """What is asked of each session planned: who leads what, who is in what, and when schools are shut."""

    led: Leading
    shared: Shared
    closed: Closed


def _proposed(one: Planned, standing: Iterable[Session], around: Around) -> Proposed:
    then = [each for each in standing if _is_then(each, one)]
    impossible = _impossible(one, then)
    others = [each for each in then if not any(plays(own, each) for own in one.plays)]
    clashes = [_clash(each, one, around.led) for each in others]
    playing = [each.pk for each in one.plays]
    children = [found for each in others for found in around.shared.then(playing, each, one.day)]
    against = [words for words in (*impossible, *around.closed.why(one), *clashes) if words]
    return Proposed(one, against, not impossible, children)


def _closed(planned: Sequence[Planned]) -> Closed:
    """An ensemble of no school goes by the venue; of no school, one that joins it goes by nothing of its own."""
    days = [each.day for each in planned]
    own = {venue: calendar_owner(planned[0].ensemble, venue) for venue in {each.venue for each in planned}}
    joining = {guest for each in planned for guest in each.plays[1:]}
    guests = {guest: owner_of(guest.school) for guest in joining if guest.school is not None}
    known = calendars({*own.values(), *guests.values()}, min(days), max(days))
    return Closed(
        {venue: known[owner] for venue, owner in own.items()}, {guest: known[owner] for guest, owner in guests.items()}
    )


def _standing(planned: Sequence[Planned], around: Around, user: User) -> QuerySet[Session]:
    """
    The sessions on those days that could be in the way: of an ensemble that plays, in those venues, of ensembles that
    share children with one of these, or with one of those who lead.
    """
    playing = {each.pk for one in planned for each in one.plays}
    same = _with({*playing, *around.shared.ensembles, *around.led.ensembles}) | Q(tutor__in=around.led.tutors)
    same |= Q(venue__in={each.venue for each in planned if each.venue is not None})
    then = Session.objects.visible_to(user).filter(day__in={each.day for each in planned})
    then = then.filter(
        starts_at__lt=max(each.ends_at for each in planned), ends_at__gt=min(each.starts_at for each in planned)
    )
    # a cancelled session leaves room, tutor and children free; its own ensemble's would be doubled
    then = then.filter(same).filter(Q(cancelled_at__isnull=True) | Q(ensemble=planned[0].ensemble))
    return then.select_related("ensemble", "tutor").with_joined()


def _with(ensembles: Collection[int]) -> Q:
    """Sessions in which one of some ensembles plays, as its own or as one that joins it."""
    return Q(ensemble__in=ensembles) | Q(pk__in=Joining.objects.filter(ensemble__in=ensembles).values("session"))


def _is_then(session: Session, one: Planned) -> bool:
    return session.day == one.day and session.starts_at < one.ends_at and session.ends_at > one.starts_at


def plays(ensemble: Ensemble, session: Session) -> bool:
    """Returns whether an ensemble plays in a session that came `with_joined`."""
    return ensemble.pk in session.player_ids


def _impossible(one: Planned, then: Collection[Session]) -> list[str]:
    outside = (_outside(ensemble, one) for ensemble in one.plays)
    busy = (_busy(ensemble, one, then) for ensemble in one.plays)
    return [words for words in (*outside, _venue_over(one), *busy) if words][:1]


def _outside(ensemble: Ensemble, one: Planned) -> str:
    its = "its" if ensemble == one.ensemble else f"{ensemble.name}’s"
    if one.day < ensemble.starts_on:
        return f"Before {its} first day, {dates.day(ensemble.starts_on)}"
    if ensemble.ends_on is not None and one.day > ensemble.ends_on:
        return f"After {its} last day, {dates.day(ensemble.ends_on)}"
    return ""


def _venue_over(one: Planned) -> str:
    if one.venue is not None and one.venue.ends_on is not None and one.day > one.venue.ends_on:
        return f"The venue is used until {dates.day(one.venue.ends_on)}"
    return ""


def _busy(ensemble: Ensemble, one: Planned, then: Collection[Session]) -> str:
    is_own = ensemble == one.ensemble
    for session in then:
        is_same = session.ensemble_id == one.ensemble.pk and session.starts_at == one.starts_at
        if is_own and is_same and session.is_cancelled:
            return "Cancelled at this time. Bring that session back instead"
        if plays(ensemble, session) and not session.is_cancelled:
            return f"{'It' if is_own else ensemble.name} has a session then, {_times(session)}"
    return ""


def _clash(session: Session, one: Planned, led: Leading) -> str:
    """That a session of other ensembles takes the venue or who leads; an empty text where it takes neither."""
    if one.venue is not None and session.venue_id == one.venue.pk:
        return f"{session.title} is in this venue, {_times(session)}"
    both = led.then(one.tutor, (each.pk for each in one.plays)) & led.of(session)
    if not both:
        return ""
    return f"{session.title} has {', '.join(sorted(tutor.name for tutor in both))} then, {_times(session)}"


def _times(session: Session) -> str:
    return f"{dates.clock(session.starts_at)} to {dates.clock(session.ends_at)}"


def sessions_to_come(ensemble: Ensemble, user: User, today: date) -> list[Session]:
    """Returns the sessions of an ensemble from today on, and before them those of this year that nobody has taken."""
    year = AcademicYear(year=AcademicYear.year_of(today))
    due = Q(day__gte=year.starts_on, cancelled_at__isnull=True, register_taken_at__isnull=True)
    rows = Session.objects.visible_to(user).played_by([ensemble.pk]).filter(Q(day__gte=today) | due)
    return list(rows.select_related("ensemble", "venue__school", "tutor").with_joined())


def last_of(ensemble: Ensemble, user: User) -> Session | None:
    """Returns the last session of an ensemble in the timetable, by which the next ones are proposed."""
    return Session.objects.visible_to(user).filter(ensemble=ensemble).order_by("-day", "-starts_at").first()


def pattern_after(ensemble: Ensemble, user: User, today: date) -> dict[str, object]:
    """Returns what a form proposes: the pattern of the last session, from the day after it to the end of the year."""
    last = last_of(ensemble, user)
    first = max(today, ensemble.starts_on)
    if last is not None and last.day >= first:
        first = last.day + timedelta(days=1)
    until = AcademicYear(year=AcademicYear.year_of(first)).ends_on
    asked: dict[str, object] = {"starts_on": first, "ends_on": min(until, ensemble.ends_on or until), "every": 1}
    if last is not None:
        asked |= {"weekday": last.day.weekday(), "venue": last.venue_id, "kind": last.kind}
        asked["is_headcount"] = last.is_headcount
        asked |= {"starts_at": _clock(last.starts_at), "ends_at": _clock(last.ends_at)}
    return asked


def _clock(value: time) -> str:
    return f"{value:%H:%M}"
