from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy

if TYPE_CHECKING:
    from evaluation.models.issued import IssuedReport
    from inharmony.accounts.models import User


class ReportJobQuerySet(models.QuerySet["ReportJob"]):
    def visible_to(self, user: "User") -> "ReportJobQuerySet":
        """Returns the hub reports of the programmes the person sees whole, and national ones for national staff."""
        visible = Q(programme_id__in=user.reach.whole_programmes)
        if user.reach.may(Permission.SEE_NATIONAL_FIGURES):
            visible |= Q(programme__isnull=True)
        return self.filter(visible)

    def ready_to_send(self, now: object) -> "ReportJobQuerySet":
        """Returns jobs that wait, and running ones whose worker has let its lease run out."""
        return self.filter(Q(state=ReportJob.State.WAITING) | Q(state=ReportJob.State.RUNNING, lease_until__lt=now))


class ReportJob(models.Model):
    """A report asked for: the queue of record. Celery carries its id and may forget it; this row does not."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being made"
        DONE = "done", "Finished"
        FAILED = "failed", "Failed"
        STOPPED = "stopped", "Cancelled"

    privacy: ClassVar = Privacy(
        plain="id report programme school academic_year unique_key state requested_at lease_until lease_mark attempt "
        "step steps message file_name file_hash file_size pages finished_at sent_at mailed_at drafted_at "
        "shows made_of",
        personal="requested_by",
        national=National.WORK,
    )

    report = models.CharField(max_length=40)
    # null is the whole country
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, related_name="report_jobs")
    # of a report about a school; with the programme it is about there
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    # of report, scope, period and the figures' hash: asking twice for the same is one job
    unique_key = models.CharField(max_length=64, unique=True)
    # under the same mark the report says the same (`reports.made_of`); empty where that cannot be told without counting
    made_of = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    # null is the portal by itself: a draft at the end of a term
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="report_jobs")
    requested_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    # tells who holds the lease from who held it: attempts begin again where a report is asked for again
    lease_mark = models.CharField(max_length=32, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=4)
    message = models.TextField(blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    # the marks of what stands in the file by consent, which may have to go
    shows = ArrayField(models.CharField(max_length=80), default=list)
    finished_at = models.DateTimeField(null=True)
    # when who asked was written to
    mailed_at = models.DateTimeField(null=True)
    # when the clock last wanted it as a draft, whoever asked for it first
    drafted_at = models.DateTimeField(null=True)

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-requested_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(school__isnull=True) | Q(programme__isnull=False),
                name="evaluation_reportjob_school_of_programme",
            ),
            models.CheckConstraint(condition=Q(step__lte=F("steps")), name="evaluation_reportjob_step_of_steps"),
            models.CheckConstraint(
                condition=~Q(state="done") | (~Q(file_name="") & ~Q(file_hash="") & Q(finished_at__isnull=False)),
                name="evaluation_reportjob_done_has_its_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="evaluation_reportjob_running_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.academic_year}"

    @property
    def under_number(self) -> "IssuedReport | None":
        """What it prints, or printed, under a number; None of a draft."""
        return getattr(self, "issued", None)
