"""Quotations and case studies of a hub, and the children they are of or about."""

import secrets
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy, Wall
from participants.models.enrolment import YearGroup
from participants.models.visibility import OfChildQuerySet
from programmes.models import Indicator

if TYPE_CHECKING:
    from inharmony.accounts.models import User

TITLE, QUOTATION, CASE_STUDY, NAME = 120, 400, 3000, 120


def new_key() -> str:
    """Returns what a story is known by where it is shown: it says nothing of the row."""
    return secrets.token_urlsafe(16)


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, user: "User") -> "StoryQuerySet":
        """Returns the stories of the programmes the person sees whole, and those they wrote themselves in others."""
        reach = user.reach
        own = Q(written_by=user, programme_id__in=reach.programmes_for(Permission.WRITE_STORIES))
        return self.filter(Q(programme_id__in=reach.whole_programmes) | own)


class Story(models.Model):
    """
    Something somebody said about a hub, or what happened in one, for one indicator and academic year.

    It is shown while its `state` is shared, and only then has it a row that pages read (programmes.SharedStory). The
    database takes it off by itself: in the transaction in which a child in it no longer consents, becomes protected, is
    taken out of it or gets a name that may stand in it, or in which a child is named who does not consent. Nothing
    brings it back but a person who shares it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Not shared"
        SHARED = "shared", "Shared"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OFF = "off", "Taken off"

    class Kind(models.TextChoices):
        QUOTATION = "quotation", "Quotation"
        CASE_STUDY = "case_study", "Case study"

    class SaidBy(models.TextChoices):
        CHILD = "child", "A child"
        FAMILY = "family", "A parent or carer"
        TUTOR = "tutor", "A tutor"
        SCHOOL_STAFF = "school_staff", "A member of school staff"

    privacy: ClassVar = Privacy(
        plain="id programme academic_year kind indicator said_by key state is_nobody permission_on written_at "
        "shared_at withdrawn_at taken_off_at",
        # the year group is that of the children in it, set as it is shared
        personal="title words year_group permission written_by shared_by withdrawn_by",
        wall=Wall.PROGRAMME,
        figures_may="",
        # of a closed hub too a story must be able to go; nothing of one is shown (queries/story.py)
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    indicator = models.CharField(max_length=10, choices=Indicator)
    key = models.CharField(max_length=22, unique=True, default=new_key)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    # of a case study only
    title = models.CharField(max_length=TITLE, blank=True)
    words = models.TextField()
    # of a quotation only
    said_by = models.CharField(max_length=12, choices=SaidBy, blank=True)
    year_group = models.CharField(max_length=2, choices=YearGroup, blank=True)
    # said in so many words, where no child is named
    is_nobody = models.BooleanField(default=False)
    # of an adult who is quoted: who agreed, and when; never shown
    permission = models.CharField(max_length=NAME, blank=True)
    permission_on = models.DateField(null=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # when the database took it off
    taken_off_at = models.DateTimeField(null=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        ordering: ClassVar = ["-written_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["programme", "-written_at"], name="story_by_programme")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "programme"], name="outcomes_story_in_programme"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shared", "withdrawn", "off"]), name="outcomes_story_known_state"
            ),
            models.CheckConstraint(condition=Q(indicator__in=Indicator.values), name="outcomes_story_known_indicator"),
            models.CheckConstraint(
                condition=Q(kind="quotation", title="", said_by__in=["", "child", "family", "tutor", "school_staff"])
                | Q(kind="case_study", said_by="", permission="", permission_on__isnull=True),
                name="outcomes_story_of_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(state="shared")
                | (~Q(words="") & Q(shared_at__isnull=False, shared_by__isnull=False))
                & (
                    (Q(kind="case_study") & ~Q(title=""))
                    | Q(said_by="child", is_nobody=False)
                    | (Q(said_by="family", is_nobody=False, permission_on__isnull=False) & ~Q(permission=""))
                    | (Q(said_by__in=["tutor", "school_staff"], permission_on__isnull=False) & ~Q(permission=""))
                ),
                name="outcomes_story_shared_with_words",
                violation_error_message="Say who said it, and of an adult who agreed that it is shown.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="quotation") | Q(LessThanOrEqual(Length("words"), QUOTATION)),
                name="outcomes_story_quotation_is_short",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("words"), CASE_STUDY), name="outcomes_story_is_not_endless"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_shared(self) -> bool:
        """Whether pages show it."""
        return self.state == self.State.SHARED

    @property
    def is_of_adult(self) -> bool:
        """Whether an adult is quoted, who must have agreed."""
        return self.said_by in {self.SaidBy.FAMILY, self.SaidBy.TUTOR, self.SaidBy.SCHOOL_STAFF}

    @property
    def is_of_child(self) -> bool:
        """Whether it cannot be without a child: one said it, or one's family did."""
        return self.said_by in {self.SaidBy.CHILD, self.SaidBy.FAMILY}


class StoryChild(models.Model):
    """A child who said a story, whose family did, or whom it is about."""

    privacy: ClassVar = Privacy(
        plain="id programme story",
        personal="child",
        # what the office writes down of its stories is shown to no school
        wall=Wall.PROGRAMME,
        figures_may="",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+", db_index=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="children", db_constraint=False, db_index=False)
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="stories", db_constraint=False)

    objects = OfChildQuerySet["StoryChild"].as_manager()

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "child"], name="outcomes_storychild_once"),
        ]

    def __str__(self) -> str:
        return f"in story {self.story_id}"
