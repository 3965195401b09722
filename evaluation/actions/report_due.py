"""Reports drafted by the clock: of a programme once a term is over, of the year on 1 September, of the country then."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from evaluation.actions.report import request_report
from evaluation.figures.period import whole_year
from evaluation.models import Release, ReportJob
from evaluation.queries.calendar import taught_terms
from evaluation.queries.national import programmes_of
from evaluation.reports.declaration import NothingToReportError, Of, Report
from evaluation.reports.registry import REPORTS
from inharmony.access.scope import Scope, scoped
from programmes.models import Programme
from schools.models import AcademicYear

# a new server, or one that stood still, does not draft years of reports in one morning
LATEST = timedelta(days=60)

log = logging.getLogger(__name__)


def draft_due(*, today: date | None = None) -> list[ReportJob]:
    """
    Asks for the drafts that are due and returns them, each in a transaction of its own; asked for once a term.

    One that cannot be made is logged and keeps no other back.
    """
    day = today or timezone.localdate()
    with scoped(Scope(role="national")):
        due = [one for one in _due(day) if not _is_drafted(*one)]
    jobs = (_draft(report, programme, year) for report, programme, year, _ in due)
    return [job for job in jobs if job is not None]


def draft_all(*, year: AcademicYear) -> list[ReportJob]:
    """Asks for every report of a year, of each programme that ran in it and of the country; returns their jobs."""
    programmes = list(programmes_of(whole_year(year.year)))
    wanted = [
        (report, programme) for report in REPORTS for programme in (programmes if report.of is Of.PROGRAMME else [None])
    ]
    jobs = (_draft(report, programme, year.year) for report, programme in wanted)
    return [job for job in jobs if job is not None]


def _due(today: date) -> Iterator[tuple[Report, Programme | None, int, date]]:
    """Each report that has a term, or a year, behind it since at most sixty days, with the last day of that."""
    this = AcademicYear.year_of(today)
    for year in (this - 1, this):
        for programme in programmes_of(whole_year(year)):
            terms = taught_terms(year, programme).values()
            # one of which nobody has entered dates is over when the next begins
            ends = [last if last > term.starts_on else term.ends_on for term, last in terms]
            over = [last for last in (*ends, whole_year(year).ends_on) if timedelta(0) < today - last <= LATEST]
            if over:
                yield from ((one, programme, year, max(over)) for one in REPORTS if one.of is Of.PROGRAMME)
        cut = Release.objects.filter(academic_year=year, term="").order_by("-number").first()
        if cut is not None and today - (on := timezone.localdate(cut.cut_at)) <= LATEST:
            yield from ((one, None, year, on - timedelta(days=1)) for one in REPORTS if one.of is Of.COUNTRY)


def _is_drafted(report: Report, programme: Programme | None, year: int, since: date) -> bool:
    jobs = ReportJob.objects.filter(report=report.id, programme=programme, academic_year=year)
    return jobs.filter(requested_by__isnull=True, requested_at__date__gt=since).exists()


def _draft(report: Report, programme: Programme | None, year: int) -> ReportJob | None:
    scope = Scope(frozenset({programme.pk})) if programme else Scope(role="national")
    try:
        with scoped(scope):
            return request_report(report=report, programme=programme, academic_year=AcademicYear(year=year), by=None)
    except NothingToReportError as why:
        log.info("%s of %s, %s: %s", report.title, programme or "the country", year, why)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("%s of %s, %s could not be drafted; it is tried again tomorrow.", report.title, programme, year)
    return None
