from typing import ClassVar

from django.db import models

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import OfChildQuerySet


class Mark(models.TextChoices):
    """What a register says of one child. *Not taken* is no row, never a mark."""

    PRESENT = "p", "Present"
    LATE = "l", "Late"
    REASON_KNOWN = "r", "Absent, reason known"
    NO_REASON = "a", "Absent, no reason"
    EXCUSED = "e", "Excused (school event)"


ATTENDED = (Mark.PRESENT, Mark.LATE)
# Excused at a school's event is not a session the child could have come to.
POSSIBLE = (Mark.PRESENT, Mark.LATE, Mark.REASON_KNOWN, Mark.NO_REASON)


class Attendance(models.Model):
    """One child's mark at one session. Taking a register writes a row for each child expected."""

    privacy: ClassVar = Privacy(plain="pk programme session", personal="child mark", wall=Wall.CHILD)

    pk = models.CompositePrimaryKey("session", "child")
    session = models.ForeignKey(
        "programmes.Session", models.PROTECT, related_name="attendance", db_constraint=False, db_index=False
    )
    child = models.ForeignKey(
        "participants.Child", models.PROTECT, related_name="attendance", db_constraint=False, db_index=False
    )
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    mark = models.CharField(max_length=1, choices=Mark)

    objects = OfChildQuerySet["Attendance"].as_manager()

    class Meta:
        verbose_name_plural = "attendance"
        indexes: ClassVar = [models.Index(fields=["child", "session"], name="attendance_by_child")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(mark__in=Mark.values), name="participants_attendance_known_mark"),
        ]

    def __str__(self) -> str:
        return self.get_mark_display()
