"""Photos of a hub, and the children on them."""

import secrets
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from inharmony.access.privacy import Privacy, Wall
from participants.models.visibility import OfChildQuerySet

if TYPE_CHECKING:
    from inharmony.accounts.models import User

WORDS = 250
CREDIT = 120


def new_key() -> str:
    """Returns what a photo has in its address: nobody guesses it."""
    return secrets.token_urlsafe(16)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: "User") -> "PhotoQuerySet":
        """Returns the photos of the programmes the person sees whole."""
        return self.filter(programme_id__in=user.reach.whole_programmes)


class Photo(models.Model):
    """
    A photo of a hub: its words, who published it, when it came off.

    It is public while its `state` is, and only then has it a row that anybody reads (programmes.PublicPhoto). The
    database takes it off by itself: in the transaction in which a child on it no longer consents, becomes protected, or
    in which a child is named who does not consent. Nothing brings it back but a person who publishes it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Not public"
        PUBLIC = "public", "Public"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OFF = "off", "Taken off"

    privacy: ClassVar = Privacy(
        plain="id programme film is_on_page is_in_report key state is_nobody width height widths taken_on uploaded_at "
        "published_at withdrawn_at taken_off_at",
        personal="alternative caption credit uploaded_by published_by withdrawn_by",
        # the picture itself shows children
        wall=Wall.PROGRAMME,
        figures_may="",
        # of a closed hub too a picture must be able to go; nothing of one is shown (queries/photo.py)
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    key = models.CharField(max_length=22, unique=True, default=new_key)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    # said in so many words, of a photo on which no child is named
    is_nobody = models.BooleanField(default=False)
    film = models.ForeignKey("programmes.Film", models.PROTECT, null=True, related_name="+")
    is_on_page = models.BooleanField(default=True)
    # meant for the hub's report of the year it was taken in
    is_in_report = models.BooleanField(default=False)
    alternative = models.CharField(max_length=WORDS, blank=True)
    caption = models.CharField(max_length=WORDS, blank=True)
    credit = models.CharField(max_length=CREDIT, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = ArrayField(models.PositiveIntegerField())
    taken_on = models.DateField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # when the database took it off
    taken_off_at = models.DateTimeField(null=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["programme", "-uploaded_at"], name="photo_by_programme")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "programme"], name="participants_photo_in_programme"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "public", "withdrawn", "off"]), name="participants_photo_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="public")
                | (~Q(alternative="") & ~Q(credit="") & Q(published_at__isnull=False, published_by__isnull=False)),
                name="participants_photo_public_with_words",
                violation_error_message="Say what is to be seen on the photo, and who took it.",
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1) & Q(widths__len__gte=1), name="participants_photo_has_sizes"
            ),
        ]

    def __str__(self) -> str:
        return f"Photo {self.pk}"

    @property
    def is_public(self) -> bool:
        """Whether anybody sees it."""
        return self.state == self.State.PUBLIC


class PhotoChild(models.Model):
    """A child who can be recognised on a photo."""

    privacy: ClassVar = Privacy(
        plain="id programme photo",
        personal="child",
        # what the office knows of its photos is shown to no school
        wall=Wall.PROGRAMME,
        figures_may="",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+", db_index=False)
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="children", db_constraint=False, db_index=False)
    child = models.ForeignKey("participants.Child", models.PROTECT, related_name="photos", db_constraint=False)

    objects = OfChildQuerySet["PhotoChild"].as_manager()

    class Meta:
        verbose_name = "photo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["photo", "child"], name="participants_photochild_once"),
        ]

    def __str__(self) -> str:
        return f"on photo {self.photo_id}"
