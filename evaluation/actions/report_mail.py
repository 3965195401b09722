"""Writing to people of their reports: that one is ready, or had to be withdrawn. A link, and not a figure."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from evaluation.models import IssuedReport, ReportJob
from evaluation.reports.progress import title_of
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from programmes.queries.programme import managers_of

log = logging.getLogger(__name__)

# a mail server that was down for longer is no reason to write of reports long since fetched
STILL_NEWS = timedelta(days=1)


class CouldNotTellError(Exception):
    """The mail did not go out; the text says of which report."""


def mail_finished(*, job_id: int) -> bool:
    """
    Writes to who asked for a report that it is ready, and returns whether it did: once, however often it is called.
    To who may not see the report any more nothing is written.

    Whose server stops between the sending and the writing down writes again, under the same Message-ID. What goes wrong
    is logged, and tried again by the dispatcher.
    """
    try:
        return _tell(job_id)
    except CouldNotTellError:
        log.exception("It is tried again.")
        return False


def mail_unmailed() -> int:
    """
    Writes of each report of which nobody was told yet, and returns how many. Stops at the first that could not be sent:
    a mail server that is away would hold the worker once for each.
    """
    waiting = ReportJob.objects.filter(_waiting()).order_by("finished_at").values_list("pk", flat=True)
    told = 0
    try:
        for pk in waiting[:50]:
            told += _tell(pk)
    except CouldNotTellError:
        log.exception("It is tried again.")
    return told


def _tell(job_id: int) -> bool:
    try:
        with transaction.atomic():
            found = ReportJob.objects.select_for_update(skip_locked=True, of=("self",))
            job = found.select_related("requested_by").filter(_waiting(), pk=job_id).first()
            if job is None or job.requested_by is None:
                return False
            job.mailed_at = timezone.now()
            job.save(update_fields=["mailed_at"])
            if is_told := _may_still_see(job, job.requested_by):
                _message(job, job.requested_by).send()
            return is_told
    except SoftTimeLimitExceeded:
        raise
    except Exception as trouble:
        raise CouldNotTellError(f"Report {job_id} is ready, and who asked could not be told") from trouble


def _may_still_see(job: ReportJob, who: User) -> bool:
    sees = Permission.SEE_REPORTS in who.reach.permissions
    return who.is_active and sees and ReportJob.objects.visible_to(who).filter(pk=job.pk).exists()


def _waiting() -> Q:
    news = timezone.now() - STILL_NEWS
    return Q(state=ReportJob.State.DONE, mailed_at__isnull=True, requested_by__isnull=False, finished_at__gte=news)


def _message(job: ReportJob, to: User) -> EmailMessage:
    read, found = reverse("evaluation:report-read", args=[job.pk]), reverse("evaluation:reports")
    links = {"read": settings.PORTAL_URL + read, "found": settings.PORTAL_URL + found}
    text = render_to_string("emails/report-ready.txt", {"job": job, "title": title_of(job), **links})
    host = urlsplit(settings.PORTAL_URL).hostname
    return EmailMessage(
        f"Ready: {title_of(job)}",
        text,
        to=[to.email],
        headers={"Message-ID": f"<report-{job.pk}-{job.file_hash[:16]}@{host}>"},
    )


def mail_withdrawn(*, issued: IssuedReport) -> int:
    """Writes to the hub's managers that a report was withdrawn and has no successor; returns to how many."""
    link = settings.PORTAL_URL + reverse("evaluation:reports")
    title = title_of(issued.job)
    people = {role.user for role in managers_of(issued.job.programme)} if issued.job.programme else set()
    for person in people:
        context = {"person": person, "issued": issued, "title": title, "link": link}
        text = render_to_string("emails/report-withdrawn.txt", context)
        EmailMessage(f"Withdrawn: {title}", text, to=[person.email]).send()
    return len(people)
