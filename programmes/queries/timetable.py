"""What sessions could be put into the timetable, and what speaks against each day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import BooleanField, Case, Q, QuerySet, When

from inharmony.accounts.models import User
from inharmony.pages import dates
from programmes.models import Ensemble, Session, Tutor, Venue
from programmes.queries.calendar import calendar_owner
from programmes.queries.shared import Shared, SharedThen, shared_with
from schools.models import AcademicYear
from schools.queries.calendar import Calendar, calendars


@dataclass(frozen=True)
class Planned:
    """One session that is to be, in local wall time; `tutor` is the cover, None the ensemble's own tutors."""

    ensemble: Ensemble
    day: date
    starts_at: time
    ends_at: time
    venue: Venue | None = None
    tutor: Tutor | None = None
    kind: str = Session.Kind.CURRICULAR
    is_headcount: bool = False

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
    # children of it whom another ensemble has at the same time
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
    Returns the sessions of one ensemble, all with the same cover, with what speaks against each.

    A fixed number of statements, however many they are. `besides` is one that would make room. One is impossible when
    the ensemble does not play that day or has a session then; the rest is for whoever plans.
    """
    if not planned:
        return []
    one = planned[0]
    leading = {one.tutor} if one.tutor else set(one.ensemble.tutors.all())
    shut = _calendars_of(planned)
    shared = shared_with(one.ensemble, user)
    rows = _standing(planned, leading, shared.ensembles, user)
    standing = [each for each in rows if besides is None or each.pk != besides.pk]
    return [_proposed(each, standing, shut[each.venue], leading, shared) for each in planned]


def _proposed(
    one: Planned, standing: Iterable[Session], calendar: Calendar, leading: Collection[Tutor], shared: Shared
) -> Proposed:
    then = [each for each in standing if _is_then(each, one)]
    impossible = _impossible(one, then)
    closed = calendar.why_shut(one.day, in_holidays=one.kind == Session.Kind.HOLIDAY)
    others = [each for each in then if each.ensemble_id != one.ensemble.pk]
    clashes = [_clash(each, one, leading) for each in others]
    children = [found for each in others for found in shared.then(one.ensemble, each, one.day)]
    return Proposed(one, [words for words in (*impossible, closed, *clashes) if words], not impossible, children)


def _calendars_of(planned: Sequence[Planned]) -> dict[Venue | None, Calendar]:
    """By venue, for an ensemble of no school goes by that of its venue."""
    days = [each.day for each in planned]
    owners = {venue: calendar_owner(planned[0].ensemble, venue) for venue in {each.venue for each in planned}}
    known = calendars(set(owners.values()), min(days), max(days))
    return {venue: known[owner] for venue, owner in owners.items()}


def _standing(
    planned: Sequence[Planned], leading: Collection[Tutor], sharing: Collection[int], user: User
) -> QuerySet[Session]:
    """
    The sessions on those days that could be in the way: of the ensemble, in those venues, of ensembles that share
    children with it, or with one of those who lead it (`is_led`).
    """
    ensemble = planned[0].ensemble
    led = Q(tutor__in=leading) | Q(
        tutor__isnull=True,
        ensemble__in=Ensemble.tutors.through.objects.filter(tutor__in=leading).values("ensemble"),
    )
    same = Q(ensemble__in={ensemble.pk, *sharing}) | led
    same |= Q(venue__in={each.venue for each in planned if each.venue is not None})
    then = Session.objects.visible_to(user).filter(day__in={each.day for each in planned})
    then = then.filter(
        starts_at__lt=max(each.ends_at for each in planned), ends_at__gt=min(each.starts_at for each in planned)
    )
    # a cancelled session leaves room, tutor and children free; its own ensemble's would be doubled
    then = then.filter(same).filter(Q(cancelled_at__isnull=True) | Q(ensemble=ensemble)).select_related("ensemble")
    return then.annotate(is_led=Case(When(led, then=True), default=False, output_field=BooleanField()))


def _is_then(session: Session, one: Planned) -> bool:
    return session.day == one.day and session.starts_at < one.ends_at and session.ends_at > one.starts_at


def _impossible(one: Planned, on_day: Collection[Session]) -> list[str]:
    ensemble = one.ensemble
    if one.day < ensemble.starts_on:
        return [f"Before its first day, {dates.day(ensemble.starts_on)}"]
    if ensemble.ends_on is not None and one.day > ensemble.ends_on:
        return [f"After its last day, {dates.day(ensemble.ends_on)}"]
    if one.venue is not None and one.venue.ends_on is not None and one.day > one.venue.ends_on:
        return [f"The venue is used until {dates.day(one.venue.ends_on)}"]
    for session in on_day:
        if session.ensemble_id == ensemble.pk and session.is_cancelled and session.starts_at == one.starts_at:
            return ["Cancelled at this time. Bring that session back instead"]
        if session.ensemble_id == ensemble.pk and not session.is_cancelled:
            return [f"It has a session then, {_times(session)}"]
    return []


def _clash(session: Session, one: Planned, leading: Collection[Tutor]) -> str:
    """That a session of another ensemble takes the venue or who leads; an empty text where it takes neither."""
    if one.venue is not None and session.venue_id == one.venue.pk:
        return f"{session.ensemble.name} is in this venue, {_times(session)}"
    if not session.is_led:  # type: ignore[attr-defined] # annotated by _standing
        return ""
    who = ", ".join(sorted(tutor.name for tutor in leading))
    return f"{session.ensemble.name} has {who} then, {_times(session)}"


def _times(session: Session) -> str:
    return f"{dates.clock(session.starts_at)} to {dates.clock(session.ends_at)}"


def sessions_to_come(ensemble: Ensemble, user: User, today: date) -> list[Session]:
    """Returns the sessions of an ensemble from today on, and before them those of this year that nobody has taken."""
    year = AcademicYear(year=AcademicYear.year_of(today))
    due = Q(day__gte=year.starts_on, cancelled_at__isnull=True, register_taken_at__isnull=True)
    rows = Session.objects.visible_to(user).filter(Q(day__gte=today) | due, ensemble=ensemble)
    return list(rows.select_related("venue__school", "tutor"))


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
