"""Reports asked for."""

from django.db.models import QuerySet

from evaluation.models import ReportJob
from inharmony.accounts.models import User


def jobs_for(user: User) -> QuerySet[ReportJob]:
    """Returns the reports the person may see, newest first; with who asked, where the person may read accounts."""
    jobs = ReportJob.objects.visible_to(user).select_related("programme", "academic_year")
    return jobs if user.reach.is_national else jobs.select_related("requested_by")
