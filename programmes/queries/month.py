"""A month of the timetable of a person's hubs, day by day, with why nothing is held on some."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.models import Session
from programmes.queries.calendar import CalendarPlace, calendar_places
from schools.queries.calendar import Calendar, CalendarOwner, calendars, owner_of

# more of one day are counted, not listed: a month is one sheet of paper
LISTED = 8
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


@dataclass(frozen=True)
class MonthDay:
    """A day with its sessions in time order; `shut` is why it is closed everywhere, `partly` where it is closed."""

    day: date
    sessions: Sequence[Session]
    shut: str
    partly: Sequence[str]

    @property
    def listed(self) -> Sequence[Session]:
        """The sessions that are named."""
        return self.sessions[:LISTED]

    @property
    def unlisted(self) -> int:
        """How many more there are."""
        return len(self.sessions) - len(self.listed)

    @property
    def cancelled(self) -> int:
        """How many of them do not take place."""
        return sum(session.is_cancelled for session in self.sessions)


@dataclass(frozen=True)
class Month:
    """The days of a month that are shown: to Friday, or to the last day of the week that anything is on."""

    days: Sequence[MonthDay]
    columns: int

    @property
    def sessions(self) -> int:
        """How many sessions there are."""
        return sum(len(day.sessions) for day in self.days)

    @property
    def cancelled(self) -> int:
        """How many of them do not take place."""
        return sum(day.cancelled for day in self.days)


def month_of(first: date, user: User) -> Month:
    """Returns the month that begins on a day, of the hubs whose ensembles the person keeps; in five statements."""
    last = _last_of(first)
    rows = sessions_of_month(first, user)
    on: dict[date, list[Session]] = defaultdict(list)
    for session in rows:
        on[session.day].append(session)
    kept_calendars = _calendars(calendar_places(user, first), first, last)
    last_column = max([FRIDAY, *(day.weekday() for day in on)])
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    shown = [day for day in days if day.weekday() <= last_column]
    return Month([_day(day, on.get(day, []), kept_calendars) for day in shown], last_column + 1)


def sessions_of_month(first: date, user: User) -> QuerySet[Session]:
    """Returns the sessions of the month that begins on a day, as `month_of` has them."""
    kept = user.reach.programmes_for(Permission.KEEP_ENSEMBLES)
    rows = Session.objects.visible_to(user).filter(programme__in=kept, day__range=(first, _last_of(first)))
    return rows.select_related("programme", "ensemble", "venue__school", "tutor").with_joined()


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _calendars(places: Iterable[CalendarPlace], first: date, last: date) -> list[tuple[str, Calendar]]:
    """Returns the calendars of the hubs' schools by name; of a hub without any, those of its authorities."""
    schools = [(place.school.name, owner_of(place.school)) for place in places if place.school]
    owners = schools or [(place.name, CalendarOwner(authority=place.owner_code)) for place in places]
    known = calendars({owner for _, owner in owners}, first, last)
    return [(name, known[owner]) for name, owner in owners]


def _day(day: date, sessions: Sequence[Session], kept: Sequence[tuple[str, Calendar]]) -> MonthDay:
    where: dict[str, list[str]] = defaultdict(list)
    for name, calendar in kept:
        where[calendar.why_shut(day)].append(name)
    is_open = bool(where.pop("", []))
    if where and not is_open:
        return MonthDay(day, sessions, "; ".join(where), [])
    return MonthDay(day, sessions, "", [f"{why}: {_names(names)}" for why, names in where.items()])


def _names(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} schools"
