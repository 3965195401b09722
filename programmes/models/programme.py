from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from inharmony.access.dated import DateRange
from inharmony.access.permissions import Permission
from inharmony.access.privacy import National, Privacy
from programmes.models.agreement import SharingAgreement
from programmes.models.closing import Closing
from programmes.models.entry import Kept

if TYPE_CHECKING:
    from inharmony.accounts.models import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: "User") -> "ProgrammeQuerySet":
        """Returns the programmes in which the person holds a role."""
        return self.filter(pk__in=user.reach.programmes)

    def kept_by(self, user: "User") -> "ProgrammeQuerySet":
        """Returns the programmes the person brings in and closes: all of them for the operator, else none."""
        return self.all() if user.reach.may_everywhere(Permission.KEEP_HUBS) else self.none()

    def running_on(self, day: object) -> "ProgrammeQuerySet":
        """Returns programmes with a running or disputed status on a day."""
        running = [
            ProgrammeStatus.Status.RUNNING,
            ProgrammeStatus.Status.PILOT,
            ProgrammeStatus.Status.DISPUTED,
        ]
        return self.filter(
            Q(statuses__ends_on__isnull=True) | Q(statuses__ends_on__gte=day),
            statuses__status__in=running,
            statuses__starts_on__lte=day,
        ).distinct()

    def open_on(self, day: object) -> "ProgrammeQuerySet":
        """Returns programmes that are not closed on a day."""
        return self.exclude(pk__in=Closing.objects.on(day).values("programme"))

    def agreed_on(self, day: object) -> "ProgrammeQuerySet":
        """Returns programmes for which an agreement to share children's data is in force on a day."""
        return self.filter(pk__in=SharingAgreement.objects.in_force_on(day).values("programme"))


class Programme(Kept):
    """One In Harmony programme, called a hub on screen; serves one or more places."""

    privacy: ClassVar = Privacy(
        plain="id slug name short_name colour announced_on delivery_started_on start_note about website contact_email "
        "source key is_by_hand",
        national=National.READ,
    )

    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    # of the covers of its reports; dark enough to carry white text
    colour = models.CharField(max_length=7, default="#181c36")
    announced_on = models.DateField(null=True)
    delivery_started_on = models.DateField(null=True)
    # sources disagree about starts: what each says, in words
    start_note = models.TextField(blank=True)
    # for anybody: what it is like there, in the hub's words; plain text, an empty line between paragraphs
    about = models.TextField(blank=True, max_length=2000)
    website = models.URLField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    source = models.TextField(blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["short_name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(colour__regex=r"^#[0-9a-f]{6}$"),
                name="programmes_programme_colour_is_hex",
                violation_error_message="Write the colour like #181c36.",
            ),
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True)
                | Q(delivery_started_on__isnull=True)
                | Q(delivery_started_on__gte=F("announced_on")),
                name="programmes_programme_dates_in_order",
                violation_error_message="Delivery cannot start before it was announced.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeStatus(Kept):
    """What a programme was from when to when: a pilot, running, disputed, ended."""

    class Status(models.TextChoices):
        PILOT = "pilot", "Pilot"
        RUNNING = "running", "Running"
        DISPUTED = "disputed", "Sources disagree whether it runs"
        LEFT = "left", "Left In Harmony"

    privacy: ClassVar = Privacy(
        plain="id programme status starts_on ends_on note source key is_by_hand", national=National.READ
    )

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=8, choices=Status)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_programmestatus_dates_in_order",
            ),
            ExclusionConstraint(
                name="programmes_programmestatus_one_at_a_time",
                expressions=[
                    (F("programme"), RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), models.Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}: {self.get_status_display()}"


class Place(Kept):
    """A local authority area a programme serves, from when to when."""

    privacy: ClassVar = Privacy(
        plain="id programme name local_authority latitude longitude starts_on ends_on source key is_by_hand",
        national=National.READ,
    )

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="places")
    name = models.CharField(max_length=80)
    local_authority = models.ForeignKey("schools.LocalAuthority", models.PROTECT, related_name="places")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="programmes_place_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["programme", "local_authority", "starts_on"], name="programmes_place_once_a_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name
