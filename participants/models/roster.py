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
    """
    A class list on its way in: uploaded and read, then accepted, undone, or refused as a whole.

    What of it came from the file (its rows, and the sheets as sent) is destroyed on a date; the entry stays.
    """

    class State(models.TextChoices):
        ASKING = "asking", "Waiting for an answer"
        PREVIEW = "preview", "Waiting for a decision"
        ACCEPTED = "accepted", "Accepted"
        UNDONE = "undone", "Undone"
        REFUSED = "refused", "Refused"

    privacy: ClassVar = Privacy(
        plain="id programme school academic_year state uploaded_at file_name file_hash file_format sheet heading_row "
        "encoding mapped ignored dropped columns asks choices seen leaves_on joins counts refusal accepted_at "
        "undone_at destroyed_at",
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
    file_format = models.CharField(max_length=10, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    heading_row = models.PositiveIntegerField(null=True)
    encoding = models.CharField(max_length=20, blank=True)
    mapped = models.JSONField(default=dict)
    ignored = models.JSONField(default=list)
    dropped = models.JSONField(default=list)
    # each column of the sheet, what it was read as and by what
    columns = models.JSONField(default=list)
    # what only a person can say: which sheet, what a blank means
    asks = models.JSONField(default=dict)
    # what a person said: a sheet, the meaning of columns, what blanks mean
    choices = models.JSONField(default=dict)
    # what the rows were compared with; where the children stand otherwise by now, they are compared again
    seen = models.CharField(max_length=64, blank=True)
    # the last day of those who are on roll and not on the list, where they leave with it
    leaves_on = models.DateField(null=True)
    # school classes that join ensembles with it, and the acts in which they did
    joins = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    # about the file as a whole, in the shape of a row's problems
    notes = models.JSONField(default=list)
    refusal = models.TextField(blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "programme"], name="participants_rosterimport_in_programme"),
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


class RosterSheet(models.Model):
    """
    Some rows of a sheet as they were sent, without the columns that the portal must not hold; sealed.

    A row is read again from here when a cell of it is mended, all of them when columns are read otherwise, and the rows
    that did not go in are handed back in the school's own layout.
    """

    privacy: ClassVar = Privacy(
        plain="id roster_import programme place name first_row",
        special="content",
        wall=Wall.PROGRAMME,
        figures_may="",
        # it is destroyed on its date in a closed hub too
        closes_with_hub=False,
    )

    roster_import = models.ForeignKey(RosterImport, models.CASCADE, related_name="sheets", db_constraint=False)
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+", db_constraint=False)
    # of the sheet in the file, from 0
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100, blank=True)
    first_row = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["place", "first_row"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["roster_import", "place", "first_row"], name="participants_rostersheet_rows_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} from row {self.first_row}"


class RosterRow(models.Model):
    """
    One row of the file as it was read, what it would do, and what stood there before it did.

    Who is on roll and not on the list has a row too, without a number: what it does is end the enrolment.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        UNCHANGED = "unchanged", "Unchanged"
        CHANGED = "changed", "Changed"
        CLOSE_MATCH = "close_match", "Close match"
        SCHOOL_MOVE = "school_move", "Comes from another school"
        REFUSED = "refused", "Refused"
        LEAVER = "leaver", "Not on the list"

    class Decision(models.TextChoices):
        LATER = "", "Not decided"
        SAME = "same", "The same child"
        ANOTHER = "another", "Another child"
        OUT = "out", "Left out"
        LEAVES = "leaves", "Has left"

    privacy: ClassVar = Privacy(
        plain="id roster_import programme row outcome decision made_child made_enrolment made_placement",
        personal="child cells problems mended",
        special="fields before",
        wall=Wall.PROGRAMME,
        # they are destroyed on their date in a closed hub too; whoever else writes them writes the import, which closes
        closes_with_hub=False,
    )

    roster_import = models.ForeignKey(
        RosterImport, models.CASCADE, related_name="rows", db_constraint=False, db_index=False
    )
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    # as the spreadsheet program shows it; of nobody's row, none
    row = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome)
    # the child matched, or written by accepting
    child = models.ForeignKey("participants.Child", models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=7, choices=Decision, blank=True)
    # as sent, of rows with a problem
    cells = models.JSONField(default=dict)
    # cells a person mended, by field: the column from 0, what was sent, what stands instead
    mended = models.JSONField(default=dict)
    fields = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    # the keys of what accepting makes, set aside when the row is staged
    made_child = models.BigIntegerField(null=True)
    made_enrolment = models.BigIntegerField(null=True)
    made_placement = models.BigIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster_import", "row"], name="participants_rosterrow_once"),
        ]

    def __str__(self) -> str:
        return f"Row {self.row}" if self.row else "On no row"
