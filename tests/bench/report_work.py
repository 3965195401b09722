"""Which reports the bench makes: a country's worth of them, and the longest of one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from evaluation.actions.report import request_report
from evaluation.figures.period import whole_year
from evaluation.models import ReportJob
from evaluation.queries.national import programmes_of
from evaluation.queries.report import partners_of
from evaluation.reports.declaration import Contents, NothingToReportError, Report, Subject
from evaluation.reports.registry import REPORTS
from inharmony.access.scope import Scope, scoped
from schools.models import AcademicYear

COUNTRY = 64  # as many as eight hubs, 55 schools and the country are
YEARS = 3  # that the demonstration invents


@dataclass(frozen=True)
class Wanted:
    """One report of one year, asked for as the clock asks: in the scope of what it is about."""

    report: Report
    about: Subject
    year: int

    @property
    def scope(self) -> Scope:
        """What is read for it."""
        return Scope(frozenset({self.about.hub.pk})) if self.about.programme else Scope(role="national")

    def contents(self) -> Contents:
        """Returns what it says; raises NothingToReportError."""
        with scoped(self.scope):
            return self.report.contents(self.about, self.year, None)

    def ask(self) -> ReportJob:
        """Asks for it and returns its job."""
        year = AcademicYear(year=self.year)
        with scoped(self.scope):
            return request_report(report=self.report, about=self.about, academic_year=year, by=None)


def last_year() -> int:
    """Returns the first calendar year of the last academic year that is over."""
    return AcademicYear.year_of(timezone.localdate()) - 1


def of_year(year: int) -> Iterator[Wanted]:
    """Yields the reports of a year: the country's, then each programme's, then each school's."""
    period = whole_year(year)
    hubs = list(programmes_of(period))
    schools = [Subject(hub, school) for hub in hubs for school in partners_of(hub, period)]
    subjects = [Subject(), *map(Subject, hubs), *schools]
    yield from (Wanted(one, about, year) for about in subjects for one in REPORTS if one.of is about.of)


def country() -> list[tuple[Wanted, Contents]]:
    """Returns 64 reports there is something to say in, and what they say: of the last year, then of those before it."""
    found: list[tuple[Wanted, Contents]] = []
    for year in range(last_year(), last_year() - YEARS, -1):
        for wanted in of_year(year):
            try:
                found.append((wanted, wanted.contents()))
            except NothingToReportError:
                continue
            if len(found) == COUNTRY:
                return found
    return found


def longest(of: str) -> Wanted:
    """Returns the report about a programme, or about the country, that says most; its rows stand for its pages."""
    said = {wanted: _rows(wanted.contents()) for wanted in of_year(last_year()) if wanted.about.of == of}
    return max(said, key=said.__getitem__)


def _rows(contents: Contents) -> int:
    lines = sum(len(section.lines) + len(section.quotes) for section in contents.sections)
    return lines + sum(len(table.rows) + 3 for table in contents.tables)
