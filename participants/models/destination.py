from typing import ClassVar

from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import OfChildQuerySet


class Destination(models.Model):
    """
    Where a child went who left a school, and whether they go on playing: what the progression of leavers is told from.

    `before` holds what stood in the enrolment and the memberships that ended, so that the act can be undone.
    """

    class GoesTo(models.TextChoices):
        SCHOOL = "school", "Another school"
        AWAY = "away", "Left the area"
        OTHER = "other", "Somewhere else"
        UNKNOWN = "unknown", "Not known"

    class Plays(models.TextChoices):
        # the sector's four ways on, as the yearly return and the research on progression tell them apart
        HERE = "here", "Goes on in In Harmony"
        HUB = "hub", "In another group of the music hub"
        WIDER = "wider", "In an area or national youth group"
        STOPS = "stops", "Stops"
        UNKNOWN = "unknown", "Not known"

    privacy: ClassVar = Privacy(
        plain="id programme enrolment next_enrolment act noted_at",
        personal="child goes_to school plays last_day before",
        # where a child went is told to the hub, not to the school they have left
        wall=Wall.PROGRAMME,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="destinations", db_constraint=False)
    # the one that ended, and the one with which the child goes on in the programme
    enrolment = models.OneToOneField(
        "participants.Enrolment", models.PROTECT, related_name="destination", db_constraint=False
    )
    next_enrolment = models.OneToOneField(
        "participants.Enrolment", models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    goes_to = models.CharField(max_length=7, choices=GoesTo)
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+")
    plays = models.CharField(max_length=7, choices=Plays)
    last_day = models.DateField()
    act = models.ForeignKey(
        "participants.RollForward", models.PROTECT, related_name="destinations", db_constraint=False
    )
    noted_at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField(default=dict)

    objects = OfChildQuerySet["Destination"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(goes_to="school", school__isnull=False)
                | Q(goes_to__in=["away", "other", "unknown"], school__isnull=True),
                name="participants_destination_school_where_one",
            ),
            models.CheckConstraint(
                condition=Q(plays="here", next_enrolment__isnull=False)
                | Q(plays__in=["hub", "wider", "stops", "unknown"], next_enrolment__isnull=True),
                name="participants_destination_enrolled_where_here",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_goes_to_display()}, {self.last_day:%d %B %Y}"
