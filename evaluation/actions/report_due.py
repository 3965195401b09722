"""Reports drafted by the clock: of a programme once a term is over, of the year on 1 September, of the country then."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import Q
from django.utils import timezone

from evaluation.actions.report import request_report
from evaluation.figures.period import Period, whole_year
from evaluation.models import Release, ReportJob
from evaluation.queries.calendar import taught_terms
from evaluation.queries.national import programmes_of
from evaluation.queries.report import partners_of
from evaluation.reports.declaration import NothingToReportError, Of, Report, Subject
from evaluation.reports.registry import REPORTS
from inharmony.access.scope import Scope, scoped
from programmes.models import Programme
from schools.models import AcademicYear

# a new server, or one that stood still, does not draft years of reports in one morning
LATEST = timedelta(days=60)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drafts:
    """What became of a year's reports: their jobs, and in words what there is nothing to say of, and what failed."""

    jobs: tuple[ReportJob, ...]
    nothing: tuple[str, ...]
    failed: tuple[str, ...]


class DraftFailedError(Exception):
    """A report that could not be asked for, for a reason nobody foresaw; the text says which."""


def draft_due(*, today: date | None = None) -> list[ReportJob]:
    """
    Asks for the drafts that are due and returns them, each in a transaction of its own; asked for once a term, and the
    next day again where nothing came of it.

    One that cannot be made is logged and keeps no other back.
    """
    day = today or timezone.localdate()
    with scoped(Scope(role="national")):
        due = [one for one in _due(day) if not _is_drafted(*one)]
    return list(_drafts([(report, about, year) for report, about, year, _ in due]).jobs)


def draft_all(*, year: AcademicYear) -> Drafts:
    """Asks for every report of a year, of each programme that ran in it and of the country; returns what came of it."""
    period = whole_year(year.year)
    subjects = [Subject(), *(each for programme in programmes_of(period) for each in _subjects(programme, period))]
    return _drafts([(report, about, year.year) for about in subjects for report in REPORTS if report.of is about.of])


def _subjects(programme: Programme, period: Period) -> list[Subject]:
    """A programme, and each of its partner schools of the period."""
    schools = partners_of(programme, period)
    return [Subject(programme), *(Subject(programme, school) for school in schools)]


def _drafts(wanted: list[tuple[Report, Subject, int]]) -> Drafts:
    jobs, nothing, failed = [], [], []
    for report, about, year in wanted:
        try:
            jobs.append(_draft(report, about, year))
        except NothingToReportError as why:
            log.info("%s of %s, %s: %s", report.title, about.name, year, why)
            nothing.append(f"{report.title} of {about.name}: {why}")
        except DraftFailedError as which:
            log.exception("It is tried again tomorrow.")
            failed.append(str(which))
    return Drafts(tuple(jobs), tuple(nothing), tuple(failed))


def _due(today: date) -> Iterator[tuple[Report, Subject, int, datetime]]:
    """Each report that has a term, or a year, behind it since at most sixty days, with the moment that was over."""
    this = AcademicYear.year_of(today)
    for year in (this - 1, this):
        period = whole_year(year)
        for programme in programmes_of(period):
            terms = taught_terms(year, programme).values()
            # one of which nobody has entered dates is over when the next begins
            ends = [last if last > term.starts_on else term.ends_on for term, last in terms]
            over = [last for last in (*ends, whole_year(year).ends_on) if timedelta(0) < today - last <= LATEST]
            if over:
                since = timezone.make_aware(datetime.combine(max(over) + timedelta(days=1), time.min))
                yield from ((one, Subject(programme), year, since) for one in REPORTS if one.of is Of.PROGRAMME)
            # of schools once a year: there are many, and their governors read of whole years
            if timedelta(0) < today - period.ends_on <= LATEST:
                since = timezone.make_aware(datetime.combine(period.ends_on + timedelta(days=1), time.min))
                schools = _subjects(programme, period)[1:]
                yield from ((one, each, year, since) for each in schools for one in REPORTS if one.of is Of.SCHOOL)
        cut = Release.objects.filter(academic_year=year, term="").order_by("-number").first()
        if cut is not None and today - timezone.localdate(cut.cut_at) <= LATEST:
            yield from ((one, Subject(), year, cut.cut_at) for one in REPORTS if one.of is Of.COUNTRY)


def _is_drafted(report: Report, about: Subject, year: int, since: datetime) -> bool:
    jobs = ReportJob.objects.filter(
        report=report.id, programme=about.programme, school=about.school, academic_year=year
    )
    # one that failed, or was destroyed for what stood in it, is no draft; nobody but the clock would ask for it again
    failed = Q(state=ReportJob.State.FAILED, requested_by__isnull=True)
    return jobs.filter(drafted_at__gte=since).exclude(failed).exists()


def _draft(report: Report, about: Subject, year: int) -> ReportJob:
    scope = Scope(frozenset({about.programme.pk})) if about.programme else Scope(role="national")
    try:
        with scoped(scope):
            return request_report(report=report, about=about, academic_year=AcademicYear(year=year), by=None)
    except (NothingToReportError, SoftTimeLimitExceeded):
        raise
    except Exception as trouble:
        raise DraftFailedError(
            f"{report.title} of {about.name}, {AcademicYear(year=year)}: {type(trouble).__name__}"
        ) from trouble
