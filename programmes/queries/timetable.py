"""What sessions could be put into the timetable, and what speaks against each day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from inharmony.accounts.models import User
from inharmony.pages import dates
from programmes.models import Ensemble, Joining, Session, Tutor, Venue
from programmes.queries.calendar import calendar_owner
from schools.models import AcademicYear
from schools.queries.calendar import calendars, owner_of


@dataclass(frozen=True)
class Planned:
    """
    One session that is to be, in local wall time; `tutor` is the cover, None the ensemble's own tutors.

    Ensembles that play in it together with its own are `joined_by`.
    """

    ensemble: Ensemble
    day: date
    starts_at: time
    ends_at: time
    venue: Venue | None = None
    tutor: Tutor | None = None
    kind: str = Session.Kind.CURRICULAR
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
    Returns the sessions of one ensemble with what speaks against each; a fixed number of statements.

    `besides` is one that would make room. One is impossible when an ensemble that plays in it does not play that day or
    has a session then; the rest is for whoever plans.
    """
    if not planned:
        return []
    one = planned[0]
    owner = calendar_owner(one.ensemble, one.venue)
    guests = {each: owner_of(each.school) for each in one.plays[1:] if each.school is not None}
    kept = calendars([owner, *guests.values()], planned[0].day, planned[-1].day)
    tutors = Tutor.objects.filter(ensembles__in=[each.pk for each in one.plays])
    leading = {one.tutor} if one.tutor else set(tutors)
    clashing = [each for each in _clashing(planned, leading, user) if besides is None or each.pk != besides.pk]
    lines = []
    for each in planned:
        on_day = [session for session in clashing if session.day == each.day]
        impossible = _impossible(each, on_day)
        is_holiday = each.kind == Session.Kind.HOLIDAY
        shut = kept[owner].why_shut(each.day, in_holidays=is_holiday)
        of_guests = [
            f"For {guest.name}: {why}"
            for guest, theirs in guests.items()
            if (why := kept[theirs].why_shut(each.day, in_holidays=is_holiday)) and why != shut
        ]
        elsewhere = [session for session in on_day if not any(plays(own, session) for own in each.plays)]
        others = [_clash(session, each, leading) for session in elsewhere]
        against = [words for words in (*impossible, shut, *of_guests, *others) if words]
        lines.append(Proposed(each, against, not impossible))
    return lines


def _clashing(planned: Sequence[Planned], leading: Collection[Tutor], user: User) -> QuerySet[Session]:
    """The sessions at that time of those who play in it, in that venue or with one of those who lead it."""
    one = planned[0]
    theirs = Ensemble.tutors.through.objects.filter(tutor__in=leading).values("ensemble")
    led = Q(tutor__in=leading) | Q(tutor__isnull=True) & _with(theirs)
    same = _with([each.pk for each in one.plays]) | led
    if one.venue is not None:
        same |= Q(venue=one.venue)
    then = Session.objects.visible_to(user).filter(day__in=[each.day for each in planned])
    then = then.filter(starts_at__lt=one.ends_at, ends_at__gt=one.starts_at)
    # a cancelled session leaves room and tutor free; its own ensemble's would be doubled
    then = then.filter(same).filter(Q(cancelled_at__isnull=True) | Q(ensemble=one.ensemble))
    return then.select_related("ensemble").with_joined()


def _with(ensembles: Iterable[int] | QuerySet[Any, Any]) -> Q:
    """Sessions in which one of some ensembles plays, as its own or as one that joins it."""
    return Q(ensemble__in=ensembles) | Q(pk__in=Joining.objects.filter(ensemble__in=ensembles).values("session"))


def plays(ensemble: Ensemble, session: Session) -> bool:
    """Returns whether an ensemble plays in a session that came `with_joined`."""
    return any(player.id == ensemble.pk for player in session.players)


def _impossible(one: Planned, on_day: Collection[Session]) -> list[str]:
    return [words for ensemble in one.plays if (words := _busy(ensemble, one, on_day))][:1]


def _busy(ensemble: Ensemble, one: Planned, on_day: Collection[Session]) -> str:
    is_own = ensemble == one.ensemble
    its = "its" if is_own else f"{ensemble.name}’s"
    if one.day < ensemble.starts_on:
        return f"Before {its} first day, {dates.day(ensemble.starts_on)}"
    if ensemble.ends_on is not None and one.day > ensemble.ends_on:
        return f"After {its} last day, {dates.day(ensemble.ends_on)}"
    for session in on_day:
        is_same = session.ensemble_id == one.ensemble.pk and session.starts_at == one.starts_at
        if is_own and is_same and session.is_cancelled:
            return "Cancelled at this time. Bring that session back instead"
        if plays(ensemble, session) and not session.is_cancelled:
            return f"{'It' if is_own else ensemble.name} has a session then, {_times(session)}"
    return ""


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
        asked |= {"starts_at": _clock(last.starts_at), "ends_at": _clock(last.ends_at)}
    return asked


def _clock(value: time) -> str:
    return f"{value:%H:%M}"
