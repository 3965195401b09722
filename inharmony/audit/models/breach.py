from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from inharmony.access.permissions import Permission
from inharmony.access.privacy import Privacy, Rights, Wall

if TYPE_CHECKING:
    from inharmony.accounts.models import User

# UK GDPR Art. 33: to the ICO, from being aware of it
TO_TELL = timedelta(hours=72)


class BreachQuerySet(models.QuerySet["Breach"]):
    def visible_to(self, user: "User") -> "BreachQuerySet":
        """
        Returns the breaches of the hubs one answers for, and those of the portal.

        A hub is the controller of its data: it must be told what went wrong with the portal. What went wrong in a hub
        is the hub's own, and whoever keeps the portal has no need of it.
        """
        if not user.reach.may(Permission.KEEP_BREACHES):
            return self.none()
        hubs = user.reach.programmes_for(Permission.KEEP_BREACHES)
        return self.filter(Q(programme_id__in=hubs) | Q(programme_id__isnull=True))


class Breach(models.Model):
    """A personal data breach of a hub, or (with no programme) of the portal. What is known of it: its versions."""

    privacy: ClassVar = Privacy(plain="id programme noted_at", personal="noted_by", wall=Wall.HUB, rights=Rights.APPEND)

    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "breaches"

    def __str__(self) -> str:
        return f"Breach {self.pk}"


class BreachVersion(models.Model):
    """What is known of a breach at one time, whole. To amend is to add the next: nothing is changed or deleted."""

    class Kind(models.TextChoices):
        NAMES = "names", "Names, dates of birth, schools and classes"
        SPECIAL = "special", "Ethnicity, language, special needs, Pupil Premium, meals"
        MARKS = "marks", "Attendance and ensembles"
        CONSENT = "consent", "Answers about consent, and who gave them"
        PHOTOS = "photos", "Photos or recordings"
        SAFEGUARDING = "safeguarding", "Safeguarding"
        STAFF = "staff", "Accounts and addresses of staff"
        OTHER = "other", "Something else"

    class Decision(models.TextChoices):
        OPEN = "open", "Not decided yet"
        TELL = "tell", "To be told"
        NO = "no", "Not to be told"

    privacy: ClassVar = Privacy(
        plain="id breach programme number written_at happened_at noticed_at kinds children_about ico ico_told_at "
        "families families_told_at closed_at",
        personal="written_by what noticed_by done ico_why families_why",
        wall=Wall.HUB,
        rights=Rights.APPEND,
    )

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="versions")
    programme = models.ForeignKey("programmes.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.TextField(max_length=4000)
    happened_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField()
    noticed_by = models.CharField(max_length=120)
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind))
    children_about = models.PositiveIntegerField()
    done = models.TextField(max_length=4000, blank=True)
    ico = models.CharField(max_length=4, choices=Decision, default=Decision.OPEN)
    ico_why = models.TextField(max_length=2000, blank=True)
    ico_told_at = models.DateTimeField(null=True, blank=True)
    families = models.CharField(max_length=4, choices=Decision, default=Decision.OPEN)
    families_why = models.TextField(max_length=2000, blank=True)
    families_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["breach", "number"], name="audit_breachversion_one_after_the_other"),
            models.CheckConstraint(
                condition=Q(happened_at__isnull=True) | Q(noticed_at__gte=F("happened_at")),
                name="audit_breachversion_noticed_after_it_happened",
                violation_error_message="It cannot have been noticed before it happened. Put one of the two right.",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{whom}_told_at__isnull": True}) | Q(**{whom: "tell"}),
                    name=f"audit_breachversion_{whom}_told_as_decided",
                    violation_error_message=f"When {words} told is given, and the decision is not to be told. "
                    "Choose “To be told”, or leave the time empty.",
                )
                for whom, words in (("ico", "the ICO was"), ("families", "families were"))
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(**{whom: "no"}) | ~Q(**{f"{whom}_why": ""}),
                    name=f"audit_breachversion_{whom}_not_told_for_a_reason",
                    violation_error_message=f"Say why {words} not to be told: it may have to be shown later.",
                )
                for whom, words in (("ico", "the ICO is"), ("families", "families are"))
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | (
                    (Q(ico="no") | Q(ico_told_at__isnull=False))
                    & (Q(families="no") | Q(families_told_at__isnull=False))
                    & ~Q(done="")
                ),
                name="audit_breachversion_closed_when_all_is_done",
                violation_error_message="It cannot be closed yet: say what was done, and for the ICO and for families "
                "either when they were told or why not.",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of breach {self.breach_id}"

    @property
    def to_tell_by(self) -> datetime:
        """The moment the 72 hours end in which the ICO must be told, if it must."""
        return self.noticed_at + TO_TELL
