from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User


Row = TypeVar("Row", bound=models.Model)


class OfHubQuerySet(models.QuerySet[Row]):
    """Rows of a hub whose class lists the person keeps."""

    def visible_to(self, user: "User") -> Self:
        """Returns the rows of the programmes whose class lists the person keeps; who holds a link has no account."""
        return self.filter(programme_id__in=user.reach.programmes_for(Permission.IMPORT_ROSTER))


class ListCheck(models.Model):
    """
    That a school was asked whether its class list of a year is right, through a link that one address got by mail.

    One row an address: asked again, it has a new secret and new days, and the old link is dead. Of the secret a hash is
    kept, until some time after the last day; `lead` is the account the address is of, and without its role the link is
    dead.
    """

    privacy: ClassVar = Privacy(
        plain="id programme school academic_year secret_hash asked_at ends_on ended_at",
        personal="email lead asked_by ended_by",
        wall=Wall.LINK,
        figures_may="",
        # a link is ended, and forgotten on its date, in a closed hub as well; asking and answering refuse there
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    academic_year = models.ForeignKey("schools.AcademicYear", models.PROTECT, related_name="+")
    email = models.EmailField()
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - many have none, each its own
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # the last day on which it opens anything, to its end in London
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfHubQuerySet["ListCheck"].as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "school", "academic_year", "email"],
                name="participants_listcheck_one_an_address",
                violation_error_message="This address was asked about this class list.",
            ),
            models.UniqueConstraint(fields=["id", "programme"], name="participants_listcheck_in_programme"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="participants_listcheck_ended_at_with_by",
            ),
        ]

    def __str__(self) -> str:
        return f"Class list check {self.pk}"


class ListAnswer(models.Model):
    """One answer that came by a link: that the list is right, or what is to be corrected in it, and who says so."""

    privacy: ClassVar = Privacy(
        plain="id programme list_check send at children corrections",
        personal="name",
        wall=Wall.LINK,
        figures_may="",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    list_check = models.ForeignKey(ListCheck, models.CASCADE, related_name="answers", db_constraint=False)
    # the page's own id of what it sends, so that the same sent twice is one answer
    send = models.UUIDField()
    at = models.DateTimeField()
    # as typed: a link knows nobody
    name = models.CharField(max_length=80)
    # how many stood on the list, and how many things were to be corrected
    children = models.PositiveIntegerField()
    corrections = models.PositiveIntegerField()

    objects = OfHubQuerySet["ListAnswer"].as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_check", "send"], name="participants_listanswer_once"),
            models.UniqueConstraint(fields=["id", "list_check"], name="participants_listanswer_of_check"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class ListProposal(models.Model):
    """
    What a school says is otherwise than the class list has it: a proposal that the hub accepts or declines.

    `before` is what the list had when the school looked, `proposed` what it says; both name what they are about, by
    field. A child who is missing has no row yet, and gets none by this.
    """

    class Kind(models.TextChoices):
        LEFT = "left", "Has left"
        CLASS = "class", "Other year group or class"
        NAME = "name", "Name written otherwise"
        MISSING = "missing", "Missing on the list"

    class State(models.TextChoices):
        OPEN = "open", "To decide"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        REPLACED = "replaced", "The school said something else since"

    privacy: ClassVar = Privacy(
        plain="id programme list_check answer kind state sent_at decided_at",
        personal="child before proposed decided_by",
        wall=Wall.LINK,
        figures_may="",
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, related_name="+")
    list_check = models.ForeignKey(ListCheck, models.CASCADE, related_name="proposals", db_constraint=False)
    answer = models.ForeignKey(ListAnswer, models.CASCADE, related_name="proposals", db_constraint=False)
    child = models.ForeignKey("participants.Child", models.PROTECT, null=True, related_name="+", db_constraint=False)
    kind = models.CharField(max_length=7, choices=Kind)
    before = models.JSONField(default=dict)
    proposed = models.JSONField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    sent_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfHubQuerySet["ListProposal"].as_manager()

    class Meta:
        verbose_name = "correction the school asked for"
        ordering: ClassVar = ["-sent_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="missing", child__isnull=True)
                | Q(kind__in=["left", "class", "name"], child__isnull=False),
                name="participants_listproposal_child_unless_missing",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state="replaced", decided_at__isnull=False, decided_by__isnull=True)
                | Q(state__in=["accepted", "declined"], decided_at__isnull=False, decided_by__isnull=False),
                name="participants_listproposal_decided_at_with_by",
            ),
            models.UniqueConstraint(
                fields=["list_check", "child", "kind"],
                condition=Q(state="open"),
                name="participants_listproposal_one_open",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme"], condition=Q(state="open"), name="proposal_open_of_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, proposal {self.pk}"
