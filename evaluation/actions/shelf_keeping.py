"""Files that no report has: a worker killed in the middle leaves one, with all that stands in it."""

from datetime import timedelta

from django.utils import timezone

from evaluation.models import ReportJob
from evaluation.reports import shelf

# a file is there before its report says so
SETTLES = timedelta(hours=1)


def destroy_strays(*, settles: timedelta = SETTLES) -> int:
    """
    Destroys files that no report has, half ones too, once they are as old as that; returns how many. Harmless twice.

    Who takes consent back is told that files go: of these no row would have told it.
    """
    # listed first: what is handed over meanwhile is among the reports asked afterwards
    found = shelf.settled(timezone.now() - settles)
    known = set(ReportJob.objects.filter(file_name__in=found).values_list("file_name", flat=True))
    strays = found - known
    for name in strays:
        shelf.drop(name)
    return len(strays)
