"""The series an ensemble plays in: read from its last sessions, and how far it can be carried on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

from inharmony.accounts.models import User
from inharmony.pages import dates
from programmes.models import Ensemble, Session, Venue
from programmes.models.session import listed
from programmes.queries.calendar import calendar_owner
from programmes.queries.timetable import Planned
from schools.models import AcademicYear
from schools.queries.calendar import calendars

# in which a series shows itself; weeks without any session are not counted
WEEKS = 4
# sessions of the past that are read for it: five a day in each of those weeks, and to spare
MANY = 150
OFTEN = {1: "every week", 2: "every second week", 3: "every third week", 4: "every fourth week"}
YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Series:
    """
    What an ensemble plays on one day of the week, every how many weeks; `last` is the last session of it.

    Ensembles that joined the last session and still play join the next ones (`joined_by`).
    """

    last: Session
    every: int
    joined_by: tuple[Ensemble, ...] = ()

    @property
    def words(self) -> str:
        """When and where it plays, as a line of a list."""
        one = self.last
        times = f"{dates.clock(one.starts_at)} to {dates.clock(one.ends_at)}"
        where = str(self.venue) if self.venue else "no venue yet"
        others = f", with {listed([each.name for each in self.joined_by])}" if self.joined_by else ""
        return f"{one.day:%A}, {times}, {OFTEN[self.every]}, {where}{others}"

    @property
    def venue(self) -> Venue | None:
        """Where it goes on: where it was, unless that is about to be used no more, or is not any more."""
        venue = self.last.venue
        return venue if venue is not None and venue.ends_on is None else None

    def on_or_after(self, day: date) -> date:
        """Returns its first day that is not before a day."""
        step = timedelta(weeks=self.every)
        return self.last.day + step * -((self.last.day - day) // step)

    def planned(self, ensemble: Ensemble, first: date, until: date) -> list[Planned]:
        """Returns its sessions between two days, led by the own tutors of those who play."""
        one, step, day = self.last, timedelta(weeks=self.every), self.on_or_after(first)
        days = (day + step * number for number in range(max((until - day) // step + 1, 0)))
        first_of = Planned(
            ensemble,
            day,
            one.starts_at,
            one.ends_at,
            self.venue,
            kind=one.kind,
            is_headcount=one.is_headcount,
            joined_by=self.joined_by,
        )
        return [replace(first_of, day=each) for each in days]


@dataclass(frozen=True)
class Horizon:
    """Until when a series could be carried on."""

    key: str
    words: str
    day: date


def series_of(ensemble: Ensemble, user: User) -> list[Series]:
    """
    Returns the series of an ensemble, by day of the week: what it played twice or more in its last four weeks.

    What it has given up, or did once, is none. Of an ensemble with less behind it, each session of its last week is a
    series. Courses in the holidays are not carried on, nor is what it joined: that goes on with the ensemble it was
    planned for.
    """
    rows = Session.objects.visible_to(user).filter(ensemble=ensemble).exclude(kind=Session.Kind.HOLIDAY)
    latest = list(rows.select_related("venue__school").with_joined().order_by("-day", "-starts_at")[:MANY])
    weeks = sorted({_monday(one.day) for one in latest}, reverse=True)[:WEEKS]
    by_slot: dict[tuple[int, time], list[Session]] = defaultdict(list)
    for one in latest:
        if _monday(one.day) in weeks:
            by_slot[one.day.weekday(), one.starts_at].append(one)
    going_on = [found for found in by_slot.values() if _monday(found[0].day) in weeks[:2]]
    repeated = [found for found in going_on if len(found) > 1]
    found = repeated or [found for found in going_on if _monday(found[0].day) in weeks[:1]]
    in_order = sorted(found, key=lambda sessions: (sessions[0].day.weekday(), sessions[0].starts_at))
    joining = _still_playing(sessions[0] for sessions in in_order)
    return [
        Series(last, _every(sessions), tuple(joining[key] for key in last.player_ids[1:] if key in joining))
        for sessions in in_order
        for last in sessions[:1]
    ]


def _still_playing(sessions: Iterable[Session]) -> dict[int, Ensemble]:
    """Returns the ensembles that join some sessions and have not ended, by id."""
    joining = {key for session in sessions for key in session.player_ids[1:]}
    return Ensemble.objects.playing().select_related("school").in_bulk(joining)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _every(sessions: Sequence[Session]) -> int:
    """Every how many weeks: the shortest step between two of them, for a week that was left out makes one longer."""
    steps = [(later.day - earlier.day).days // 7 for later, earlier in pairwise(sessions)]
    return min([*steps, max(OFTEN)]) if steps else 1


def first_day(ensemble: Ensemble, series: Sequence[Series], today: date) -> date:
    """Returns the day on which the first of some series goes on: after its last session, and not in the past."""
    return min(one.on_or_after(max(today, ensemble.starts_on, one.last.day + timedelta(days=1))) for one in series)


def horizons(ensemble: Ensemble, venue: Venue | None, first: date) -> list[Horizon]:
    """
    Returns until when an ensemble could go on from a day: to the end of the term then or next, and of that term's year.

    Without terms that is the academic year. Never past the ensemble's own end.
    """
    owner = calendar_owner(ensemble, venue)
    terms = sorted(calendars([owner], first, first + YEAR)[owner].terms, key=lambda term: term.ends_on)
    coming = [term for term in terms if term.ends_on >= first]
    if coming:
        term = coming[0]
        last = max(each.ends_on for each in coming if each.year_id == term.year_id)
        found = [Horizon("term", f"the {term.get_season_display().lower()} term", term.ends_on)]
        found += [Horizon("year", "the school year", last)] if last > term.ends_on else []
    else:
        found = [Horizon("year", "the school year", AcademicYear(year=AcademicYear.year_of(first)).ends_on)]
    end = ensemble.ends_on
    return [Horizon(one.key, one.words, min(one.day, end) if end else one.day) for one in found]
