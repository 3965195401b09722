"""A hub's own numbers of a period for its pages and files: each read once, when the first that shows it asks."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from django.db.models import Max, Min
from django.utils import timezone

from evaluation.figures.attendance import Week, attendance_by_ensemble, attendance_by_week, weeks_table
from evaluation.figures.by_school import MissingRegisters, by_school, missing_registers
from evaluation.figures.cells import Source
from evaluation.figures.own import INDICATORS, OVER_YEARS, over_years, own_table
from evaluation.figures.period import Period, whole_year
from evaluation.figures.table import Table
from evaluation.figures.tallies import ChildSums, SessionSums
from evaluation.queries.live import live
from evaluation.queries.participation import ProgrammeRows, rows_of
from evaluation.queries.tallies import child_sums, session_sums
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
        """Sessions and registers by week, by ensemble and by reason; one statement."""
        return session_sums(self._rows.sessions, self._rows.today)

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """Attendance week by week."""
        return attendance_by_week(self.sums.by_week)

    @property
    def missing(self) -> tuple[MissingRegisters, ...]:
        """Registers missing by school, most first."""
        return missing_registers(self.sums.by_ensemble)

    def enrolled(self) -> int:
        """Returns the children on the class lists; one statement."""
        enrolments: int = self._rows.enrolments.values("child").distinct().count()
        return enrolments

    def table(self, key: str) -> Table:
        """
        Returns a table by its key: of the menu, of sessions by week, ensemble or school, or a figure year by year.

        Raises KeyError for a key that is of no table of a hub.
        """
        if key.startswith(OVER_YEARS):
            return self._over_years(key.removeprefix(OVER_YEARS))
        made = OF_SESSIONS.get(key)
        return made(self) if made else own_table(self.source, key)

    def _over_years(self, indicator: str) -> Table:
        if indicator not in INDICATORS:
            raise KeyError(indicator)
        years = years_of(self.programme, self.user, timezone.localdate())
        return over_years([live(self.programme, year, self.user) for year in years], indicator)

    @cached_property
    def _rows(self) -> ProgrammeRows:
        return rows_of(self.programme, self.period, self.user)

    @cached_property
    def children(self) -> ChildSums:
        """The children who came, by school; one statement."""
        return child_sums(self._rows.months, self._rows.attendance, self._rows.placements, self.period)


OF_SESSIONS: Mapping[str, Callable[[HubNumbers], Table]] = {
    "attendance_by_week": lambda numbers: weeks_table(numbers.weeks),
    "attendance_by_ensemble": lambda numbers: attendance_by_ensemble(numbers.sums.by_ensemble),
    "by_school": lambda numbers: by_school(numbers.sums.by_ensemble, numbers.children.by_school),
}


def years_of(programme: Programme, user: User, today: date) -> list[Period]:
    """Returns the academic years in which the hub had sessions, up to the one of today, oldest first; one statement."""
    sessions = Session.objects.visible_to(user).filter(programme=programme)
    first, last = sessions.aggregate(first=Min("day"), last=Max("day")).values()
    if first is None or last is None:
        return []
    until = min(AcademicYear.year_of(last), AcademicYear.year_of(today))
    return [whole_year(year) for year in range(AcademicYear.year_of(first), until + 1)]
