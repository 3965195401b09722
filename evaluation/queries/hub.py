"""A hub's own numbers of a period for its pages and files: each read once, when the first that shows it asks."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone

from evaluation.figures.attendance import weeks_table
from evaluation.figures.cells import Source
from evaluation.figures.own import INDICATORS, OVER_YEARS, over_years, own_table
from evaluation.figures.period import Period, whole_year
from evaluation.figures.said import TABLES as SAID
from evaluation.figures.said import Said, said_table
from evaluation.figures.table import Table
from evaluation.figures.tallies import SessionSums
from evaluation.models import KeptFigures
from evaluation.queries.kept import kept_or_counted
from evaluation.queries.live import live, live_years
from evaluation.queries.participation import Participation, participation, rows_of, summed
from evaluation.queries.progression import TABLES as OF_PROGRESSION
from evaluation.queries.progression import Progression, progression
from evaluation.queries.said import said_in
from evaluation.queries.seen import seen
from evaluation.queries.tallies import read_sums
from inharmony.accounts.models import User
from programmes.models import Programme, Session
from schools.models import AcademicYear


class HubNumbers:
    """What one person sees of one hub and period, live and exact; call it in a scope of the programme."""

    def __init__(self, programme: Programme, period: Period, user: User) -> None:
        self.programme = programme
        self.period = period
        self.user = user

    @cached_property
    def source(self) -> Source:
        """The cells of the menu."""
        return live(self.programme, self.period, self.user)

    @cached_property
    def sums(self) -> SessionSums:
        """What the sessions and registers add up to: all that the first page needs, and read in less time."""
        today = timezone.localdate()
        if self.programme.pk not in self.user.reach.whole_programmes:
            return read_sums(self._summed()["sessions"])
        kept = kept_or_counted(self.programme, self.period, KeptFigures.Kind.SUMS, today, self._summed)
        return read_sums(kept["sessions"])

    def _summed(self) -> dict[str, Any]:
        return summed(rows_of(self.programme, self.period, self.user))

    @cached_property
    def registers(self) -> Participation:
        """Sessions and registers by week, by ensemble and by school, with their tables."""
        return participation(rows_of(self.programme, self.period, self.user))

    @cached_property
    def said(self) -> list[Said]:
        """What was answered in the academic year of the period."""
        return said_in(self.programme, self.period, self.user)

    @cached_property
    def progression(self) -> Progression:
        """Awards, ensembles by level, and how those play on who left Year 6."""
        return progression(self.programme, self.period, self.user, timezone.localdate())

    def table(self, key: str) -> Table:
        """
        Returns a table by its key: of the menu, of registers, of what was answered, of musical progression, or a
        figure year by year.

        Raises KeyError for a key that is of no table of a hub.
        """
        if key.startswith(OVER_YEARS):
            return self._over_years(key.removeprefix(OVER_YEARS))
        if key in SAID:
            return said_table(self.said, key)
        if key in OF_PROGRESSION:
            return self.progression.table(key)
        made = OF_REGISTERS.get(key)
        return made(self.registers) if made else own_table(self.source, key)

    def _over_years(self, indicator: str) -> Table:
        if indicator not in INDICATORS:
            raise KeyError(indicator)
        years = years_of(self.programme, self.user, timezone.localdate())
        return over_years(live_years(self.programme, years, self.user), indicator)


OF_REGISTERS: Mapping[str, Callable[[Participation], Table]] = {
    "attendance_by_week": lambda found: weeks_table(found.weeks),
    "attendance_by_ensemble": lambda found: found.by_ensemble,
    "by_school": lambda found: found.by_school,
}


def years_of(programme: Programme, user: User | None, today: date) -> list[Period]:
    """Returns the academic years in which the hub had sessions, up to the one of today, oldest first; one statement."""
    sessions = seen(Session.objects.all(), user).filter(programme=programme)
    found = sessions.aggregate(first=Min("day"), last=Max("day"))
    if found["first"] is None:
        return []
    until = min(AcademicYear.year_of(found["last"]), AcademicYear.year_of(today))
    return [whole_year(year) for year in range(AcademicYear.year_of(found["first"]), until + 1)]
