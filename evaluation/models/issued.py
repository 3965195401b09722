from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from evaluation.models.report import ReportJob
from inharmony.access.privacy import National, Privacy, Rights

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class IssuedReportQuerySet(models.QuerySet["IssuedReport"]):
    def visible_to(self, user: "User") -> "IssuedReportQuerySet":
        """Returns the issued reports that the person may see as reports asked for."""
        return self.filter(job__in=ReportJob.objects.visible_to(user))

    def printed(self) -> "IssuedReportQuerySet":
        """Returns those of which there is, or was, a file."""
        return self.filter(job__state=ReportJob.State.DONE)

    def on_their_way(self) -> "IssuedReportQuerySet":
        """Returns those that are still being printed."""
        return self.filter(job__state__in=(ReportJob.State.WAITING, ReportJob.State.RUNNING))

    def standing(self) -> "IssuedReportQuerySet":
        """Returns those that are printed, not withdrawn and not replaced."""
        replaced = self.model.objects.printed().filter(replaces__isnull=False).values("replaces")
        return self.printed().filter(withdrawn_at__isnull=True).exclude(pk__in=replaced)


class IssuedReport(models.Model):
    """
    A report that was signed off, under a number of its year: its file, its hash, and what became of it.

    It never changes, and neither does its file: the database refuses it. It can be withdrawn, once: then its file is
    destroyed, and the hash stays. What was corrected later has a number of its own, which replaces it.
    """

    privacy: ClassVar = Privacy(
        plain="job academic_year number key figures_key shows replaces issued_at withdrawn_at settled_at told_at",
        personal="issued_by withdrawn_by withdrawn_because",
        rights=Rights.END,
        national=National.WORK,
    )

    # the job that prints it, with its file, hash and pages
    job = models.OneToOneField(ReportJob, models.PROTECT, primary_key=True, related_name="issued")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    # of the draft that was read: what the report says
    key = models.CharField(max_length=64)
    # the same without what stands in it by consent: a successor that lacks only that needs no new reader
    figures_key = models.CharField(max_length=64)
    # the marks of what stands in it by consent, as it was read: nothing else is printed
    shows = ArrayField(models.CharField(max_length=80), default=list)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    # null is the portal by itself: a successor that lacks what was taken back
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    # null is the portal by itself
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.TextField(blank=True, max_length=500)
    # of a withdrawn one: when its file was gone for certain, and its successor looked for
    settled_at = models.DateTimeField(null=True)
    # of one that the portal withdrew: when managers, or the country's staff, were told that nothing took its place,
    # or that was not needed
    told_at = models.DateTimeField(null=True)

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-academic_year", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academic_year", "number"], name="evaluation_issuedreport_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="evaluation_issuedreport_from_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="evaluation_issuedreport_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"No. {self.academic_year}/{self.number}"

    @property
    def first_issuer(self) -> "User | None":
        """Who issued it, or the first of those it is the successor of."""
        issued: IssuedReport | None = self
        while issued is not None and issued.issued_by is None:
            issued = issued.replaces
        return issued.issued_by if issued else None

    @property
    def is_overtaken(self) -> bool:
        """Whether the same report has a later number, printed or not; one statement."""
        return self.later().exists()

    def later(self) -> IssuedReportQuerySet:
        """Returns the later numbers of the same report and year."""
        same = IssuedReport.objects.filter(academic_year=self.academic_year_id, number__gt=self.number)
        job = self.job
        return same.filter(job__report=job.report, job__programme=job.programme_id, job__school=job.school_id)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None
