"""What sessions could be put into the timetable, and what speaks against each day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import BooleanField, Case, Q, QuerySet, When

from inharmony.accounts.models import User
from inharmony.pages import dates
from programmes.models import Ensemble, Session, Tutor, Venue
from programmes.queries.calendar import calendar_owner
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

    @property
    def is_ticked(self) -> bool:
        """Whether it is taken unless somebody says otherwise."""
        return self.is_possible and not self.against


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
    clashing = [each for each in _clashing(planned, leading, user) if besides is None or each.pk != besides.pk]
    lines = []
    for each in planned:
        then = [session for session in clashing if _is_against(session, each)]
        impossible = _impossible(each, then)
        is_holiday = each.kind == Session.Kind.HOLIDAY
        closed = shut[each.venue].why_shut(each.day, in_holidays=is_holiday)
        others = [_clash(session, each, leading) for session in then if session.ensemble_id != each.ensemble.pk]
        lines.append(Proposed(each, [words for words in (*impossible, closed, *others) if words], not impossible))
    return lines


def _calendars_of(planned: Sequence[Planned]) -> dict[Venue | None, Calendar]:
    """By venue, for an ensemble of no school goes by that of its venue."""
    days = [each.day for each in planned]
    owners = {venue: calendar_owner(planned[0].ensemble, venue) for venue in {each.venue for each in planned}}
    known = calendars(set(owners.values()), min(days), max(days))
    return {venue: known[owner] for venue, owner in owners.items()}


def _clashing(planned: Sequence[Planned], leading: Collection[Tutor], user: User) -> QuerySet[Session]:
    """The sessions on those days of the ensemble, in those venues or with one of those who lead it (`is_led`)."""
    ensemble = planned[0].ensemble
    led = Q(tutor__in=leading) | Q(
        tutor__isnull=True,
        ensemble__in=Ensemble.tutors.through.objects.filter(tutor__in=leading).values("ensemble"),
    )
    same = Q(ensemble=ensemble) | led | Q(venue__in={each.venue for each in planned if each.venue is not None})
    then = Session.objects.visible_to(user).filter(day__in={each.day for each in planned})
    then = then.filter(
        starts_at__lt=max(each.ends_at for each in planned), ends_at__gt=min(each.starts_at for each in planned)
    )
    # a cancelled session leaves room and tutor free; its own ensemble's would be doubled
    then = then.filter(same).filter(Q(cancelled_at__isnull=True) | Q(ensemble=ensemble)).select_related("ensemble")
    return then.annotate(is_led=Case(When(led, then=True), default=False, output_field=BooleanField()))


def _is_against(session: Session, one: Planned) -> bool:
    if session.day != one.day or session.starts_at >= one.ends_at or session.ends_at <= one.starts_at:
        return False
    in_venue = one.venue is not None and session.venue_id == one.venue.pk
    is_led: bool = session.is_led  # type: ignore[attr-defined] # annotated by _clashing
    return session.ensemble_id == one.ensemble.pk or in_venue or is_led


def _impossible(one: Planned, on_day: Collection[Session]) -> list[str]:
    ensemble = one.ensemble
    if one.day < ensemble.starts_on:
        return [f"Before its first day, {dates.day(ensemble.starts_on)}"]
    if ensemble.ends_on is not None and one.day > ensemble.ends_on:
        return [f"After its last day, {dates.day(ensemble.ends_on)}"]
    for session in on_day:
        if session.ensemble_id == ensemble.pk and session.is_cancelled and session.starts_at == one.starts_at:
            return ["Cancelled at this time. Bring that session back instead"]
        if session.ensemble_id == ensemble.pk and not session.is_cancelled:
            return [f"It has a session then, {_times(session)}"]
    return []


def _clash(session: Session, one: Planned, leading: Collection[Tutor]) -> str:
    if one.venue is not None and session.venue_id == one.venue.pk:
        return f"{session.ensemble.name} is in this venue, {_times(session)}"
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
        asked |= {"starts_at": _clock(last.starts_at), "ends_at": _clock(last.ends_at)}
    return asked


def _clock(value: time) -> str:
    return f"{value:%H:%M}"
