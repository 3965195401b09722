"""Writing to people of their reports: that one is ready, or had to be withdrawn. A link, and not a figure."""

import logging
from datetime import datetime, timedelta
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
from programmes.queries.programme import managers_of, national_staff

log = logging.getLogger(__name__)

# a mail server that was down for longer is no reason to write of reports long since fetched
STILL_NEWS = timedelta(days=1)
# a report that is gone is worth a mail for longer
STILL_OPEN = timedelta(days=7)


class CouldNotTellError(Exception):
    """The mail did not go out; the text says of which report."""


def mail_finished(*, job_id: int) -> bool:
    """
    Writes to who asked for a report that it is ready, and returns whether it did: once, however often it is called. Of
    what the clock drafted for a hub or the country, to its managers or staff; of schools' reports, which are many, to
    nobody. To who may not see the report any more nothing is written.

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
            job = found.select_related("requested_by", "programme").filter(_waiting(), pk=job_id).first()
            if job is None:
                return False
            job.mailed_at = timezone.now()
            job.save(update_fields=["mailed_at"])
            people = [each for each in _whose(job) if _may_still_see(job, each)]
            if people:
                _message(job, people).send()
            return bool(people)
    except SoftTimeLimitExceeded:
        raise
    except Exception as trouble:
        raise CouldNotTellError(f"Report {job_id} is ready, and who asked could not be told") from trouble


def _whose(job: ReportJob) -> list[User]:
    if job.requested_by is not None:
        return [job.requested_by]
    return _answerable_for(job)


def _answerable_for(job: ReportJob) -> list[User]:
    """A hub's managers, or the country's staff; each once, by name."""
    roles = managers_of(job.programme) if job.programme else national_staff()
    return list({role.user_id: role.user for role in roles}.values())


def _may_still_see(job: ReportJob, who: User) -> bool:
    sees = Permission.SEE_REPORTS in who.reach.permissions
    return who.is_active and sees and ReportJob.objects.visible_to(who).filter(pk=job.pk).exists()


def _waiting() -> Q:
    news = timezone.now() - STILL_NEWS
    # what the clock drafted of a hub or of the country; what an issued report's successor is, is told otherwise
    drafted = Q(drafted_at__isnull=False, school__isnull=True)
    asked = Q(requested_by__isnull=False) | drafted
    return asked & Q(state=ReportJob.State.DONE, mailed_at__isnull=True, finished_at__gte=news)


def _message(job: ReportJob, to: list[User]) -> EmailMessage:
    read, found = reverse("evaluation:report-read", args=[job.pk]), reverse("evaluation:reports")
    links = {"read": settings.PORTAL_URL + read, "found": settings.PORTAL_URL + found}
    text = render_to_string("emails/report-ready.txt", {"job": job, "title": title_of(job), **links})
    host = urlsplit(settings.PORTAL_URL).hostname
    return EmailMessage(
        f"Ready: {title_of(job)}",
        text,
        to=[each.email for each in to],
        headers={"Message-ID": f"<report-{job.pk}-{job.file_hash[:16]}@{host}>"},
    )


def mail_untold() -> int:
    """
    Writes to a hub's managers, of the country to its staff, of each report that the portal withdrew and that nothing
    took the place of; returns of how many. Stops where nobody could be written to: a mail server that is away would
    hold the worker once for each.

    What is on its way to take its place is waited for. An address that is refused keeps no other back.
    """
    since = timezone.now() - STILL_OPEN
    withdrawn = IssuedReport.objects.filter(
        settled_at__isnull=False, told_at__isnull=True, withdrawn_by__isnull=True, withdrawn_at__gte=since
    )
    told = 0
    try:
        for issued in withdrawn.select_related("job__programme", "job__school", "job__academic_year", "academic_year"):
            told += _tell_of(issued)
    except CouldNotTellError:
        log.exception("It is tried again.")
    return told


def _tell_of(issued: IssuedReport) -> bool:
    later = issued.later()
    if later.on_their_way().exists():
        return False
    if not _told(issued, timezone.now(), before=None) or later.printed().exists():
        return False
    people = _answerable_for(issued.job)
    reached = 0
    try:
        for person in people:
            reached += _is_told(issued, person)
    finally:
        # also where the time of the task ran out
        if people and not reached:
            _told(issued, None, before=issued.told_at)
    if people and not reached:
        raise CouldNotTellError(f"{issued} was withdrawn, and nobody could be told")
    return bool(people)


def _told(issued: IssuedReport, at: datetime | None, *, before: datetime | None) -> bool:
    """Writes down when it is told, and returns whether nobody else has: before anything is sent, so that it is once."""
    mine = IssuedReport.objects.filter(pk=issued.pk, told_at=before)
    issued.told_at = at
    return bool(mine.update(told_at=at))


def _is_told(issued: IssuedReport, person: User) -> bool:
    title = title_of(issued.job)
    link = settings.PORTAL_URL + reverse("evaluation:reports")
    context = {"person": person, "issued": issued, "title": title, "link": link}
    mail = EmailMessage(
        f"Withdrawn: {title}",
        render_to_string("emails/report-withdrawn.txt", context),
        to=[person.email],
        headers={"Message-ID": f"<withdrawn-{issued.pk}-{person.pk}@{urlsplit(settings.PORTAL_URL).hostname}>"},
    )
    try:
        return bool(mail.send())
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        log.exception("Somebody could not be told that %s was withdrawn", issued)
        return False
