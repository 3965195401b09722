from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# Data (Use and Access) Act 2025, section 103: a complaint about data is acknowledged within this time. The portal
# promises the same of every complaint.
TO_ACKNOWLEDGE = timedelta(days=30)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: "User") -> "MessageQuerySet":
        """Returns the messages to the hubs the person answers for; those to none where they answer for the portal."""
        to = Q(programme_id__in=user.reach.programmes_for(Permission.ANSWER_MESSAGES))
        if user.reach.may_everywhere(Permission.ANSWER_MESSAGES):
            to |= Q(programme_id__isnull=True)
        return self.filter(to)

    def waiting(self) -> "MessageQuerySet":
        """Returns messages that nobody has answered or closed."""
        return self.filter(answered_at__isnull=True, closed_at__isnull=True)


class Message(models.Model):
    """
    What somebody wrote through the contact page: to a hub, or (with no programme) to In Harmony as a whole.

    Whoever writes is not known. They get the number, and by it the database shows them that the message is there; see
    docs/decisions/0031-messages-from-the-public.md.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "A question"
        FEEDBACK = "feedback", "Feedback"
        COMPLAINT = "complaint", "A complaint"
        DATA = "data", "A complaint about personal data"
        PHOTO = "photo", "A photo to be taken off"

    privacy: ClassVar = Privacy(
        plain="id programme number kind received_at acknowledged_at answered_at closed_at version",
        personal="text name email note answered_by closed_by",
        wall=Wall.MESSAGE,
        figures_may="",
        # a family may write, and must be answered, after its hub has closed
        closes_with_hub=False,
    )

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=11, unique=True)
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField(max_length=2000)
    name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField()
    # when the mail went out that says it is here; without an address, when it was answered
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{did}_at__isnull": True, f"{did}_by__isnull": True})
                    | Q(**{f"{did}_at__isnull": False, f"{did}_by__isnull": False}),
                    name=f"programmes_message_{did}_at_with_by",
                )
                for did in ("answered", "closed")
            ),
            models.CheckConstraint(condition=~Q(text=""), name="programmes_message_says_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "received_at"], name="message_of_programme"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="message_closed"),
        ]

    def __str__(self) -> str:
        return f"Message {self.number}"

    @property
    def is_complaint(self) -> bool:
        """Whether it must be acknowledged within 30 days."""
        return self.kind in (Message.Kind.COMPLAINT, Message.Kind.DATA)

    @property
    def acknowledge_by(self) -> datetime:
        """The moment the 30 days end."""
        return self.received_at + TO_ACKNOWLEDGE

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered or closed it."""
        return self.answered_at is None and self.closed_at is None
