"""Releases cut by the clock: of a term once the next has begun, of a year on 1 September."""

import logging
from datetime import date, timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from evaluation.actions.release import ReleasedAlreadyError, cut_release
from evaluation.figures.period import Period, whole_year
from evaluation.models import Release
from evaluation.queries.calendar import terms_of
from evaluation.queries.national import programmes_of
from inharmony.access.scope import figures, scoped
from schools.models import AcademicYear

# a new server, or one that stood still, does not cut years of releases in one morning
LATEST = timedelta(days=60)

log = logging.getLogger(__name__)


def cut_due(*, today: date | None = None) -> list[Release]:
    """
    Cuts the release of each period that is due, each in a transaction of its own, and returns them.

    One that fails is logged, keeps no other back, and is tried again the next day. Out of time, no other is begun.
    """
    done = []
    for period in due_on(today or timezone.localdate()):
        try:
            year = AcademicYear(year=period.year)
            done.append(cut_release(academic_year=year, term=period.term, by=None, only_first=True))
        except ReleasedAlreadyError:
            log.info("The release of the %s was cut by another worker.", period.title)
        except SoftTimeLimitExceeded:
            raise
        except Exception:
            log.exception("The release of the %s could not be cut; it is tried again tomorrow.", period.title)
    return done


def due_on(today: date) -> list[Period]:
    """
    Returns the periods that are over since at most sixty days and have no release, the earliest first.

    A term is over when the next begins anywhere. Periods in which no programme ran have nothing to release.
    """
    with scoped(figures()):
        this = AcademicYear.year_of(today)
        years = AcademicYear.objects.filter(year__in=(this - 1, this)).order_by("year").values_list("year", flat=True)
        periods = [period for year in years for period in (*terms_of(year).values(), whole_year(year))]
        over = [period for period in periods if timedelta(0) < today - period.ends_on <= LATEST]
        out = set(Release.objects.filter(academic_year__in=(this - 1, this)).values_list("academic_year", "term"))
        return [period for period in over if (period.year, period.term) not in out and programmes_of(period)]
