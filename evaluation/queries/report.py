"""Reports asked for."""

from django.db.models import QuerySet

from evaluation.models import ReportJob
from inharmony.accounts.models import User


def jobs_for(user: User) -> QuerySet[ReportJob]:
    """Returns the reports the person may see, newest first."""
    return ReportJob.objects.visible_to(user).select_related("programme", "academic_year", "requested_by")
