from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class PastRegisterQuerySet(models.QuerySet["PastRegister"]):
    def visible_to(self, user: "User") -> "PastRegisterQuerySet":
        """Returns the past registers of the programmes the person sees whole."""
        return self.filter(programme_id__in=user.reach.whole_programmes)


class PastRegister(models.Model):
    """
    A sheet of an ensemble's registers of an earlier year on its way in: read, then accepted or undone.

    What of it came from the file (names, days, letters) stands beside it, and is destroyed on a date. What
    accepting would do is not kept: it is worked out from the sheet, and from what stands, whenever it is looked at.
    """

    class State(models.TextChoices):
        ASKING = "asking", "Waiting for an answer"
        PREVIEW = "preview", "Waiting for a decision"
        ACCEPTED = "accepted", "Accepted"
        UNDONE = "undone", "Undone"

    privacy: ClassVar = Privacy(
        plain="id programme ensemble academic_year state uploaded_at file_name file_hash place sheet save_id counts "
        "made taken accepted_at undone_at destroyed_at",
        personal="choices uploaded_by accepted_by undone_by",
        wall=Wall.PROGRAMME,
        figures_may="",
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    ensemble = models.ForeignKey(
        "programmes.Ensemble", models.PROTECT, related_name="past_registers", db_constraint=False
    )
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.PREVIEW)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    # of the sheet in the file, from 0; none until it is chosen of several
    place = models.PositiveSmallIntegerField(null=True)
    sheet = models.CharField(max_length=100, blank=True)
    # what a person said: what letters mean, when sessions began and ended, whom rows mean
    choices = models.JSONField(default=dict)
    # by which the registers it took are known: see programmes.Session.register_save
    save_id = models.UUIDField(null=True)
    counts = models.JSONField(default=dict)
    # the sessions (ids) it put into the timetable, and those that stood there and whose registers it took
    made = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    objects = PastRegisterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "programme"], name="participants_pastregister_in_programme"),
            models.UniqueConstraint(
                fields=["ensemble", "academic_year", "file_hash", "place"],
                condition=Q(state="accepted"),
                name="participants_pastregister_sheet_once",
                violation_error_message="This sheet has been brought in for this ensemble and year.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="participants_pastregister_accepted_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="participants_pastregister_undone_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.uploaded_at:%d %B %Y}"


class PastRegisterSheet(models.Model):
    """What was read of the sheets of a file (imports/registers/grid.py), sealed until it is destroyed on its date."""

    privacy: ClassVar = Privacy(
        plain="past_register programme",
        personal="content",
        wall=Wall.PROGRAMME,
        figures_may="",
        # it is destroyed on its date in a closed hub too; whoever adds one adds the past register, which closes
        closes_with_hub=False,
    )

    past_register = models.OneToOneField(PastRegister, models.CASCADE, primary_key=True, related_name="kept_sheet")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Sheets of {self.past_register_id}"
