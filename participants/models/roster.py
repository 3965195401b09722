from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, user: "User") -> "RosterImportQuerySet":
        """Returns the imports of the programmes the person sees whole."""
        return self.filter(programme_id__in=user.reach.whole_programmes)


class RosterImport(models.Model):
    """A class list on its way in: uploaded and read, then accepted, undone, or refused as a whole."""

    class State(models.TextChoices):
        PREVIEW = "preview", "Waiting for a decision"
        ACCEPTED = "accepted", "Accepted"
        UNDONE = "undone", "Undone"
        REFUSED = "refused", "Refused"

    privacy: ClassVar = Privacy(
        plain="id programme school academic_year state uploaded_at file_name file_hash stored_name file_format sheet "
        "heading_row encoding mapped ignored dropped counts refusal accepted_at undone_at",
        personal="notes uploaded_by accepted_by undone_by",
        wall=Wall.PROGRAMME,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="roster_imports")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="roster_imports")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.PREVIEW)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    # under a random name in private storage, until its date
    stored_name = models.CharField(max_length=100, blank=True)
    file_format = models.CharField(max_length=10, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    heading_row = models.PositiveIntegerField(null=True)
    encoding = models.CharField(max_length=20, blank=True)
    mapped = models.JSONField(default=dict)
    ignored = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    # about the file as a whole, in the shape of a row's problems
    notes = models.JSONField(default=list)
    refusal = models.TextField(blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "school", "academic_year", "file_hash"],
                condition=Q(state="accepted"),
                nulls_distinct=False,
                name="participants_rosterimport_file_once",
                violation_error_message="This file has been imported for this school and year.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="participants_rosterimport_accepted_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="participants_rosterimport_undone_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.uploaded_at:%d %B %Y}"


class RosterRow(models.Model):
    """One row of the file as it was read, what it would do, and what stood there before it did."""

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        UNCHANGED = "unchanged", "Unchanged"
        CHANGED = "changed", "Changed"
        CLOSE_MATCH = "close_match", "Close match"
        SCHOOL_MOVE = "school_move", "Comes from another school"
        REFUSED = "refused", "Refused"

    privacy: ClassVar = Privacy(
        plain="id roster_import programme row outcome decision",
        personal="child cells problems",
        special="fields before",
        wall=Wall.PROGRAMME,
    )

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    # as the spreadsheet program shows it
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=11, choices=Outcome)
    # the child matched, or written by accepting
    child = models.ForeignKey("participants.Child", models.PROTECT, null=True, related_name="+")
    # of a close match: "same" or "another", until then empty
    decision = models.CharField(max_length=7, blank=True)
    cells = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    before = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster_import", "row"], name="participants_rosterrow_once"),
        ]

    def __str__(self) -> str:
        return f"Row {self.row}"
