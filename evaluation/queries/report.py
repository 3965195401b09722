"""Reports asked for, and the schools there may be one of."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from evaluation.figures.period import Period
from evaluation.models import IssuedReport, ReportJob
from inharmony.accounts.models import User
from programmes.models import Partnership, Programme
from schools.models import School


def jobs_for(user: User) -> QuerySet[ReportJob]:
    """Returns the reports the person may see, newest first; with who asked, where the person may read accounts."""
    jobs = ReportJob.objects.visible_to(user).select_related(
        "programme", "school", "academic_year", "issued__academic_year"
    )
    return jobs if user.reach.is_national else jobs.select_related("requested_by")


def issued_of(jobs: Iterable[ReportJob]) -> dict[str, IssuedReport]:
    """Returns what was issued of some drafts and stands, by the key of the draft; one statement."""
    rows = IssuedReport.objects.standing().filter(key__in={job.unique_key for job in jobs}).order_by("number")
    return {row.key: row for row in rows.select_related("academic_year")}


def successors_of(jobs: Iterable[ReportJob]) -> dict[int, IssuedReport]:
    """Returns the number that replaced each of some issued reports, by the id of the job replaced; one statement."""
    rows = IssuedReport.objects.printed().filter(replaces__in=[job.pk for job in jobs]).order_by("number")
    return {row.replaces_id: row for row in rows.select_related("academic_year") if row.replaces_id}


def partners_of(programme: Programme, period: Period) -> list[School]:
    """Returns the partner schools of a programme on some day of a period, by name."""
    return _schools_of(Partnership.objects.filter(programme=programme), period)


def partners_in(period: Period) -> list[School]:
    """Returns the partner schools of any programme on some day of a period, by name; one statement."""
    return _schools_of(Partnership.objects.all(), period)


def _schools_of(partnerships: QuerySet[Partnership], period: Period) -> list[School]:
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
    then = partnerships.filter(in_force, starts_on__lte=period.ends_on)
    return list(School.objects.filter(pk__in=then.values("school")).order_by("name", "pk"))


def ever_partners(programmes: Iterable[Programme]) -> dict[int, list[School]]:
    """Returns the schools that are or were partners of each programme, by its id, in order of name; one statement."""
    rows = Partnership.objects.filter(programme__in=list(programmes)).select_related("school")
    found: dict[int, dict[int, School]] = {}
    for row in rows.order_by("school__name", "school"):
        found.setdefault(row.programme_id, {})[row.school_id] = row.school
    return {programme: list(schools.values()) for programme, schools in found.items()}
